"""Two real replicas behind nginx, a Chroma server, PostgreSQL: published, withdrawn, killed under clients that ask all the time.

    python benchmarks/replicas.py [--clients 6] [--seconds 8]

Needs Debian's nginx and postgresql. Prints a table of counts; exit status 1 when an answer was wrong or a confirmed one is lost.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.ledger import Role  # noqa: E402
from assistant.people import LOGIN  # noqa: E402
from assistant.records import open_records  # noqa: E402
from benchmarks.crowd import Crowd, ask_once  # noqa: E402
from benchmarks.processes import App, nginx  # noqa: E402
from tests.chroma import ChromaProcess, quiet_port  # noqa: E402
from tests.factories import PASSWORD, add_person, make_people, write_corpus, write_document  # noqa: E402
from tests.serving import Client  # noqa: E402

NEW = "\n# Kunjungan\n\n## Jadwal\n\nPendamping UEP mengunjungi setiap penerima UEP paling lambat tanggal 17.[^B-030]\n"
ANSWERS = ("benar17", "tanpa17")
RECOVERY_SECONDS = 60


def ingest(environment: dict[str, str], *, kill_after: float | None = None) -> float:
    """Run `python ingest.py` to its end, or kill it; returns the seconds."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "ingest.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    output = process.communicate()[0].decode(errors="replace")
    if kill_after is None and process.returncode:
        raise SystemExit(f"ingest failed: {output[-1500:]}")
    return time.monotonic() - began


def recovered(apps: list[App], wanted: str) -> float:
    """Return the seconds until every replica, asked directly, answers `wanted`."""
    began = time.monotonic()
    clients = [Client(f"http://127.0.0.1:{app.port}") for app in apps]
    while time.monotonic() - began < RECOVERY_SECONDS:
        if all(ask_once(client)[0] == wanted for client in clients):
            return time.monotonic() - began
        time.sleep(0.1)
    return float("inf")


def run(count: int, seconds: float, folder: Path) -> bool:
    """Go through all phases; print their counts; return whether nothing was wrong or lost."""
    folder.chmod(0o755)
    (folder / "pg").mkdir()
    server = str(ROOT / ".ci" / "postgres")
    pg_environment = {**os.environ, "PORT": str(quiet_port())}

    def postgres(verb: str) -> str:
        run = subprocess.run([server, verb, str(folder / "pg")], env=pg_environment, capture_output=True, text=True, check=True)
        return run.stdout.strip()

    url = postgres("start")
    chroma = ChromaProcess(folder / "chroma")
    corpus = write_corpus(folder / "korpus")
    shared = {
        **os.environ,
        "HF_HUB_OFFLINE": "1",
        "GRADIO_ANALYTICS_ENABLED": "False",
        "CORPUS_DIR": str(corpus),
        "SHARED_DIR": str(folder / "bersama"),
        "DATABASE_URL": url,
        "CHROMA_URL": chroma.start(),
        "OPEN_CHAT": "on",
        "QUESTIONS_PER_MINUTE": "10000",
    }
    environments = [{**shared, "DATA_DIR": str(folder / name)} for name in ("a", "b")]
    apps = [App(quiet_port(), env, folder / f"{name}.log") for env, name in zip(environments, "ab", strict=True)]
    try:
        print(f"start of replica a, with the first ingest: {apps[0].start():.1f} s", flush=True)
        print(f"start of replica b, which fetches the index: {apps[1].start():.1f} s", flush=True)
        records = open_records(url)
        people = make_people(records, database_url=url)
        add_person(people, "pengelola", role=Role.ADMIN)
        admin = Client(f"http://127.0.0.1:{apps[0].port}")
        admin.cookies.set(LOGIN, people.login("pengelola", PASSWORD, address="127.0.0.1"))
        with nginx(folder / "nginx", [app.port for app in apps]) as address:
            crowd = Crowd(address, count)
            threads = crowd.run()
            good = phases(crowd, apps, environments, corpus, admin, chroma, postgres, seconds)
            crowd.stop.set()
            for thread in threads:
                thread.join(60)
            lost = sum(
                client_has(crowd.clients, asked.identity) is False
                for asked in crowd.asked
                if asked.kind in ("benar17", "tanpa17")
            )
        print(f"\nconfirmed answers {sum(a.kind in ('benar17', 'tanpa17') for a in crowd.asked)}, of them lost {lost}")
        records.close()
        return good and not lost
    finally:
        for app in apps:
            app.kill()
        chroma.kill()
        postgres("stop")


