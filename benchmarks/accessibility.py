"""Every screen under axe-core, on a desk and on a telephone, light and dark: `python benchmarks/accessibility.py [NAME …]`.

Prints for each screen and look how many violations axe calls serious or critical and how many are lesser, whether the page
scrolls sideways, and what can be pressed but is lower than 44 px. Exit status 1 when there is any of these but the lesser ones.
`--shots FOLDER` also keeps a picture of each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.screens import Screen, chromium, opened, screens, settled, visitors
from benchmarks.stage import set_stage
from tests.serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

LOOKS = ((1280, False), (390, True), (1280, True), (390, False))
SEVERE = ("serious", "critical")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOW = """() => [...document.querySelectorAll('button, select, .tombol, summary, [role=tab], input:not([type=hidden])')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0)
  .map(one => { const around = ['checkbox', 'radio'].includes(one.type) ? one.closest('label') || one : one;
                return [around.getBoundingClientRect(), one]; })
  .filter(([box]) => box.height > 1 && box.height < 43.5 && box.right > 0)
  .map(([box, one]) => [one.tagName.toLowerCase(), (one.innerText || one.value || one.name || one.id).slice(0, 30),
                        Math.round(box.height) + 'px'].join(' '))"""


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with a screen: grave and lesser violations, pixels that stick out to the right, what is too low to press."""

    severe: tuple[str, ...]
    lesser: tuple[str, ...]
    sideways: int
    low: tuple[str, ...]


def examined(page: Page) -> Found:
    """Run axe-core on the page as it stands, and measure it."""
    from axe_playwright_python.sync_playwright import Axe

    severe, lesser = [], []
    for one in Axe().run(page).response["violations"]:
        places = "; ".join(str(node["target"][0]) for node in one["nodes"][:4])
        (severe if one["impact"] in SEVERE else lesser).append(f"{one['id']} ({one['impact']}) {places}")
    return Found(tuple(severe), tuple(lesser), page.evaluate(SIDEWAYS), tuple(page.evaluate(LOW)))


def looked_at(address: str, shown: tuple[Screen, ...], *, width: int, dark: bool, shots: str) -> int:
    """Print a line for each screen in one look; returns how many have something serious."""
    wrong = 0
    with chromium() as browser:
        people = visitors(browser, address, width=width, dark=dark)
        for screen in shown:
            page = opened(people[screen.who], address, screen)
            settled(page)
            found = examined(page)
            bad = bool(found.severe) or found.sideways > 0 or bool(found.low)
            wrong += bad
            look = f"{width} {'dark' if dark else 'light'}"
            print(
                f"{screen.name:24} {look:11} serious {len(found.severe)}  lesser {len(found.lesser)}"
                f"  sideways {found.sideways}  low {len(found.low)}"
            )
            for line in (*found.severe, *found.lesser, *found.low):
                print(f"    {line}")
            if shots:
                page.screenshot(path=f"{shots}/{screen.name}-{width}-{'dark' if dark else 'light'}.png", full_page=True)
            page.close()
    return wrong


def main() -> int:
    """Look at every screen; exit status 1 when one has something serious, scrolls sideways, or has a target too low."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--shots", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stage = set_stage(Path(folder))
        server = Server(stage.office, host="127.0.0.1")
        shown = tuple(one for one in screens(stage) if not options.names or one.name in options.names)
        wrong = sum(looked_at(server.local, shown, width=width, dark=dark, shots=options.shots) for width, dark in LOOKS)
        server.stop()
    print(f"{len(shown)} screens in {len(LOOKS)} looks: {wrong} with something to mend")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
