"""The commands `health`, `backup` and `restore`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.settings import Settings

NAMES = frozenset({"health", "backup", "restore"})


def add_operations(commands: Any) -> None:
    """Add the commands to the parser's `commands`."""
    health = commands.add_parser("health", help="keadaan sistem; keluar dengan 1 bila ada yang gawat")
    health.add_argument("--json", action="store_true", help="cetak sebagai JSON")
    health.add_argument("--repair", metavar="TINDAKAN", help="perbaiki: ingest, bangun-ulang, migrasi, rapikan, cadangkan")
    backup = commands.add_parser("backup", help="simpan semua yang diberikan kantor ke satu berkas")
    backup.add_argument("--out", type=Path, metavar="BERKAS", help="tulis ke berkas ini (bawaan: folder BACKUP_DIR)")
    backup.add_argument("--secrets", action="store_true", help="sertakan kata sandi dan kunci dari .env; simpan di tempat aman")
    restore = commands.add_parser("restore", help="pulihkan dari cadangan; aplikasi harus berhenti")
    restore.add_argument("file", type=Path, metavar="BERKAS", help="berkas cadangan")
    restore.add_argument("--replace", action="store_true", help="ganti yang sudah ada; yang lama disimpan")
    restore.add_argument("--settings", action="store_true", help="pulihkan juga .env (tempat-tempat khas mesin jadi komentar)")
    restore.add_argument("--compare", action="store_true", help="hanya bandingkan dengan yang ada; keluar dengan 1 bila berbeda")


def run_operations(settings: Settings, options: argparse.Namespace, *, ingest: Callable[[Settings], object]) -> int:
    """Run one of the commands; `ingest` brings the index up to date, for a repair."""
    if options.command == "health" and options.repair:
        _repair(settings, options.repair, ingest)
    return {"health": _health, "backup": _backup, "restore": _restore}[options.command](settings, options)


def _health(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.encoding import load_encoder
    from assistant.errors import AssistantError
    from assistant.index.chosen import make_place
    from assistant.index.reader import SnapshotReader
    from assistant.operations.backups import BackupFolder
    from assistant.operations.findings import Level, worst
    from assistant.operations.health import check_all
    from assistant.records import open_records
    from assistant.service import Assistant

    trouble, away, assistant, records = "", "", None, None
    try:
        records = open_records(settings.records_url)
    except AssistantError as error:
        away = str(error)
    try:
        encoder = load_encoder(settings.encoder)
        reader = SnapshotReader(make_place(settings, records=records), signature=encoder.signature, as_of=settings.as_of)
        assistant = Assistant(settings, encoder, reader)
    except AssistantError as error:
        trouble = str(error)
    try:
        found = check_all(assistant, records, settings, BackupFolder(settings), trouble=trouble, away=away)
    finally:
        if records is not None:
            records.close()
    level = worst(found)
    if options.json:
        index = assistant.health() if assistant else {}
        rows = [{"nama": f.name, "tingkat": f.level, "isi": f.said, "tindakan": f.remedy, "perbaikan": f.repair} for f in found]
        print(json.dumps({**index, "ok": level is not Level.SEVERE, "keadaan": level, "temuan": rows}, ensure_ascii=False))
    else:
        for item in found:
            print(f"{item.level.upper():15}{item.title}: {item.said}")
            if item.remedy:
                print(f"{'':15}→ {item.remedy}" + (f" (health --repair {item.repair})" if item.repair else ""))
    return 1 if level is Level.SEVERE else 0


def _repair(settings: Settings, name: str, ingest: Callable[[Settings], object]) -> None:
    from assistant.operations.repairs import mend
    from assistant.records import open_records

    mend(
        name,
        settings,
        ingest=lambda: ingest(settings),
        migrate=lambda: open_records(settings.records_url).close(),
        back_up=lambda: _make(settings, None, secrets=False),
    )


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    _make(settings, options.out, secrets=options.secrets)
    if options.secrets:
        print("Cadangan ini memuat kata sandi dan kunci dari .env; simpan di tempat yang terkunci.")
    return 0


def _make(settings: Settings, out: Path | None, *, secrets: bool) -> None:
    from assistant.ledger import SYSTEM
    from assistant.operations.backups import KIND, Backups
    from assistant.operations.package import read_manifest
    from assistant.records import audit, open_records

    records = open_records(settings.records_url)
    try:
        file = Backups(settings, records).make(out=out, secrets=secrets)
        audit.add(records, SYSTEM, "cadangan-dibuat", file.name)
    finally:
        records.close()
    manifest = read_manifest(file, kind=KIND)[0]
    rows = sum(manifest.facts["baris"].values())
    print(f"{file}: {len(manifest.files)} berkas, {rows} baris basis data, {file.stat().st_size / 1e6:.1f} MB; sudah diperiksa.")


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.operations.restoring import differences, restore
    from assistant.operations.startup import complete
    from assistant.operations.swap import set_aside

    if not options.compare:
        set_aside(settings)
    complete(settings)
    if not options.compare:
        manifest, kept = restore(settings, options.file, replace=options.replace, with_settings=options.settings)
        print(f"Dipulihkan: {len(manifest.files)} berkas dari {manifest.made}.")
        if kept is not None:
            print(f"Yang lama disimpan di {kept}; korpus lama di folder tersembunyi .sebelum-pulih-… dalam folder korpus.")
    found = differences(settings, options.file)
    print("\n".join(found) if found else "Dibandingkan dengan cadangan: sama.")
    return 1 if found else 0
