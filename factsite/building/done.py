"""What came of the steps of a build, in a form that can be kept: everything but the bytes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import msgspec
from msgspec.structs import force_setattr

from factsite.auditing.marks import Audited
from factsite.remembering.memo import Digest

_unpack = msgspec.msgpack.Decoder(tuple[str, ...]).decode


def pack(reads: Sequence[str]) -> bytes:
    """Texts as a step keeps them."""
    return msgspec.msgpack.encode(reads)


class File(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A finished file, without its bytes."""

    path: str
    source: Digest
    """Of what it was made from: a page's templates and what was read for it or what it shows, or a file's own bytes.
    Equal sources make equal files."""
    digest: Digest
    size: int
    origin: str
    template: str
    is_listed: bool
    """In the sitemap."""
    policy: str
    """Content security policy that a page states; empty for other files."""
    findable: Digest | bytes
    """Digest of what the search index makes of a page; empty if it leaves it out."""
    audited: Audited


class Line(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a step adds to a collection, without its bytes."""

    path: str
    """Of the collection."""
    size: int
    audited: Audited


class Done(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What came of a step, and what it depended on."""

    key: Digest
    packed_reads: bytes
    """What it read of the site, packed: of dozens of texts, which are only needed to ask whether it is still right."""
    templates: tuple[str, ...]
    files: tuple[File, ...]
    lines: tuple[Line, ...]
    problems: bytes
    """Warnings, with their lines, as msgpack; empty if there are none."""

    @property
    def reads(self) -> tuple[str, ...]:
        """What it read of the site, in the order that belongs to the key."""
        return _unpack(self.packed_reads)

    def shared(self) -> Done:
        """The same; texts that other steps have too are in memory once."""
        for file in self.files:
            force_setattr(file, "origin", sys.intern(file.origin))
            force_setattr(file, "template", sys.intern(file.template))
            force_setattr(file, "policy", sys.intern(file.policy))
        for line in self.lines:
            force_setattr(line, "path", sys.intern(line.path))
        return self
