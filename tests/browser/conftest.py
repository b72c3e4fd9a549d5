"""A real browser at the real app; skipped where there is none, but never in CI."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.stand_in import StandInAssistant

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""The same engine; the shell draws no window of its own, which takes a quarter of the time of these tests."""
CHROMIUM = next((path for path in BROWSERS if path.exists()), BROWSERS[-1])
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
START_SECONDS = 60


def _absent(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _absent("playwright belum terpasang: pip install playwright")
    if not CHROMIUM.exists():
        _absent(f"{CHROMIUM} tidak ada: pasang paket chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


def _serve(office: Any) -> Iterator[str]:
    """Run the app in a thread on a port of the system's choice."""
    import uvicorn

    from assistant.web import make_app

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(office), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + START_SECONDS
        while not server.started:
            assert time.monotonic() < until, "the app did not start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the real Assistant over the sample corpus."""
    from tests.factories import make_office, sample_assistant

    folder = tmp_path_factory.mktemp("contoh")
    yield from _serve(make_office(folder, sample_assistant(folder)))


@pytest.fixture(scope="session")
def stand_in_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the stand-in, whose answers are known, over real records."""
    from tests.factories import make_office

    yield from _serve(make_office(tmp_path_factory.mktemp("catatan"), StandInAssistant()))


class Visit:
    """One browser page, with every request that would leave the machine blocked and noted."""

    def __init__(self, page: Page) -> None:
        """Watch `page`."""
        self.page = page
        self.outside: list[str] = []
        self.dialogs: list[str] = []
        self.problems: list[str] = []
        page.route("**/*", self._route)
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.problems.append(str(error)))

    def open(self, address: str) -> Page:
        """Open the app and wait until a question can be typed."""
        self.page.goto(address)
        self.page.locator("#kotak textarea").wait_for()
        return self.page

    def ask(self, question: str) -> None:
        """Type a question, send it and wait until the box is empty again."""
        self.page.locator("#kotak textarea").fill(question)
        self.page.locator("#kirim").click()
        self.page.wait_for_function("document.querySelector('#kotak textarea').value === ''")

    def _route(self, route: Any) -> None:
        if route.request.url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            self.outside.append(route.request.url)
            route.abort()

    def _dialog(self, dialog: Any) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def visit(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a fresh browser context; parametrise indirectly with the width of the screen."""
    context = browser.new_context(viewport={"width": getattr(request, "param", 1280), "height": 844})
    context.set_default_timeout(20_000)
    yield Visit(context.new_page())
    context.close()
