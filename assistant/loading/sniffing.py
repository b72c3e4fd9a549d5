"""What a file is, by its bytes: the ending of its name must agree. Pure."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from assistant.loading.content import ReadError

ENDINGS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".zip": "zip",
    ".png": "gambar",
    ".jpg": "gambar",
    ".jpeg": "gambar",
    ".tif": "gambar",
    ".tiff": "gambar",
    ".webp": "gambar",
    ".bmp": "gambar",
    ".txt": "teks",
    ".md": "markdown",
    ".markdown": "markdown",
}
"""The format that each ending promises."""

NAMES = {
    "pdf": "PDF",
    "docx": "dokumen Word",
    "pptx": "presentasi PowerPoint",
    "xlsx": "buku kerja Excel",
    "zip": "ZIP",
    "gambar": "gambar",
    "html": "HTML",
    "biner": "biner, bukan teks",
    "teks": "teks",
}
USUAL = {
    "pdf": ".pdf",
    "docx": ".docx",
    "pptx": ".pptx",
    "xlsx": ".xlsx",
    "zip": ".zip",
    "gambar": ".png atau .jpg",
    "html": ".html",
}
TEXTS = frozenset({"teks", "markdown", "csv", "html"})

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM")
_OLD = {
    ".doc": "Word lama; simpan sebagai .docx",
    ".xls": "Excel lama; simpan sebagai .xlsx",
    ".ppt": "PowerPoint lama; simpan sebagai .pptx",
    ".rtf": "RTF; simpan sebagai .docx",
    ".odt": "OpenDocument; simpan sebagai .docx",
    ".ods": "OpenDocument; simpan sebagai .xlsx",
    ".odp": "OpenDocument; simpan sebagai .pptx",
    ".heic": "foto HEIC; simpan sebagai .jpg",
}


def promised(name: str) -> str:
    """Return the format that the ending of a file name promises; empty for one that is not read."""
    return ENDINGS.get(_ending(name), "")


def unsupported(name: str) -> tuple[str, str]:
    """Return reason and remedy for a file whose ending is not read."""
    ending = _ending(name)
    if ending in _OLD:
        what, _, how = _OLD[ending].partition("; ")
        return f"format {what} belum didukung", f"{how.capitalize()} lalu ulangi."
    known = ", ".join(sorted(ENDINGS))
    return f"format {ending or 'tanpa akhiran'} belum didukung", f"Simpan sebagai salah satu dari {known} lalu ulangi."


def checked_format(raw: bytes, name: str) -> str:
    """Return the format of a file; raises ReadError when its bytes are of another format than its name promises."""
    wanted = promised(name)
    found = _found(raw)
    if found == "ole":
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise ReadError("dilindungi kata sandi", "Buka dengan kata sandinya, simpan tanpa kata sandi, lalu ulangi.")
        raise ReadError("isinya format Office lama", "Buka di Office, simpan sebagai .docx, .xlsx atau .pptx, lalu ulangi.")
    if found == "program":
        raise ReadError("isinya program, bukan dokumen", "Hapus berkas itu dan periksa komputer asalnya.")
    if found == wanted or (found == "teks" and wanted in TEXTS) or (found == "html" and wanted in TEXTS):
        return wanted
    if found == "zip" and wanted in ("docx", "pptx", "xlsx"):
        raise ReadError(f"rusak: bukan {NAMES[wanted]} yang utuh", "Simpan ulang dari aplikasi asalnya, lalu ulangi.")
    if found in USUAL:
        raise ReadError(
            f"isinya {NAMES[found]}, tetapi akhirannya {_ending(name)}", f"Ganti akhirannya menjadi {USUAL[found]}, lalu ulangi."
        )
    if wanted in TEXTS:
        raise ReadError("isinya biner, bukan teks", "Simpan ulang sebagai teks UTF-8.")
    shown = NAMES[wanted]
    raise ReadError(
        f"rusak: isinya bukan {shown}", f"Buka berkas itu; bila tidak terbuka sebagai {shown}, minta ulang dari pengirimnya."
    )


def _found(raw: bytes) -> str:
    head = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(_OLE):
        return "ole"
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(raw)
    if raw.startswith(_PICTURES) or (raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"):
        return "gambar"
    if raw.startswith((b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe")):
        return "program"
    if re.match(rb"<!doctype\s+html|<html|<\?xml[^>]*>\s*<!doctype\s+html", head, re.I):
        return "html"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "teks"
    return "biner" if b"\x00" in raw else "teks"


def _packed(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return "zip"
    for part, found in (("word/document.xml", "docx"), ("ppt/presentation.xml", "pptx"), ("xl/workbook.xml", "xlsx")):
        if part in names:
            return found
    return "zip"


def _ending(name: str) -> str:
    base = name.rsplit("/", 1)[-1]
    return "." + base.rsplit(".", 1)[1].lower() if "." in base.strip(".") else ""
