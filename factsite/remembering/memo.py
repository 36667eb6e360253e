"""What the last build found out, kept on disk as plain data: results of pure steps by the digest of all their input.

The file may be deleted or damaged at any time, be of another version, or be written by two builds at once: then it
counts as absent, and the build only takes longer. Nothing in it is ever run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

T = TypeVar("T")
Digest = bytes
DIGEST_SIZE = 16
ABSENT: Digest = bytes(DIGEST_SIZE)
"""The digest of what does not exist."""
MAGIC = b"factsite memo 2\n"
CHECK_SIZE = 4
"""Of the checksum at the end, in bytes."""
hasher = hashlib.sha256
"""For what may be long: most processors have instructions for it. What is short is done sooner by BLAKE2."""


def digest(*parts: bytes) -> Digest:
    """The digest of several parts, which cannot be confused with others that only join to the same bytes."""
    sizes = b",".join(b"%d" % len(part) for part in parts)
    return of_bytes(b"".join((sizes, b":", *parts)))


def of_bytes(content: bytes) -> Digest:
    """The digest of what may be long."""
    return hasher(content).digest()[:DIGEST_SIZE]


def joined(digests: bytes) -> Digest:
    """One digest for several that were joined."""
    return hashlib.blake2b(digests, digest_size=DIGEST_SIZE).digest()


@cache
def engine() -> Digest:
    """What the results depend on besides their input: our own source, and the versions of the packages beside it."""
    packages = sorted(name for name in os.listdir(Path(msgspec.__file__).parent.parent) if name.endswith(".dist-info"))
    folder = Path(__file__).parents[1]
    sources = (f"{path.name}\0".encode() + path.read_bytes() for path in sorted(folder.rglob("*.py")))
    return digest(sys.version.encode(), "\0".join(packages).encode(), *sources)


def load(path: Path, sections: Mapping[str, type[T]]) -> dict[str, T]:
    """The sections of the file as these types; empty if anything at all is wrong with it."""
    try:
        content = path.read_bytes()
        head = MAGIC + engine()
        body = memoryview(content)[len(head) : -CHECK_SIZE]
        if not content.startswith(head) or zlib.crc32(body).to_bytes(CHECK_SIZE) != content[-CHECK_SIZE:]:
            return {}
        raw = msgspec.msgpack.decode(body, type=dict[str, msgspec.Raw])
        # Each from a copy of its own: what is decoded may hold views of it, which would keep all of the file.
        return {name: msgspec.msgpack.decode(raw[name].copy(), type=kind) for name, kind in sections.items()}
    except (OSError, msgspec.MsgspecError, KeyError, ValueError):
        return {}


def save(path: Path, sections: Mapping[str, object]) -> None:
    """Replace the file as a whole. That it cannot be written is no problem of the site."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                file.write(MAGIC + engine())
                check = 0
                for part in _encoded(sections):
                    check = zlib.crc32(part, check)
                    file.write(part)
                file.write(check.to_bytes(CHECK_SIZE))
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)


def _encoded(sections: Mapping[str, object]) -> Iterator[bytes]:
    """A msgpack map, one section at a time: together they are some 7 KB for each claim of a site.

    Its first byte is that of a "fixmap" (https://github.com/msgpack/msgpack/blob/master/spec.md), which has up to 15.
    """
    assert len(sections) <= 15
    yield bytes([0x80 + len(sections)])
    for name, section in sections.items():
        yield msgspec.msgpack.encode(name)
        yield msgspec.msgpack.encode(section)
