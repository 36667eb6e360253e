"""Takes the pictures of the editing guide: `make screenshots`. They show its tutorial, played in Chromium."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS
from tests.serving import Preview, preview

DOCS = Path(__file__).parent
BUILD = DOCS.parent / "build.py"
SITE = "my-checks"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COLOURS = 48
"""Of a picture: enough for our pages, and a third of the bytes."""


def main() -> None:
    """All pictures, in the order of the tutorial."""
    tutorial = (DOCS / "editing.md").read_text(encoding="utf-8").partition("\n## Your first claim\n")[2]
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1080, "height": 760}, color_scheme="light")
        blocks = [(kind, name, text) for kind, name, text in BLOCK.findall(tutorial) if name or "$ python" in text]
        play(blocks[:1], Path(folder))
        with preview(Path(folder) / SITE) as running:
            shoot(page, running, "", "home")
            play([block for block in blocks[1:] if block[0] == "console"], Path(folder))
            running.wait_for_rebuild(1)
            page.wait_for_selector("text=missing-key")
            shoot(page, running, "", "problems")
            play([block for block in blocks if block[0] == "yaml"], Path(folder))
            page.wait_for_selector("text=missing-key", state="detached")
            shoot(page, running, "claims/account-on-time/", "claim")
            shoot(page, running, "sources/example-gazette-bridge/", "article")
        browser.close()


def play(blocks: list[tuple[str, str, str]], folder: Path) -> None:
    """Write the files and call the commands of some blocks."""
    for kind, name, text in blocks:
        if kind == "console":
            command = text.partition("\n")[0].removeprefix("$ python build.py ")
            arguments = [sys.executable, str(BUILD), *shlex.split(command)]
            subprocess.run(arguments, cwd=folder, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 -- our own text
        else:
            (folder / name).write_text(text, encoding="utf-8")


def shoot(page: Page, running: Preview, path: str, name: str) -> None:
    """One picture of a page of the preview, with few colours."""
    page.goto(running.address + path)
    page.wait_for_load_state("networkidle")
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(DOCS / "images" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
