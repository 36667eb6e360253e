"""Takes the pictures of our own site, as its readers see it: `make screenshots`."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from factsite.pipeline import Options, build

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs/images"
COLOURS = 128
"""Of the palette: enough for text on paper and five tones, and a third of the bytes."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. Measures are CSS pixels."""

    name: str
    path: str
    width: int
    height: int
    scale: float = 1
    dark: bool = False


SHOTS = (
    Shot("claim", "claims/ncri-farsi-name/", 1200, 900),
    Shot("article", "sources/reuters-2026-03-12/#claim-ncri-farsi-name", 1200, 900),
    Shot("phone", "claims/khamenei-credited-mek/", 390, 844, scale=1.5, dark=True),
    Shot("timeline", "timeline/", 1200, 860),
    Shot("actor", "actors/mek/", 1200, 860),
)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def take(browser: Browser, host: str, shot: Shot) -> bytes:
    """The picture as PNG with a palette."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.scale,
        color_scheme="dark" if shot.dark else "light",
    )
    page.goto(host + shot.path)
    picture = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    small = io.BytesIO()
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def main() -> None:
    """All pictures, written where the documents expect them."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        result = build(Options(ROOT, Path(folder) / "site"))
        if not result.ok:
            sys.exit("The site has mistakes: run `python build.py check`.")
        handler = partial(Quiet, directory=str(result.output))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for shot in SHOTS:
                content = take(browser, f"http://127.0.0.1:{server.server_port}/", shot)
                (IMAGES / f"site-{shot.name}.png").write_bytes(content)
            browser.close()
            server.shutdown()


if __name__ == "__main__":
    main()
