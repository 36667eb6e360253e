"""Locks between processes, which end with whoever holds them."""

from __future__ import annotations

import errno
import sys


def lock(file: int, *, otherwise: bool = True) -> bool:
    """Lock an open file or folder against other processes until it is closed; False if one of them was first.

    Processes that are copies of this one hold the lock too. `otherwise` is the answer where nothing can be locked: on
    Windows, which cannot open folders, and on network folders that know no locks.
    """
    if sys.platform == "win32":
        return otherwise
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return otherwise and error.errno not in {errno.EAGAIN, errno.EACCES}
    return True
