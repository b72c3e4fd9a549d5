"""Measure the app: time to the first page, peak memory after 100 questions. `python benchmarks/app_memory.py`"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 7899
QUESTIONS = 100


def main() -> int:
    """Start the app, wait for its page, ask 100 questions through its Gradio API, print the figures."""
    from gradio_client import Client

    started = time.perf_counter()
    app = subprocess.Popen([sys.executable, str(ROOT / "app.py"), "--port", str(PORT)])
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=2).read()
                break
            except OSError:
                time.sleep(0.1)
        first_page = time.perf_counter() - started
        client = Client(f"http://127.0.0.1:{PORT}", verbose=False)
        lines = (ROOT / "corpus" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        step = max(1, len(lines) // QUESTIONS)
        seconds = []
        for line in lines[::step][:QUESTIONS]:
            begun = time.perf_counter()
            client.predict(json.loads(line)["questions"][1], api_name="/tanya")
            seconds.append(time.perf_counter() - begun)
        status = Path(f"/proc/{app.pid}/status").read_text()
        peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        print(
            f"first page {first_page:.1f} s, {len(seconds)} questions, median {statistics.median(seconds):.3f} s, "
            f"peak memory {int(peak) / 1024:.0f} MB"
        )
    finally:
        app.terminate()
        app.wait(20)
    return 0


if __name__ == "__main__":
    sys.exit(main())
