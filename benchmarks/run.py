"""`make bench`: this generator and Hugo on the same content in turn, and the table of docs/speed.md.

Each part is run several times, generators and sizes one after the other, and the medians are compared: a machine that
is busy for a while slows all of them down. All that was built is removed at the end, so wait some minutes before the
next run (`Peer.forget`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from benchmarks import peers, previews
from benchmarks.generate import facts
from benchmarks.peers import EDITS, ENGINE, Peer

PARTS = ("cold", "nothing", *EDITS, "preview", "memory")
WORDS = {
    "cold": "cold build",
    "nothing": "nothing changed",
    "claim": "one claim edited",
    "actor": "one actor renamed",
    "template": "one template changed",
    "settings": "`site.yaml` changed",
    "preview": "preview: save → new bytes",
    "memory": "peak memory of a cold build, MB",
}
DOCS = ENGINE / "docs" / "speed.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
WIDTH = 120
"""Of its lines."""

Costs = dict[str, list[float]]
"""Seconds, or megabytes, by part."""


def main() -> None:
    """Measure what was asked for, print the tables, and write them into the documentation."""
    for each in (signal.SIGINT, signal.SIGTERM):  # in the background of a script, too: nothing is left behind
        signal.signal(each, signal.default_int_handler)
    asked, about = _asked(), _about()
    with tempfile.TemporaryDirectory(prefix="factsite-bench-", dir=asked.folder) as folder:
        sizes = [_Size.made(size, Path(folder, str(size)), asked.alone) for size in sorted(set(asked.sizes))]
        for number in range(asked.rounds):
            for part in asked.parts:
                for size in sizes:
                    size.measure(part, asked.rounds, is_first=number == 0)
        head = textwrap.fill(f"{about}; medians of {asked.rounds} rounds.", WIDTH)
        tables = "\n".join((head, *_tables(sizes, asked)))
        print(tables, flush=True)  # to remove the sites takes minutes
        if asked.write:
            text = DOCS.read_text(encoding="utf-8")
            changed = re.sub(f"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n{tables}\n{END}", text, flags=re.DOTALL)
            DOCS.write_text(changed, encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=lambda text: [int(n) for n in text.split(",")], default=[100, 1000, 10000])
    parser.add_argument("--parts", type=lambda text: text.split(","), default=list(PARTS), help=",".join(PARTS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--alone", action="store_true", help="without Hugo, for growth")
    parser.add_argument("--folder", help="where the sites are made; the system's folder for temporary files by default")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/speed.md")
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class _Size:
    """Equal sites, one for each generator, and what their parts cost."""

    claims: int
    peers: dict[str, Peer]
    costs: dict[str, Costs]

    @classmethod
    def made(cls, size: int, folder: Path, alone: bool) -> _Size:  # noqa: FBT001 -- an option
        """They stay in the folder: where many files were removed, new ones are slow to make (`Peer.forget`)."""
        found: dict[str, Peer] = {}
        for name, make in peers.MAKERS.items():
            if not alone or name == "factsite":
                (folder / name).mkdir(parents=True)
                found[name] = make(folder / name, facts(size))
        return cls(size, found, {name: {} for name in found})

    def measure(self, part: str, rounds: int, *, is_first: bool) -> None:
        """One round of a part; of the preview all rounds in the first one, since its server has to be started."""
        for name, peer in self.peers.items():
            found = _measure(peer, part, rounds, is_first=is_first)
            self.costs[name].setdefault(part, []).extend(found)
            print(f"{self.claims} {name} {part}: {found}", file=sys.stderr, flush=True)

    def median(self, name: str, part: str) -> float:
        """Of all rounds."""
        return statistics.median(self.costs[name][part])


def _measure(peer: Peer, part: str, rounds: int, *, is_first: bool) -> list[float]:
    """One measurement; every part but the cold ones follows a build."""
    if part in {"cold", "memory"}:
        peer.forget()
        found = peer.build(memory=part == "memory")
        return [found.megabytes if part == "memory" else found.seconds]
    if part == "preview":
        return (previews.ours if peer.name == "factsite" else previews.hugo)(peer, rounds) if is_first else []
    if not peer.is_built:
        peer.build()
    if part in EDITS:
        peer.edit(part)
    else:
        peer.build()  # so that the stamps of all files are old enough to be relied on
    return [peer.build().seconds]


def _tables(sizes: Sequence[_Size], asked: argparse.Namespace) -> Iterator[str]:
    for size in sizes:
        yield ""
        yield from _table(size)
    if len(sizes) > 1 and "cold" in asked.parts:
        yield ""
        yield from _growth(sizes)


def _table(size: _Size) -> Iterator[str]:
    both = size.peers
    written = {name: "{} files, {:.0f} MB".format(*peer.size()) for name, peer in both.items()}
    yield f"### {size.claims:,} claims"
    yield ""
    yield f"({'; '.join(f'{name} writes {text}' for name, text in written.items())})"
    yield ""
    yield f"| | {' | '.join(both)} | ratio |"
    yield f"|---|{'---|' * len(both)}---|"
    for part in size.costs["factsite"]:
        medians = [size.median(name, part) for name in both]
        shown = [f"{value:.0f}" if part == "memory" else f"{value:.2f} s" for value in medians]
        ratio = f"{medians[0] / medians[1]:.2f}" if len(medians) > 1 else ""
        yield f"| {WORDS[part]} | {' | '.join(shown)} | {ratio} |"


def _growth(sizes: Sequence[_Size]) -> Iterator[str]:
    """How much longer a cold build takes than that of the next smaller size."""
    yield "### Growth"
    yield ""
    yield "| claims | cold build | × the row above |"
    yield "|---|---|---|"
    before = 0.0
    for size in sizes:
        seconds = size.median("factsite", "cold")
        times = f"{seconds / before:.1f}" if before else ""
        yield f"| {size.claims:,} | {seconds:.2f} s | {times} |"
        before = seconds


def _about() -> str:
    """Machine, versions and date of a run."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = re.findall(r"model name\s*: (.*)", info)
    processor = f"{len(models)} × {models[0]}" if models else platform.processor()
    version = subprocess.run([peers.hugo_program(), "version"], capture_output=True, text=True, check=True)
    hugo = version.stdout.split()[1].partition("-")[0]
    today = dt.datetime.now(tz=dt.UTC).date()
    kernel = ".".join(platform.release().split(".")[:2])
    return (
        f"Measured on {today:%d %B %Y}: {processor}, {platform.system()} {kernel}, Python {platform.python_version()},"
        f" msgspec {msgspec.__version__}, Hugo {hugo}"
    )


if __name__ == "__main__":
    main()
