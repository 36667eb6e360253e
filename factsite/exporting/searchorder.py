"""A search index in one order: Pagefind writes its filters in that of a hash table, which differs from run to run.
Pure.

What is put in order are the files `filter/*.pf_filter` (`[name, [[value, [pages]]]]`) and the list of them in the
`*.pf_meta` of each language; both are CBOR (RFC 8949) behind a magic word, compressed. Their names stand for their
content, so they are named anew, in the file that refers to them too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import cbor2

MAGIC = b"pagefind_dcd"
ENTRY = "pagefind-entry.json"
FILTERS = 3
"""Place of the list of filters, pairs of name and hash, in the data of a language."""


def ordered(bundle: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same index with its filters in the order of their names and values. `bundle`: content by path."""
    files = dict(bundle)
    if ENTRY not in files:
        return files
    entry = json.loads(files[ENTRY])
    for code, language in sorted(entry["languages"].items()):
        meta = _read(files.pop(f"pagefind.{language['hash']}.pf_meta"))
        meta[FILTERS] = sorted([name, _reordered(files, code, old)] for name, old in meta[FILTERS])
        content = _written(meta)
        language["hash"] = _hash(code, content)
        files[f"pagefind.{language['hash']}.pf_meta"] = content
    files[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return dict(sorted(files.items()))


def _reordered(files: dict[str, bytes], code: str, old: str) -> str:
    """Put one filter's values in order; the new hash in its name."""
    name, values = _read(files.pop(f"filter/{old}.pf_filter"))
    content = _written([name, sorted(values)])
    new = _hash(code, content)
    files[f"filter/{new}.pf_filter"] = content
    return new


def _hash(code: str, content: bytes) -> str:
    return f"{code}_{hashlib.blake2b(content, digest_size=5).hexdigest()}"


def _read(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(MAGIC))


def _written(data: object) -> bytes:
    return gzip.compress(MAGIC + cbor2.dumps(data), mtime=0)
