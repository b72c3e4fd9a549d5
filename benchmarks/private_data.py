"""Plant 200 private numbers in questions, names and comments, then look for them: `python benchmarks/private_data.py`.

The real web app over the sample corpus; all that it logs is captured. Looked through: database with its write-ahead log, the
server's log, our own log, the figures of `/metrics`, a backup (unpacked), every other file of the data folder, the exports as
JSON, the proof sheets as text of the PDF and XML of the Word file, the letter, and the pages, also those of waiting questions
and standard answers. A number counts as found when its digits stand there, also with other separators. Exit status 1 for one.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import random
import re
import sys
import tempfile
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.serving import free_port, start

ASKED = "bantuannya uang apa barang"
SEPARATORS = ("", " ", "-", ".")
DIGITS = re.compile(rb"[ .\-/\xc2\xa0]")


@dataclass(frozen=True)
class Planted:
    """A private number as it is typed, and what must be found nowhere."""

    kind: str
    typed: str
    digits: str


def plant(count: int, *, seed: int = 1) -> list[Planted]:
    """Return `count` NIK, KK, telephone and account numbers in turn, with every separator."""
    chance = random.Random(seed)
    found = []
    for number in range(count):
        kind = ("NIK", "KK", "telepon", "rekening")[number % 4]
        separator = SEPARATORS[number // 4 % len(SEPARATORS)]
        if kind in ("NIK", "KK"):
            digits = f"6472{chance.randrange(10**12):012}"
            groups = [digits[place : place + 4] for place in range(0, 16, 4)]
            typed = f"{kind} {separator.join(groups)}"
        elif kind == "telepon":
            digits = f"08{chance.randrange(10**9, 10**10)}"
            typed = f"HP {separator.join((digits[:4], digits[4:8], digits[8:]))}"
        else:
            digits = f"{chance.randrange(10**9, 10**10)}"
            typed = f"rekening {separator.join((digits[:3], digits[3:6], digits[6:]))}"
        found.append(Planted(kind, typed, digits))
    return found


def traces(numbers: list[Planted], places: dict[str, bytes]) -> dict[str, list[str]]:
    """Return, by place, which numbers stand there, whatever separates their digits."""
    found = {}
    for place, content in places.items():
        plain = DIGITS.sub(b"", content)
        found[place] = [item.typed for item in numbers if item.digits.encode() in plain]
    return found


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below `folder`."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def data_of_backup(folder: Path) -> dict[str, bytes]:
    """Return every file of the backup that was asked for, once it is there."""
    until = time.monotonic() + 60
    while not (found := sorted(folder.glob("**/cadangan-*.zip"))):
        assert time.monotonic() < until, "no backup"
        time.sleep(0.1)
    with zipfile.ZipFile(found[-1]) as archive:
        return {f"backup: {name}": archive.read(name) for name in archive.namelist()}


def log_lines(folder: Path) -> list[str]:
    """Return the lines of our own log."""
    return [line for file in folder.glob("**/log/asisten.jsonl*") for line in file.read_text(encoding="utf-8").splitlines()]


def work_on(admin: Any, numbers: list[Planted]) -> dict[str, bytes]:
    """Handle waiting questions, confirm some, write standard answers, with numbers in every field; return what is seen."""
    pages = {}
    letter = zipfile.ZipFile(io.BytesIO(admin.get("/pertanyaan/daftar.docx").content))
    pages["letter"] = re.sub(rb"<[^>]+>", b"", letter.read("word/document.xml"))
    keys = re.findall(r'href="/pertanyaan/([0-9a-f]{32})"', admin.get("/pertanyaan").text)
    assert keys, "no question waits"
    for key, item in zip(keys, numbers, strict=False):
        page = admin.get(f"/pertanyaan/{key}").text
        ticked = dict.fromkeys(re.findall(r'name="(pilih-[0-9a-f]{32})"', page), "ya")
        sentence = re.search(r'name="kalimat" value="([^"]+)"', page)
        pages[f"waiting {key}"] = page.encode()
        quote = re.search(r'name="tambah-[^"]+" value="([^"]+)"', admin.get(f"/baku/tulis?dari={key}").text)
        fields = {"pertanyaan": f"{item.typed} {ASKED}?", "cara": f"apa {item.typed}", "jawaban": f"Hubungi {item.typed} [1]."}
        fields |= {"kutipan-1": html.unescape(quote[1])} if quote else {}
        for wanted in ("lihat", "ajukan"):
            pages[f"standard {wanted} {key}"] = admin.form("/baku/tulis", "/akun", lanjut=wanted, **fields).content
        confirmed = {"lanjut": "kukuhkan", "kalimat": html.unescape(sentence[1])} if sentence else {}
        act = confirmed if confirmed and ord(key[0]) % 2 else {"lanjut": "tandai", "tindakan": "diteruskan"}
        pages[f"done {key}"] = admin.form(f"/pertanyaan/{key}", "/akun", catatan=f"Telepon {item.typed}", **ticked, **act).content
    for path in (
        "/pertanyaan",
        "/pertanyaan/ditangani",
        "/pertanyaan/dikukuhkan",
        "/pertanyaan/dikukuhkan.jsonl",
        "/baku",
        "/peta",
    ):
        pages[path] = admin.get(path).content
    return pages


def run(count: int, folder: Path, *, url: str = "") -> dict[str, object]:
    """Plant, ask, judge, export, look; return the figures."""
    import pypdfium2

    from assistant.people import People
    from assistant.records import open_records
    from assistant.settings import Settings
    from tests.factories import PASSWORD, Role, add_person
    from tests.serving import Client

    numbers = plant(count)
    data = folder / "data"
    data.mkdir()
    records = open_records(url or f"sqlite:///{data / 'catatan.sqlite'}")
    add_person(People(records, Settings()), "admin", role=Role.ADMIN)
    port, log = free_port(), folder / "app.log"
    app = start(data, port, url, log)
    address = f"http://127.0.0.1:{port}"
    admin, visitor = Client(address), Client(address)
    admin.login("admin", PASSWORD)
    answers, pages = [], {}
    for place, item in enumerate(numbers):
        client = visitor if place % 2 else admin
        match place % 3:
            case 0:
                client.tab += "x"
                answers.append((client, client.ask(f"{item.typed} {ASKED}?")))
            case 1:
                owner, answer = answers[-1]
                owner.form(f"/jawaban/{answer}/nilai", "/akun", membantu="tidak", komentar=f"Hubungi {item.typed} ya")
            case _:
                fields = {"nama": f"orang.{place}", "lengkap": f"Bu {item.typed}"[:100], "peran": "petugas", "wilayah": ""}
                pages[f"users page {place}"] = admin.form("/pengguna", "/pengguna", **fields).content
                admin.form("/samarkan", "/pengguna", nama=item.typed)
                admin.form("/masuk", "/masuk", nama=item.digits, sandi=item.typed)
    for number, (client, answer) in enumerate(answers):
        pages[f"answer {number}"] = client.get(f"/jawaban/{answer}").content
        sheets = pypdfium2.PdfDocument(client.get(f"/jawaban/{answer}/bukti.pdf").content)
        pages[f"PDF {number}"] = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in sheets).encode()
        archive = zipfile.ZipFile(io.BytesIO(client.get(f"/jawaban/{answer}/bukti.docx").content))
        pages[f"Word {number}"] = re.sub(rb"<[^>]+>", b"", archive.read("word/document.xml"))
    for name, client in (("admin", admin), ("visitor", visitor)):
        pages[f"JSON {name}"] = client.get("/akun/data.json").content
        pages[f"history {name}"] = client.get("/riwayat").content
    pages |= work_on(admin, numbers)
    assert b"disamarkan" in pages["/pertanyaan/dikukuhkan.jsonl"], "no question was confirmed"
    pages["figures"] = admin.get("/metrics").content
    pages["health"] = admin.form("/sehat/periksa", "/akun").content
    pages["readiness"] = admin.get("/readyz").content
    admin.form("/sehat/perbaiki", "/akun", tindakan="cadangkan")
    kept = data_of_backup(folder)
    pages["audit"] = admin.get("/audit").content
    pages["chat"] = json.dumps(visitor.call(visitor.number("restore"))).encode()
    assert b"asisten_questions_total" in pages["figures"] and len(log_lines(folder)) > len(answers)
    places = {**files_of(folder), **pages, **kept}
    app.terminate()
    app.join(20)
    places.update({f"{name} (stopped)": content for name, content in files_of(folder).items()})
    if url:
        from assistant.records.tables import Base

        with records.reading() as session:
            rows = [repr(row) for table in Base.metadata.sorted_tables for row in session.execute(table.select())]
        places["PostgreSQL, all rows"] = "\n".join(rows).encode()
    records.close()
    found = {place: items for place, items in traces(numbers, places).items() if items}
    return {
        "numbers planted": count,
        "places looked through": len(places),
        "of these in a backup": len(kept),
        "lines of our log": len(log_lines(folder)),
        "answers": len(answers),
        "notes of masking in the exports": pages["JSON visitor"].count(b"disamarkan") + pages["JSON admin"].count(b"disamarkan"),
        "numbers found": len({item for items in found.values() for item in items}),
        "where": {place: items[:3] for place, items in list(found.items())[:5]},
    }


def main() -> int:
    """Print a table; exit 1 when a number was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, default=200)
    parser.add_argument("--database", default="", help="postgresql://… of an empty database; without it SQLite in a new folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(options.numbers, Path(folder), url=options.database)
    for name, value in found.items():
        print(f"{name:34}{value}")
    return 1 if found["numbers found"] or not found["notes of masking in the exports"] else 0


if __name__ == "__main__":
    sys.exit(main())
