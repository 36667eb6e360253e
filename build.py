"""The command line: `python build.py` builds the site, `python build.py --help` says what else it can do."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any

try:
    import click
except ImportError:
    sys.exit(
        "The generator's libraries are not installed here. Run `make` (README.md: Windows, or no make), "
        "then the Python in .venv"
    )

from factsite import commands
from factsite.options import BASE_URL, ROOT, what_to_build


class BuildByDefault(click.Group):
    """A group of commands that builds if none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `build` in front of options that are not the group's own."""
        if not args or (args[0].startswith("-") and args[0] not in {"--help", "-h", "--version"}):
            args = ["build", *args]
        return super().parse_args(ctx, args)


FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(cls=BuildByDefault, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version=__import__("factsite").__version__, prog_name="factsite")
def cli() -> None:
    """Merge news articles and claim files into a static fact-check site.

    Without a command: build. Exit status: 0 all is well, 1 something is wrong with the site, 2 with the command.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller: what is printed is lost, which is no mistake
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 -- until the end
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # always text streams here


@cli.command()
@what_to_build
@click.option("--output", type=FOLDER, help="Where the site is written.  [default: output/ below the root]")
def build(*, root: Path, output: Path | None, form: str, timings: bool, **options: Any) -> None:
    """Build the site."""
    from factsite import pipeline
    from factsite.reporting import console, progress

    gc.disable()  # also after the build: the process ends
    with progress.shown() as tell:
        result = pipeline.build(pipeline.Options(root, output, progress=tell, **options))
    console.tell(result, form, root, timings=timings)
    sys.exit(0 if result.ok else 1)


@cli.command()
@what_to_build
def check(*, root: Path, form: str, timings: bool, **options: Any) -> None:
    """Find what is wrong with the site; write nothing."""
    from factsite import pipeline
    from factsite.reporting import console

    result = pipeline.build(pipeline.Options(root, write=False, **options))
    console.tell(result, form, root, timings=timings)
    sys.exit(0 if result.ok else 1)


@cli.command()
@ROOT
@BASE_URL
@click.option("--port", type=click.IntRange(0, 65535), default=5500, show_default=True, help="0: any free one.")
@click.option("--open/--no-open", "opens", default=False, help="Open a browser.")
def serve(*, root: Path, base_url: str | None, port: int, opens: bool) -> None:
    """Show the site while you edit it.

    Drafts and whole article texts are in it. It is built into .factsite/preview/, never into output/.
    """
    from factsite.previewing import preview

    sys.exit(preview.serve(root, base_url, port, opens=opens))


for command in commands.EDITING:
    cli.add_command(command)

if __name__ == "__main__":
    try:
        cli()
    except ImportError as error:
        if (error.name or "factsite").startswith("factsite"):
            raise
        sys.exit(
            f"The library `{error.name}` is not installed here, or only in part. "
            "Remove the folder .venv, then run `make` (README.md: Windows, or no make)"
        )
    finally:
        gc.freeze()  # the process ends: no last look for garbage in all that a build has made
