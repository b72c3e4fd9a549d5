"""What the index stands on: database, disk, backups, the last ingest, questions that found no answer."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

from assistant.errors import AssistantError, RecordsError
from assistant.operations.backups import FAILED, BackupFolder
from assistant.operations.findings import Finding, Level, Repair, age, some
from assistant.operations.ingests import LastIngest
from assistant.records import Records, audit, inbox
from assistant.records.state import read_state
from assistant.records.trying import faults, try_writing
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.standards import Standards

LITTLE_MB, TOO_LITTLE_MB = 2_000, 500
SLOW_SECONDS = 1.0
OLD_BACKUP, NO_BACKUP = timedelta(days=2), timedelta(days=14)
"""How old the newest backup may be before somebody has to act, and before it is as good as none."""
OLD_QUESTION = timedelta(days=14)
RESTORE = (
    "Hentikan aplikasi, salin folder data ke tempat lain, lalu pulihkan dari cadangan terakhir: "
    "`python -m assistant restore BERKAS --replace`."
)
WRITABLE = "Periksa izin dan cakram (atau mode baca-saja di server basis data); tanpa itu tidak ada yang tersimpan."


def check_database(records: Records | None, trouble: str = "") -> Finding:
    """Reach the database, compare the version of its tables, write and take back a row; without one `trouble` says why."""
    name, title = "basis-data", "Basis data"
    if records is None:
        return Finding(name, title, Level.SEVERE, trouble, "Periksa DATABASE_URL dan server basis datanya.")
    try:
        state = read_state(records)
        if not state.newest:
            said = f"Tabelnya versi {state.revision or 'kosong'}, programnya versi {state.head}."
            return Finding(name, title, Level.SEVERE, said, "Perbarui tabel basis data.", Repair.MIGRATE)
    except AssistantError as error:
        return Finding(
            name, title, Level.SEVERE, str(error), "Jalankan server basis data; jawaban tidak dapat disimpan sampai itu."
        )
    try:
        wrong = faults(records)
    except AssistantError as error:
        return Finding(name, title, Level.SEVERE, str(error), RESTORE)
    if wrong:
        return Finding(name, title, Level.SEVERE, f"Berkas basis data rusak: {'; '.join(wrong)}.", RESTORE)
    try:
        try_writing(records)
    except AssistantError as error:
        return Finding(name, title, Level.SEVERE, f"Dapat dibaca, tetapi tidak dapat ditulisi. {error}", WRITABLE)
    said = f"Terhubung dalam {state.seconds * 1000:.0f} milidetik, tabel versi {state.revision}."
    if state.seconds > SLOW_SECONDS:
        return Finding(name, title, Level.ACT, said, "Sangat lambat; periksa beban server basis data.")
    return Finding(name, title, Level.GOOD, said)


def check_disk(settings: Settings) -> Finding:
    """Look how much room the disk of the data folder has."""
    name, title = "cakram", "Ruang cakram"
    try:
        found = shutil.disk_usage(settings.data_dir)
    except OSError as error:
        return Finding(
            name, title, Level.SEVERE, f"Folder data tidak dapat dibaca ({error.strerror}).", "Periksa DATA_DIR dan izin."
        )
    free = found.free // 1_000_000
    said = f"{_decimal(free / 1000)} GB kosong dari {found.total / 1e9:.0f} GB."
    if free < LITTLE_MB:
        level = Level.SEVERE if free < TOO_LITTLE_MB else Level.ACT
        return Finding(
            name, title, level, said, "Kosongkan ruang: hapus yang dapat dibuat ulang, pindahkan cadangan lama.", Repair.PRUNE
        )
    return Finding(name, title, Level.GOOD, said)


def check_backup(backups: BackupFolder, settings: Settings, now: datetime, records: Records | None) -> Finding:
    """Look how old the newest whole backup is, whether one failed since, and whether it stands on the disk it is to save."""
    name, title = "cadangan", "Cadangan"
    try:
        newest, broken, ahead = backups.newest(now)
        same = newest is not None and backups.folder.stat().st_dev == settings.data_dir.stat().st_dev
    except (OSError, AssistantError) as error:
        said = f"Folder cadangan tidak dapat dibaca. {error}{_failure(records, None, now)}"
        return Finding(name, title, Level.ACT, said, "Periksa BACKUP_DIR dan izin.")
    wrong = _failure(records, newest.made if newest else None, now)
    if broken:
        wrong += f" Rusak atau terpotong: {some(item.name for item in broken)}."
    if ahead:
        wrong += f" Bertanggal di masa depan (jam komputer salah?): {some(item.name for item in ahead)}."
    mend = "Buat cadangan sekarang" + ("; periksa jam, cakram, dan BACKUP_DIR, dan singkirkan berkas itu." if wrong else ".")
    if newest is None:
        return Finding(name, title, Level.ACT, f"Belum ada cadangan.{wrong}", mend, Repair.BACKUP)
    old = now - newest.made
    beside = " Cadangan ada di cakram yang sama dengan data: salin juga ke tempat lain (BACKUP_DIR)." if same else ""
    said = f"Terakhir {age(old)}, {_decimal(newest.bytes / 1e6)} MB.{beside}{wrong}"
    if old > OLD_BACKUP:
        level = Level.SEVERE if old > NO_BACKUP else Level.ACT
        return Finding(name, title, level, said, "Buat cadangan sekarang; periksa mengapa yang otomatis berhenti.", Repair.BACKUP)
    return Finding(name, title, Level.ACT if wrong else Level.GOOD, said, mend if wrong else "", _repair(wrong))


def check_ingest(last: LastIngest | None, now: datetime) -> Finding:
    """Look how the last ingest ended."""
    name, title = "ingest", "Ingest terakhir"
    if last is None:
        return Finding(name, title, Level.GOOD, "Belum ada ingest yang dicatat.")
    when = f"{age(now - last.at)}, {last.seconds:.0f} detik"
    if last.error:
        return Finding(
            name, title, Level.ACT, f"Gagal {when}: {last.error}", "Perbaiki sebabnya, lalu perbarui indeks.", Repair.INGEST
        )
    if last.failures:
        files = "; ".join(f"{path}: {reason}. {remedy}" for path, reason, remedy in last.failures[:5])
        said = f"Selesai {when}; {len(last.failures)} berkas tidak terbaca: {files}"
        return Finding(name, title, Level.ACT, said, "Perbaiki atau keluarkan berkas itu, lalu perbarui indeks.", Repair.INGEST)
    return Finding(name, title, Level.GOOD, f"Selesai {when}; semua berkas terbaca.")


def check_questions(records: Records | None, now: datetime) -> Finding:
    """Look how long the oldest question waits for a person."""
    name, title = "pertanyaan", "Pertanyaan yang menunggu"
    try:
        if records is None:
            raise RecordsError
        count, oldest = inbox.extent(records)
    except AssistantError:
        return Finding(name, title, Level.ACT, "Tidak dapat dihitung tanpa basis data.", "Perbaiki basis data dahulu.")
    if oldest is None:
        return Finding(name, title, Level.GOOD, "Tidak ada.")
    said = f"{count} pertanyaan belum terjawab baik dan belum ditangani; yang tertua {age(now - oldest)}."
    if now - oldest > OLD_QUESTION:
        return Finding(
            name,
            title,
            Level.ACT,
            said,
            "Buka Kelola → Pertanyaan belum terjawab: tulis jawaban baku, tambah dokumen, atau tandai.",
        )
    return Finding(name, title, Level.GOOD, said)


def check_standards(assistant: Assistant | None, records: Records | None) -> Finding:
    """Look whether approved answers are held back because a source changed or their day passed."""
    name, title = "jawaban-baku", "Jawaban baku"
    try:
        if assistant is None or records is None:
            raise RecordsError
        due = Standards(assistant, records).due()
    except AssistantError:
        said = "Tidak dapat diperiksa tanpa indeks, enkoder, dan basis data."
        return Finding(name, title, Level.ACT, said, "Perbaiki dahulu yang gawat di daftar ini.")
    if not due:
        return Finding(name, title, Level.GOOD, "Tidak ada yang perlu ditinjau.")
    said = f"{due} jawaban baku tidak diberikan karena sumbernya berubah atau tanggal tinjaunya lewat."
    return Finding(name, title, Level.ACT, said, "Buka Kelola → Jawaban baku dan tinjau.")


def _failure(records: Records | None, since: datetime | None, now: datetime) -> str:
    """Return why the backup failed that was tried last, when none was made since; empty when none failed or nobody knows."""
    try:
        last = next(iter(audit.read(records, action=FAILED, count=1)), None) if records is not None else None
    except AssistantError:
        return ""
    if last is None or (since is not None and last.at <= since):
        return ""
    return f" Cadangan otomatis gagal {age(now - last.at)}: {last.detail}"


def _repair(wrong: str) -> Repair:
    return Repair.BACKUP if wrong else Repair.NONE


def _decimal(number: float) -> str:
    """Return a number with one decimal and a comma, as one writes it here."""
    return f"{number:.1f}".replace(".", ",")
