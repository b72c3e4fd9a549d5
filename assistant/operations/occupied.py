"""What a restore would replace: named, so that a person can decide."""

from __future__ import annotations

from assistant.durable import sha256
from assistant.errors import AssistantError
from assistant.operations import holdings
from assistant.operations.package import Manifest
from assistant.records import open_records
from assistant.records.state import counts
from assistant.settings import Settings

PEOPLE_LEAVE = ("users", "conversations", "sittings", "items", "casework", "cards")


def occupied(settings: Settings, manifest: Manifest) -> list[str]:
    """Return what stands in the places of `settings` and is not in a backup in just this form; empty when nothing is lost."""
    found = []
    if _has_rows(settings):
        found.append("basis data dengan isi")
    for words, beginning, entries in (
        ("berkas korpus yang lain", holdings.CORPUS, holdings.corpus_entries(settings)),
        ("berkas di folder data", holdings.DATA, holdings.given_entries(settings)),
    ):
        files = [(f"{beginning}{e.name}", e) for e in entries if e.is_file()]
        files += [part for e in entries if e.is_dir() for part in holdings.files_in(e, beginning)]
        if any(name not in manifest.files or sha256(path) != manifest.files[name][0] for name, path in files):
            found.append(words)
    return found


def _has_rows(settings: Settings) -> bool:
    file = holdings.records_file(settings)
    if file is not None and not file.is_file():
        return False
    try:
        records = open_records(settings.records_url)
    except AssistantError:
        if file is None:
            raise
        return True  # a damaged file is something too
    try:
        rows = counts(records)
        return any(rows.get(name, 0) for name in PEOPLE_LEAVE)
    finally:
        records.close()
