"""Two real replicas behind nginx, a Chroma server, PostgreSQL: published, withdrawn, killed under clients that ask all the time.

    python benchmarks/replicas.py [--clients 6] [--seconds 8]

Needs Debian's nginx and postgresql. Prints a table of counts; exit status 1 when an answer was wrong or a confirmed one is lost.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assistant.ledger import Role  # noqa: E402
from assistant.people import LOGIN  # noqa: E402
from assistant.records import open_records  # noqa: E402
from tests.chroma import ChromaProcess, quiet_port  # noqa: E402
from tests.factories import PASSWORD, add_person, make_people, write_corpus, write_document  # noqa: E402
from tests.serving import Client  # noqa: E402

QUESTION = "Tanggal berapa pendamping mengunjungi setiap penerima UEP?"
NEW = "\n# Kunjungan\n\n## Jadwal\n\nPendamping UEP mengunjungi setiap penerima UEP paling lambat tanggal 17.[^B-030]\n"
SAID = "tanggal 17"
ANSWERS = ("benar17", "tanpa17")
NOTICES = ("sedang tidak dapat dihubungi", "Basis data catatan tidak dapat dipakai")
READY_SECONDS = 120
RECOVERY_SECONDS = 60


@dataclass
class Asked:
    """One question: when it was sent, when it ended, what came: `benar17`, `tanpa17`, a notice, or how the line broke."""

    began: float
    ended: float
    kind: str
    identity: str = ""


@dataclass
class Crowd:
    """Clients that ask all the time, each with the cookie of its own browser."""

    address: str
    count: int
    asked: list[Asked] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> list[threading.Thread]:
        """Start asking."""
        self.clients = [Client(self.address) for _ in range(self.count)]
        threads = [threading.Thread(target=self._ask, args=(client,), daemon=True) for client in self.clients]
        for thread in threads:
            thread.start()
        return threads

    def _ask(self, client: Client) -> None:
        while not self.stop.is_set():
            began = time.monotonic()
            kind, identity = ask_once(client)
            self.asked.append(Asked(began, time.monotonic(), kind, identity))
            if kind not in ("benar17", "tanpa17"):
                time.sleep(0.2)


def ask_once(client: Client) -> tuple[str, str]:
    """Ask the question; return what came and the id of the kept answer."""
    try:
        client.tab = f"tab{random.getrandbits(60):x}"
        joined = client.join("tanya", QUESTION, "semua", None)
        if joined.status_code != 200:
            return (notice(joined.text) or f"status {joined.status_code}"), ""
        told = str(client.events()[-1])
        found = re.findall(r"/jawaban/([0-9a-f]{32})", told)
        if not found:
            return notice(told) or f"tanpa jawaban: {told[:80]}", ""
        page = client.get(f"/jawaban/{found[-1]}")
        if page.status_code != 200:
            return notice(page.text) or f"status {page.status_code}", found[-1]
        return ("benar17" if SAID in page.text else "tanpa17"), found[-1]
    except (httpx.HTTPError, KeyError, IndexError, ValueError) as error:
        return f"putus ({type(error).__name__})", ""


def notice(text: str) -> str:
    """Return which of the plain notices a text holds."""
    return next((f"pesan: {known}" for known in NOTICES if known in text), "")


class App:
    """`python app.py` as a process of its own, with its own data folder."""

    def __init__(self, port: int, environment: dict[str, str], log: Path) -> None:
        self.port, self._environment, self._log = port, environment, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start and wait until it answers; returns the seconds."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            command = [sys.executable, "app.py", "--host", "127.0.0.1", "--port", str(self.port)]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)
        while time.monotonic() - began < READY_SECONDS:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=2, trust_env=False).status_code == 200:
                    return time.monotonic() - began
            except httpx.HTTPError:
                time.sleep(0.1)
        raise SystemExit(f"the app did not start: {self._log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """End it without warning."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def nginx(folder: Path, ports: list[int]) -> Iterator[str]:
    """Run the shipped nginx.conf before the replicas; yield its address."""
    port = quiet_port()
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8").replace("listen 8080", f"listen 127.0.0.1:{port}")
    for number, target in enumerate(ports, 1):
        text = text.replace(f"app{number}:7860", f"127.0.0.1:{target}")
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(text)
    command = ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


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
