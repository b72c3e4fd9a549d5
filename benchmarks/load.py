"""Officers who ask all day: real questions through the page's own protocol, one process or replicas behind nginx, on loopback.

    python benchmarks/load.py [--officers 50] [--every 10] [--seconds 300] [--replicas 1|2] [--vectors data/vectors.sqlite]

Each officer has a browser of their own and asks a question of the dev set every `--every` seconds. Prints p50, p95 and the
longest time until an answer is there, what else came, and the memory of each process over time. With one replica everything is
embedded; with two there is a Chroma server, PostgreSQL and nginx (Debian's packages). Exit status 1 when a question got no
answer.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.processes import App, nginx, notice  # noqa: E402
from tests.chroma import ChromaProcess, quiet_port  # noqa: E402
from tests.serving import Client  # noqa: E402

DEV = ROOT / "assistant" / "evaluation" / "dev.jsonl"


def memory(process: int) -> int:
    """Return the resident memory of a process, in MB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def ask(client: Client, question: str) -> str:
    """Ask as the page does; return `jawaban` or what came instead."""
    try:
        client.tab = f"tab{random.getrandbits(60):x}"
        joined = client.join("tanya", question, "semua", None)
        if joined.status_code != 200:
            return notice(joined.text) or f"status {joined.status_code}"
        told = str(client.events()[-1])
        return "jawaban" if re.search(r"/jawaban/[0-9a-f]{32}", told) else notice(told) or "tanpa jawaban"
    except (httpx.HTTPError, KeyError, IndexError, ValueError) as error:
        return f"putus ({type(error).__name__})"


def officer(address: str, every: float, until: float, questions: list[str], told: list[tuple[float, str]], number: int) -> None:
    """Ask every so often, beginning at a moment of one's own."""
    chance = random.Random(number)
    client = Client(address)
    client.get("/")
    due = time.monotonic() + chance.uniform(0, every)
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        told.append((0.0, ask(client, chance.choice(questions))))
        told[-1] = (time.monotonic() - began, told[-1][1])
        due = max(due + every, time.monotonic())


def run(officers: int, every: float, seconds: float, replicas: int, vectors: Path, folder: Path) -> bool:
    """Start everything, let the officers ask, print the figures."""
    folder.chmod(0o755)
    shared = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "GRADIO_ANALYTICS_ENABLED": "False",
        "OPEN_CHAT": "on",
        "QUESTIONS_PER_MINUTE": "10000",
        "CORPUS_DIR": str(folder / "korpus"),
    }
    shutil.copytree(ROOT / "corpus", folder / "korpus")
    with ExitStack() as stack:
        if replicas > 1:
            shared["SHARED_DIR"] = str(folder / "bersama")
            server, pg = str(ROOT / ".ci" / "postgres"), str(folder / "pg")
            (folder / "pg").mkdir()
            shared["DATABASE_URL"] = subprocess.run(
                [server, "start", pg], capture_output=True, text=True, check=True
            ).stdout.strip()
            stack.callback(subprocess.run, [server, "stop", pg], check=False)
            chroma = ChromaProcess(folder / "chroma")
            shared["CHROMA_URL"] = chroma.start()
            stack.callback(chroma.kill)
        apps = []
        for number in range(replicas):
            data = folder / f"data{number}"
            data.mkdir()
            if vectors.is_file():
                shutil.copyfile(vectors, data / "vectors.sqlite")
            apps.append(App(quiet_port(), {**shared, "DATA_DIR": str(data)}, folder / f"{number}.log"))
            stack.callback(apps[-1].kill)
            print(f"replica {number + 1} ready after {apps[-1].start():.0f} s", flush=True)
        ports = [app.port for app in apps]
        address = stack.enter_context(nginx(folder / "nginx", ports)) if replicas > 1 else f"http://127.0.0.1:{ports[0]}"
        questions = [json.loads(line)["question"] for line in DEV.read_text(encoding="utf-8").splitlines() if line.strip()]
        told: list[tuple[float, str]] = []
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=officer, args=(address, every, until, questions, told, number), daemon=True)
            for number in range(officers)
        ]
        for thread in threads:
            thread.start()
        steps: list[list[int]] = []
        while time.monotonic() < until:
            steps.append([memory(app.process.pid) for app in apps if app.process])
            time.sleep(min(seconds / 6, max(0.1, until - time.monotonic())))
        for thread in threads:
            thread.join(120)
        steps.append([memory(app.process.pid) for app in apps if app.process])
    times = sorted(took for took, kind in told if kind == "jawaban")
    kinds = Counter(kind for _, kind in told)
    print(f"{officers} officers, a question every {every:g} s, {seconds:g} s, {replicas} process(es), {os.cpu_count()} cores")
    if len(times) > 1:
        cut = statistics.quantiles(times, n=20)
        print(f"answered {len(times)}; p50 {cut[9]:.2f} s, p95 {cut[18]:.2f} s, longest {times[-1]:.2f} s")
    print("came: " + ", ".join(f"{kind} {number}" for kind, number in kinds.most_common()))
    for number in range(replicas):
        print(f"memory of process {number + 1}, MB: {' '.join(str(step[number]) for step in steps)}")
    return bool(times) and len(times) == len(told)


def main() -> int:
    """Run the load in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--officers", type=int, default=50)
    parser.add_argument("--every", type=float, default=10.0)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--replicas", type=int, choices=(1, 2), default=1)
    parser.add_argument(
        "--vectors", type=Path, default=ROOT / "data" / "vectors.sqlite", help="vectors made before, to start sooner"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="uep-beban-", ignore_cleanup_errors=True) as folder:
        good = run(chosen.officers, chosen.every, chosen.seconds, chosen.replicas, chosen.vectors, Path(folder))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
