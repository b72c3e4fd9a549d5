"""Retake the pictures of the guides: `python docs/panduan/gambar.py [NAME …]`.

Starts the real app over the shipped corpus with invented people (`benchmarks/stage.py`), opens each screen in Chromium in the
light look, at 1280 or 390 pixels, and writes `gambar/NAME.png` with a small palette. Needs Chromium; without an index in
`DATA_DIR` one is made first, which takes minutes.
"""

from __future__ import annotations

import functools
import io
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks import screens
from benchmarks.screens import NOBODY, Screen
from benchmarks.stage import UNKNOWN, Stage, set_stage
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).resolve().parent / "gambar"
HOST = "asisten.dinsos.contoh"
"""The name under which a hall would open the app: behind a proxy with HTTPS, so that the pages show what a hall would see."""
WIDE, NARROW = 1280, 390
COLOURS = 64
MOST_BYTES = 120_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its screen, the window, how far down the page it starts, and whether the app is opened by its name."""

    screen: Screen
    height: int
    width: int = WIDE
    top: str = ""
    named: bool = False


def unfold_first(page: Page) -> None:
    """Open the first part that folds."""
    page.locator("main summary").first.click()


def pictures(stage: Stage) -> tuple[Picture, ...]:
    """Return all pictures of the guides."""
    known = {one.name: one for one in screens.screens(stage)}

    def of(name: str, height: int, first: Callable[[Any], None] | None = None, to: str = "", **values: Any) -> Picture:
        old = known[name]
        return Picture(Screen(to or name, old.who, old.path, first or old.first), height, **values)

    link = stage.office.people.link_for("pendamping.0")
    return (
        of("masuk", 560),
        of("tanya-jawaban", 860),
        of("tanya-jawaban", 800, functools.partial(screens.ask, question=UNKNOWN), "belum-ada"),
        of("tanya-jawaban", 844, screens.ask, "tanya-ponsel", width=NARROW, top="#percakapan"),
        of("kriteria-hasil", 900),
        of("latihan-soal", 640),
        of("kasus", 760),
        of("ikut-tes", 740, to="ikut-ponsel", width=NARROW),
        of("bimtek", 960, unfold_first, "bimtek-baru"),
        of("bimtek-menunggu", 800, screens.nothing, named=True),
        of("layar-menunggu", 720, to="layar", named=True),
        of("bimtek-hasil", 1000, screens.nothing),
        of("pertanyaan", 960),
        of("baku-tulis", 1000),
        of("peta", 980, screens.nothing, top="h1"),
        of("kelola", 1080),
        of("dokumen", 1020, screens.nothing, top="h2:has-text('Menunggu diterbitkan')"),
        of("baku-diajukan", 860, top="h1"),
        of("pertanyaan-satu", 960, top="h1"),
        of("pengguna", 780, unfold_first),
        of("sehat", 1000),
        Picture(Screen("undangan", NOBODY, f"/undangan/{link}"), 560),
    )


def main() -> int:
    """Write the pictures; exit status 1 when one is too large."""
    from playwright.sync_api import sync_playwright

    wanted = set(sys.argv[1:])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stage = set_stage(Path(folder))
        server = Server(stage.office, host="127.0.0.1")
        rule = f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{server.port}"
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, rule])
        large = 0
        for width in (WIDE, NARROW):
            chosen = [one for one in pictures(stage) if one.width == width and (not wanted or one.screen.name in wanted)]
            people = screens.visitors(browser, server.local, width=width)
            for picture in chosen:
                content = small(taken(browser, people, server.local, picture, hidden=folder))
                (FOLDER / f"{picture.screen.name}.png").write_bytes(content)
                large += len(content) > MOST_BYTES
                print(f"{picture.screen.name}: {len(content) / 1000:.0f} kB")
        browser.close()
        server.stop()
    return 1 if large else 0


def taken(browser: Browser, people: dict[str, Any], address: str, picture: Picture, *, hidden: str) -> bytes:
    """Return a screenshot; the name of the temporary folder, which no office has, gives way to one like theirs."""
    who = people[picture.screen.who]
    if picture.named:
        forwarded = {"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.10"}
        opened = browser.new_context(viewport={"width": picture.width, "height": picture.height}, extra_http_headers=forwarded)
        opened.add_cookies([{"name": c["name"], "value": c["value"], "domain": HOST, "path": "/"} for c in who.cookies()])
        who, address = opened, f"http://{HOST}"
    page = screens.opened(who, address, picture.screen)
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.evaluate(
        "([from, to]) => { const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);"
        " while (all.nextNode()) all.currentNode.data = all.currentNode.data.replace(from, to); }",
        [f"{hidden}/data", "/srv/asisten-uep/data"],
    )
    if picture.top:
        page.locator(picture.top).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top + scrollY - 20)")
    screens.settled(page)
    content = page.screenshot()
    page.close()
    return content


def small(content: bytes) -> bytes:
    """Return a picture with a palette of few colours."""
    from PIL import Image

    image = (
        Image.open(io.BytesIO(content))
        .convert("RGB")
        .quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    )
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main())
