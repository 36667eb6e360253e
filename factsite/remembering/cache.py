"""Results of slow steps, kept on disk under a key that stands for all their input. May be deleted at any time.

A file is the digest of its content followed by the content: what is damaged counts as absent. Nothing here is needed
for a correct build, so a disk that is full or read-only only makes the next build slower.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(".factsite", "cache")
"""Below the site's root: where a site's own results lie."""
DIGEST = 16
"""Bytes of the digest."""


def digest(*parts: bytes) -> str:
    """A key for these parts: 32 hexadecimal digits that differ if any part or its length does."""
    hashed = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()


@dataclass(frozen=True, slots=True)
class Cache:
    """The results of one step."""

    folder: Path
    hidden: Path | None = None
    """The folder around it that is to be kept out of Git."""

    @classmethod
    def of(cls, root: Path, step: str) -> Cache:
        """Those of a step of the site in `root`."""
        return cls(root / FOLDER / step, root / FOLDER.parent)

    def get(self, key: str) -> bytes | None:
        """What was kept under this key, if it is whole."""
        try:
            content = (self.folder / key).read_bytes()
        except OSError:
            return None
        kept = content[DIGEST:]
        return kept if hashlib.blake2b(kept, digest_size=DIGEST).digest() == content[:DIGEST] else None

    def put(self, key: str, content: bytes) -> bool:
        """Keep the content, whole or not at all, and say which."""
        temporary = self.folder / f"{key}.{os.getpid()}"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.hidden and not (self.hidden / ".gitignore").exists():
                (self.hidden / ".gitignore").write_text("*\n")
            temporary.write_bytes(hashlib.blake2b(content, digest_size=DIGEST).digest() + content)
            temporary.replace(self.folder / key)
            return True
        return False

    def sweep(self, used: AbstractSet[str], spare: int) -> None:
        """Forget what this build did not use, once it is more than `spare` entries."""
        with suppress(OSError):
            stale = [entry.path for entry in os.scandir(self.folder) if entry.name not in used]
            if len(stale) > spare:
                for path in stale:
                    Path(path).unlink(missing_ok=True)
