"""The members of a ZIP, within limits: no bombs, no nested archives, no names that point elsewhere."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from assistant.loading.content import Limits, ReadError
from assistant.loading.sniffing import promised, unsupported
from assistant.types import LoadFailure

MOST_MEMBERS = 1000
MOST_RATIO = 200
"""A member that grows by more than this when unpacked is a bomb."""

TOTAL = 10
"""All members together may take so many times the size of one file."""

BAD = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError)
"""What zipfile raises for broken, encrypted and foreign archives."""

BROKEN = ("ZIP rusak atau terpotong", "Buat ulang ZIP itu, lalu ulangi.")
SKIPPED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def members(raw: bytes, limits: Limits) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return the names of the documents in a ZIP, and `(name, reason, remedy)` for each member that is not taken.

    Raises ReadError for a ZIP that is damaged, protected, or unpacks to more than the limits allow.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except BAD:
        raise ReadError(*BROKEN) from None
    if len(infos) > MOST_MEMBERS:
        raise ReadError(f"{len(infos)} berkas di dalamnya, paling banyak {MOST_MEMBERS}", "Bagi menjadi beberapa ZIP.")
    if sum(info.file_size for info in infos) > TOTAL * limits.mb * 1_000_000:
        raise ReadError(f"isinya lebih dari {TOTAL * limits.mb} MB setelah dibuka", "Bagi menjadi beberapa ZIP.")
    taken: list[str] = []
    refused: list[tuple[str, str, str]] = []
    for info in infos:
        name = info.filename.replace("\\", "/")
        parts = name.split("/")
        if name.startswith(SKIPPED[0]) or parts[-1] in SKIPPED or parts[-1].startswith((".", "~")):
            continue
        if name.startswith("/") or ".." in parts or ":" in parts[0] or not name.isprintable():
            refused.append((_shown(name), "namanya menunjuk ke luar ZIP", "Buat ulang ZIP itu dari satu folder."))
        elif info.flag_bits & 1:
            refused.append((name, "dilindungi kata sandi", "Buat ulang ZIP tanpa kata sandi."))
        elif info.file_size > MOST_RATIO * max(info.compress_size, 1) and info.file_size > 1_000_000:
            refused.append((name, "membesar tidak wajar saat dibuka (bom ZIP)", "Hapus dari ZIP dan periksa pengirimnya."))
        elif promised(name) == "zip":
            refused.append((name, "ZIP di dalam ZIP", "Buka dulu ZIP di dalamnya, lalu kirim isinya."))
        elif name in taken:
            refused.append((name, "nama ganda di dalam ZIP", "Ganti nama salah satunya."))
        elif promised(name):
            taken.append(name)
        elif not name.lower().endswith((".yaml", ".yml", ".jsonl")):
            refused.append((name, *unsupported(name)))
    if not taken and not refused:
        raise ReadError("ZIP kosong", "Isi ZIP itu dengan dokumen.")
    return taken, refused


def member_bytes(raw: bytes, name: str, limits: Limits) -> bytes:
    """Return the bytes of one member, never more than a file may have; raises ReadError when it can't be unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            info = next(info for info in archive.infolist() if info.filename.replace("\\", "/") == name)
            with archive.open(info) as member:
                content = member.read(limits.mb * 1_000_000 + 1)
    except StopIteration:
        raise ReadError(*BROKEN) from None
    except BAD:
        raise ReadError("rusak di dalam ZIP", "Buat ulang ZIP itu, lalu ulangi.") from None
    if len(content) > limits.mb * 1_000_000:
        raise ReadError(f"lebih besar dari {limits.mb} MB", "Bagi menjadi beberapa berkas.")
    return content


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name)[:200]


def unpack(raw: bytes, limits: Limits) -> tuple[list[tuple[str, bytes]], list[LoadFailure]]:
    """Return the documents of a ZIP as `(name, bytes)`, and a failure for each member that is not taken: for uploads.

    Raises ReadError for a ZIP that can't be used at all.
    """
    names, refused = members(raw, limits)
    failures = [LoadFailure(*entry) for entry in refused]
    found: list[tuple[str, bytes]] = []
    for name in names:
        try:
            found.append((name, member_bytes(raw, name, limits)))
        except ReadError as error:
            failures.append(LoadFailure(name, str(error), error.remedy))
    return found, failures
