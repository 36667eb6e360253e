"""Options that several commands of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

ROOT: Decorator = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Folder with site.yaml and content/.  [default: this one]",
)
DATA: Decorator = click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
"""For people or for machines."""


def _web_address(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Only complete http and https addresses."""
    if value is not None and not value.startswith(("http://", "https://")):
        raise click.BadParameter("a complete address is needed: https://example.org/folder/")
    return value


BASE_URL: Decorator = click.option(
    "--base-url", metavar="URL", callback=_web_address, help="In place of the one in site.yaml."
)


def what_to_build(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of the commands that build once."""
    options = (
        ROOT,
        BASE_URL,
        click.option("--drafts/--no-drafts", default=False, help="Drafts are part of the site."),
        click.option("--strict/--no-strict", default=False, help="Warnings are errors."),
        click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text"),
        click.option("--timings/--no-timings", default=False, help="How long each stage took, in milliseconds."),
    )
    for option in reversed(options):
        command = option(command)
    return command