def client_has(clients: list[Client], identity: str) -> bool:
    """Tell whether the browser that was given an answer still finds it."""
    return any(client.get(f"/jawaban/{identity}").status_code == 200 for client in clients)


def phases(
    crowd: Crowd,
    apps: list[App],
    environments: list[dict[str, str]],
    corpus: Path,
    admin: Client,
    chroma: ChromaProcess,
    postgres: Callable[[str], str],
    seconds: float,
) -> bool:
    """Do one thing after the other; an answer sent after it must be as it says."""
    good = True
    whole = [10.0]  # seconds that an ingest takes here

    def phase(name: str, act: Callable[[], object], *, must: str, before: str = "", notices: bool = False) -> None:
        nonlocal good
        began = time.monotonic()
        act()
        done = time.monotonic()
        back = recovered(apps, must)
        while time.monotonic() - done < seconds:
            time.sleep(0.05)
        ended = time.monotonic()
        during = [asked for asked in list(crowd.asked) if began <= asked.ended <= ended]
        after = [asked for asked in during if asked.began >= done]
        wrong = [a for a in after if a.kind in ("benar17", "tanpa17") and a.kind != must]
        wrong += [
            a for a in during if a.began < done and a.kind in ("benar17", "tanpa17") and a.kind not in (must, before or must)
        ]
        strange = [a for a in during if a.kind not in ("benar17", "tanpa17") and not (notices and a.kind.startswith("pesan"))]
        strange = [a for a in strange if not a.kind.startswith("putus") and a.kind != "status 502"]
        counts = ", ".join(f"{kind} {number}" for kind, number in Counter(a.kind for a in during).most_common())
        print(f"{name}: {done - began:.1f} s, all replicas right {back:.2f} s later; {counts}; wrong {len(wrong)}", flush=True)
        for asked in strange[:3]:
            print(f"    unexpected: {asked.kind}")
        good = good and not wrong and not strange and back < RECOVERY_SECONDS

    def publish() -> None:
        write_document(corpus, "kunjungan", NEW)
        whole[:] = [ingest(environments[0])]

    def withdraw() -> None:
        fields = {"token": admin.token("/dokumen"), "path": "kunjungan.md", "yakin": "ya"}
        answer = admin.post("/dokumen/tarik", data=fields)
        assert answer.status_code < 400, answer.text[-500:]

    def away(stop: Callable[[], object], start: Callable[[], object]) -> Callable[[], None]:
        def act() -> None:
            stop()
            time.sleep(seconds)
            start()

        return act

    def kill_ingests() -> None:
        for number in range(5):
            write_document(corpus, "lain", NEW.replace("17", str(18 + number)).replace("B-030", "B-036"))
            ingest(environments[number % 2], kill_after=random.uniform(0.5, 1.05) * whole[0])
        (corpus / "lain.md").unlink()

    phase("nothing published yet", lambda: None, must="tanpa17")
    phase("published by ingest.py while all ask", publish, must="benar17", before="tanpa17")
    phase("withdrawn on replica a", withdraw, must="tanpa17", before="benar17")
    phase("published again", publish, must="benar17", before="tanpa17")
    phase("five ingests killed", kill_ingests, must="benar17")
    phase("replica a killed and started", away(apps[0].kill, apps[0].start), must="benar17")
    phase("replica b killed and started", away(apps[1].kill, apps[1].start), must="benar17")
    phase("Chroma killed and started", away(chroma.kill, chroma.start), must="benar17", notices=True)
    phase(
        "PostgreSQL killed and started", away(lambda: postgres("halt"), lambda: postgres("start")), must="benar17", notices=True
    )
    return good


def main() -> int:
    """Run the proof in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each state lasts")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="uep-replika-", ignore_cleanup_errors=True) as folder:
        return 0 if run(options.clients, options.seconds, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
