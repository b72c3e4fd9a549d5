"""What a person waits for first: the start, the first page, the first question. `python benchmarks/first_use.py`

The real app as a process of its own on the shipped corpus (DATA_DIR with an index, else it is made first) and a real browser.
Prints the seconds until the port answers and until a question can be asked, the modules that took longest to import, the weight
of pages (bytes over the line, requests) for a first and a second visit, and the seconds of the first and of further questions,
from the click to the answer on the screen, and to the first sign of life.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.processes import App  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS  # noqa: E402
from tests.chroma import quiet_port  # noqa: E402

QUESTIONS = (
    "Penerima UEP tahun ini boleh diusulkan lagi tahun depan?",
    "UEP itu uang tunai atau barang?",
    "Siapa yang menetapkan penerima UEP?",
    "Apa beda DTKS dan DTSEN?",
    "Jenis usaha apa saja yang difasilitasi UEP 2025?",
)
PAGES = ("/", "/masuk", "/ikut", "/kriteria", "/kasus", "/panduan/petugas")


def slowest_imports(most: int = 12) -> list[tuple[float, str]]:
    """Return the modules whose import takes longest, with all they import, in seconds: those of the app and its libraries."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import assistant.start, assistant.web, assistant.api, assistant.ui.page"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.findall(r"import time:\s+\d+ \|\s+(\d+) \| ( *)(\S+)", run.stderr)
    tops = [(int(micro) / 1e6, name) for micro, indent, name in found if len(indent) <= 6]
    return sorted(tops, reverse=True)[:most]


def weigh(page: Any, address: str) -> tuple[int, int]:
    """Return the bytes that a page brings over the line, and the requests."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    weight = {"bytes": 0, "requests": 0}

    def loaded(event: dict[str, Any]) -> None:
        weight["bytes"] += int(event["encodedDataLength"])

    def sent(event: dict[str, Any]) -> None:
        weight["requests"] += 1

    session.on("Network.loadingFinished", loaded)
    session.on("Network.requestWillBeSent", sent)
    page.goto(address)
    page.wait_for_timeout(2500)
    session.detach()
    return weight["bytes"], weight["requests"]


def ask(page: Any, question: str) -> tuple[float, float]:
    """Ask on the page; return the seconds to the first sign of life and to the answer."""
    before = page.locator(".jawaban .status").count()
    page.locator("#kotak textarea").fill(question)
    began = time.perf_counter()
    page.locator("#kirim").click()
    page.get_by_text("Mencari di sumber").or_(page.locator(".jawaban .status").nth(before)).first.wait_for()
    sign = time.perf_counter() - began
    page.locator(".jawaban .status").nth(before).wait_for()
    return sign, time.perf_counter() - began


def main() -> int:
    """Print the figures."""
    import os

    from playwright.sync_api import sync_playwright

    for seconds, name in slowest_imports():
        print(f"import {name}: {seconds:.2f} s")
    with tempfile.TemporaryDirectory(prefix="uep-pertama-", ignore_cleanup_errors=True) as folder:
        environment = {**os.environ, "HF_HUB_OFFLINE": "1", "BACKUP_HOURS": "0"}
        environment["DATABASE_URL"] = f"sqlite:///{folder}/catatan.sqlite"
        app = App(quiet_port(), environment, Path(folder) / "log")
        try:
            print(f"port answers after {app.start():.1f} s")
            address = f"http://127.0.0.1:{app.port}"
            began = time.perf_counter()
            while httpx.get(f"{address}/readyz", trust_env=False).status_code != 200:
                time.sleep(0.1)
            print(f"ready {time.perf_counter() - began:.1f} s later")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
                for path in PAGES:
                    context = browser.new_context()
                    page = context.new_page()
                    (first, requests), (second, _) = weigh(page, address + path), weigh(page, address + path)
                    print(f"{path}: {first / 1000:.0f} kB in {requests} requests, again {second / 1000:.0f} kB", flush=True)
                    context.close()
                page = browser.new_page()
                began = time.perf_counter()
                page.goto(address)
                page.locator("#kotak textarea").wait_for()
                print(f"Tanya can be typed into after {time.perf_counter() - began:.1f} s")
                times = [ask(page, question) for question in QUESTIONS]
                print("first question: sign after {:.2f} s, answer after {:.2f} s".format(*times[0]))
                rest = [took for _, took in times[1:]]
                print(f"further questions: answer after {statistics.median(rest):.2f} s (median of {len(rest)})")
                browser.close()
        finally:
            app.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
