"""What an office has given and no program can make again: where it stands, and under which name a backup holds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from assistant.durable import files_below
from assistant.errors import AssistantError
from assistant.index.snapshot import current_id
from assistant.operations.package import Part
from assistant.records.database import parsed
from assistant.settings import DOTENV, Settings, is_secret

DATABASE, SETTINGS = "catatan.jsonl", "pengaturan.env"
DATA, CORPUS, INDEX = "data/", "korpus/", "indeks/"
"""Beginnings of the names in a backup."""

MADE_AGAIN = frozenset(
    {"index", "indeks-datang", "bacaan", "halaman", "gradio", "evaluation", "log", "berjalan", "ingest-terakhir.json"}
)
"""What stands in DATA_DIR and can be made again: everything else is taken along, so that a new folder is never forgotten."""
MADE_BEGINNINGS = ("vectors.", "catatan.sqlite", ".", "sebelum-pulih-", "pulih.", "sebelum-pembaruan-")
NOT_COPIED = ("-wal", "-shm", "-journal", ".lock", ".migrasi")
SQLITE = b"SQLite format 3\0"


def given_entries(settings: Settings) -> list[Path]:
    """Return the files and folders right below DATA_DIR, and below SHARED_DIR where replicas have one, that people gave."""
    apart = {settings.corpus_dir.resolve(), settings.backups_dir.resolve()}
    rows = records_file(settings)
    if rows is not None:
        apart.add(rows.resolve())
    folders = dict.fromkeys(folder for folder in (settings.data_dir, settings.uploads_dir) if folder.is_dir())
    return [
        path
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.name not in MADE_AGAIN
        and not path.name.startswith(MADE_BEGINNINGS)
        and not path.name.endswith(NOT_COPIED)
        and path.resolve() not in apart
    ]


def records_file(settings: Settings) -> Path | None:
    """Return the SQLite file of the records; None when a server has them. Raises RecordsError for an address of neither."""
    place = parsed(settings.records_url)
    return Path(str(place.database)).absolute() if place.drivername.startswith("sqlite") else None


def corpus_entries(settings: Settings) -> list[Path]:
    """Return the files and folders right below the corpus folder; hidden ones are no part of it."""
    folder = settings.corpus_dir
    return [path for path in (sorted(folder.iterdir()) if folder.is_dir() else ()) if not path.name.startswith(".")]


def held_files(settings: Settings) -> Iterator[Part]:
    """Return the files of data folder and corpus by their name in a backup.

    In this order a document on its way is never missed: it goes from the uploads to the corpus, and from there to the archive.
    """
    entries = sorted(given_entries(settings), key=lambda path: (path.name != "unggah", path.name))
    before, after = [e for e in entries if e.name == "unggah"], [e for e in entries if e.name != "unggah"]
    for entry in before:
        yield from _below(entry, DATA)
    for entry in corpus_entries(settings):
        yield from _below(entry, CORPUS)
    for entry in after:
        yield from _below(entry, DATA)


def index_files(settings: Settings) -> tuple[str, list[Part]]:
    """Return the id of the published snapshot and its files; nothing when there is none."""
    try:
        identity = current_id(settings.index_dir)
    except AssistantError:
        return "", []
    folder = settings.index_dir / identity
    return identity, [(f"{INDEX}{identity}/{name}", path) for name, path in files_below(folder) if not name.endswith(NOT_COPIED)]


def settled(part: Part, folder: Path) -> Part:
    """Return a part that nobody writes to: a SQLite file as a copy in `folder`, made by its online backup; others as they are.

    A file that only begins like one, or is damaged, is no reason to have no backup: it is taken as it is too.
    """
    name, path = part
    try:
        with path.open("rb") as file:
            if file.read(len(SQLITE)) != SQLITE:
                return part
    except OSError:
        return part  # gone meanwhile: whoever packs it sees
    copy = folder / "salinan.sqlite"
    copy.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error:
        return part
    return name, copy


def settings_text(*, secrets: bool) -> str:
    """Return the lines of `.env`; without `secrets` those that hold a password or a key are named and left out."""
    if not DOTENV.is_file():
        return ""
    kept = []
    for line in DOTENV.read_text(encoding="utf-8").splitlines():
        name = line.partition("=")[0].removeprefix("export ").strip()
        hidden = "=" in line and not line.lstrip().startswith("#") and is_secret(name) and not secrets
        kept.append(f"# {name} tidak disertakan (rahasia)" if hidden else line)
    return "\n".join(kept) + "\n"


def files_in(entry: Path, beginning: str) -> Iterator[Part]:
    """Return the files below a folder by their name in a backup; in the corpus also those that a link leads to, as an ingest."""
    return ((f"{beginning}{entry.name}/{name}", path) for name, path in files_below(entry, links=beginning == CORPUS))


def _below(entry: Path, beginning: str) -> Iterator[Part]:
    if entry.is_file():
        yield f"{beginning}{entry.name}", entry
        return
    for name, path in files_in(entry, beginning):
        if not name.endswith(NOT_COPIED):
            yield name, path
