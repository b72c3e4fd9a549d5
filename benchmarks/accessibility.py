"""Every screen under axe-core, on a desk by day and on a telephone by night: `python benchmarks/accessibility.py [NAME …]`.

Prints for each screen and look the violations that axe calls serious or critical, how many of the lesser kinds, whether the page
scrolls sideways, and what can be pressed but is lower than 44 px. Exit status 1 when anything serious is found. `--shots FOLDER`
also keeps a picture of each; `--address URL` looks at a stage that is being served already.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import screens as every
from benchmarks.screens import Screen, chromium, opened, screens, visitors
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
  .map(([box, one]) => `${one.tagName.toLowerCase()} ${(one.innerText || one.value || one.name || one.id).slice(0, 30)} ${Math.round(box.height)}px`)"""


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with a screen."""

    severe: tuple[str, ...]
    lesser: int
    sideways: int
    low: tuple[str, ...]


def examined(page: Page) -> Found:
    """Run axe-core on the page as it stands, and measure it."""
    from axe_playwright_python.sync_playwright import Axe

    violations = Axe().run(page).response["violations"]
    severe = [
        f"{one['id']} ({one['impact']}): {'; '.join(str(node['target'][0]) for node in one['nodes'][:6])}"
        for one in violations
        if one["impact"] in SEVERE
    ]
    lesser = [one["id"] for one in violations if one["impact"] not in SEVERE]
    return Found(tuple(severe + [f"({name})" for name in lesser][:0]), len(lesser), page.evaluate(SIDEWAYS), tuple(page.evaluate(LOW)))


@contextmanager
def staged(address: str) -> Iterator[tuple[str, tuple[Screen, ...]]]:
    """Serve a stage, or take the one at `address`, whose screens stand in the file /tmp/stage.json of whoever serves it."""
    if address:
        yield address, tuple(
            Screen(one["name"], one["who"], one["path"], getattr(every, one["first"]))
            for one in json.loads(Path(address).read_text())["screens"]
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        stage = set_stage(Path(folder))
        server = Server(stage.office, host="127.0.0.1")
        try:
            yield server.local, screens(stage)
        finally:
            server.stop()
