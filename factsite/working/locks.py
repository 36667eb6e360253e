"""Locks between processes, which end with whoever holds them."""

from __future__ import annotations

import errno
import sys


def lock(file: int) -> bool:
    """Lock an open file or folder against other processes until it is closed; False if one of them was first.

    Processes that are copies of this one hold the lock too. On Windows nothing is locked: it cannot open folders.
    """
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # other errors: a network folder that knows no locks
        return error.errno not in {errno.EAGAIN, errno.EACCES}
    return True
