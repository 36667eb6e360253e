"""What is kept of the audit of one file."""

from __future__ import annotations

import hashlib

import msgspec

from factsite import urls

EVERYWHERE = ("", "top")
"""Ids that need not be on a page to lead to it."""
Mark = bytes
"""A place of the site as a number of eight bytes, the digest of its address."""
Marks = bytes
"""Such numbers, one behind the other."""


def mark(place: str) -> Mark:
    """The number of a place."""
    return hashlib.blake2b(place.encode(), digest_size=8).digest()


def mark_of_id(place: str, anchor: str) -> Mark:
    """The number of an id on a page; nothing without an id, or if it is one that every page has."""
    return b"" if anchor in EVERYWHERE else mark(f"{urls.page_of(place)}#{anchor}")


class Led(msgspec.Struct, frozen=True, array_like=True):
    """Where several files lead."""

    asked: Marks
    """Addresses on this site."""
    anchored: Marks
    """Ids of its pages."""


class Audited(msgspec.Struct, frozen=True, array_like=True):
    """One file."""

    is_faulty: bool
    places: Marks
    """Its own addresses."""
    asked: Marks
    """The addresses on this site that it leads to."""
    anchored: Marks
    """The ids of pages that it leads to."""
    anchors: Marks
    """Its own ids, with its address."""
