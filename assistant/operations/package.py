"""Packages: a ZIP of files with a manifest of their SHA-256, written beside and renamed, checked whole before it is believed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from assistant.durable import BESIDE, CHUNK, move
from assistant.errors import PackageError

MANIFEST = "isi.json"
SIGNATURE = "isi.sig"
FORMAT = 1
PACKED = frozenset({".zip", ".whl", ".docx", ".xlsx", ".pptx", ".pdf", ".png", ".jpg", ".jpeg", ".gz"})
"""Endings of files that no packing makes smaller."""
MOST_MANIFEST, MOST_SIGNATURE = 32_000_000, 10_000
"""Bytes that are read of these before anybody has vouched for them."""
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, NotImplementedError)
"""What zipfile and json raise for damaged packages."""

Told = Callable[[str, int, int], None]
"""Told how far a long step is: its name, files done, files in all."""
Signer = Callable[[bytes], bytes]


def no_one(stage: str, done: int, total: int) -> None:
    """Hear how far a step is, and say it to nobody."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package holds: its kind, when it was made, facts about it, and for each file its SHA-256 and size in bytes."""

    kind: str
    made: str
    facts: Mapping[str, Any]
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def bytes(self) -> int:
        """Return how much all files take, unpacked."""
        return sum(size for _, size in self.files.values())


Part = tuple[str, Path]
"""A file of a package: its name in it, where it is."""


def write_package(
    target: Path,
    parts: Iterable[Part],
    *,
    kind: str,
    made: str,
    facts: Callable[[], Mapping[str, Any]],
    sign: Signer | None = None,
    told: Told = no_one,
) -> Manifest:
    """Write a package to `target`, readable by its owner alone; a kill at any moment leaves the old `target` or none.

    `facts` is asked for once all parts are in; a part that is gone by its turn is left out.

    Raises PackageError when the disk takes no more.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}{BESIDE}")
    try:
        aside.unlink(missing_ok=True)
        with os.fdopen(os.open(aside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            files: dict[str, tuple[str, int]] = {}
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
                for number, (name, path) in enumerate(parts, 1):
                    packed = _pack(package, name, path)
                    if packed is not None:
                        files[name] = packed
                    told("berkas", number, number)
                manifest = Manifest(kind, made, facts(), files)
                text = _encoded(manifest)
                package.writestr(MANIFEST, text)
                if sign is not None:
                    package.writestr(SIGNATURE, sign(text))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise PackageError(
            f"{target.name} tidak dapat ditulis ({error.strerror or error}); periksa ruang cakram dan izin."
        ) from error
    move(aside, target)
    return manifest


def read_manifest(path: Path, *, kind: str) -> tuple[Manifest, bytes, bytes]:
    """Return the manifest of a package, its bytes and its signature; raises PackageError for a damaged or other package."""
    try:
        with zipfile.ZipFile(path) as package:
            text = _limited(package, MANIFEST, MOST_MANIFEST)
            signature = _limited(package, SIGNATURE, MOST_SIGNATURE) if SIGNATURE in package.namelist() else b""
        values = json.loads(text)
        files = {str(name): (str(item["sha256"]), int(item["bita"])) for name, item in values["berkas"].items()}
        if any(size < 0 for _, size in files.values()):
            raise ValueError("size below zero")
        manifest = Manifest(str(values["jenis"]), str(values["dibuat"]), dict(values["keterangan"]), files)
        known = values["format"] == FORMAT
    except FileNotFoundError:
        raise PackageError(f"Berkas {path} tidak ada; periksa namanya.") from None
    except BROKEN as error:
        raise PackageError(f"{path.name} rusak atau terpotong ({type(error).__name__}); pakai berkas lain.") from error
    if manifest.kind != kind:
        raise PackageError(f"{path.name} berisi {manifest.kind}, bukan {kind}; pilih berkas lain.")
    if not known:
        raise PackageError(f"{path.name} dibuat oleh versi Asisten UEP yang lebih baru; pasang versi itu dahulu.")
    for name in files:
        if not is_safe(name):
            raise PackageError(f"{path.name} memuat nama berkas yang menunjuk ke luar; jangan dipakai.")
    return manifest, text, signature


def unpack(path: Path, manifest: Manifest, folder: Path | None, *, told: Told = no_one) -> None:
    """Check every file of a package against its manifest, and write it below `folder` unless that is None.

    Raises PackageError at the first that differs, is missing or is not named in the manifest.
    """
    try:
        with zipfile.ZipFile(path) as package:
            inside = [name for name in package.namelist() if name not in (MANIFEST, SIGNATURE)]
            if sorted(inside) != sorted(manifest.files):
                raise PackageError(f"{path.name} tidak utuh: isinya tidak sama dengan daftarnya; pakai berkas lain.")
            for number, name in enumerate(manifest.files, 1):
                with package.open(name) as source, _sink(folder, name) as out:
                    if _copied(source, out, most=manifest.files[name][1]) != manifest.files[name]:
                        raise PackageError(f"{path.name} tidak utuh: {name} berubah; pakai berkas lain.")
                told("berkas", number, len(manifest.files))
    except BROKEN as error:
        raise PackageError(f"{path.name} rusak, terpotong, atau tidak dapat dibuka ({error}); pakai berkas lain.") from error


def is_safe(name: str) -> bool:
    """Tell whether a name of a package stays below the folder that it is unpacked into, on any system."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and not {"..", ""} & set(parts) and not any(c in name for c in "\\:\0")


def _pack(package: zipfile.ZipFile, name: str, path: Path) -> tuple[str, int] | None:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED if path.suffix.lower() in PACKED else zipfile.ZIP_DEFLATED
    info.external_attr = (0o755 if os.access(path, os.X_OK) and path.suffix in ("", ".sh") else 0o644) << 16
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    with source, package.open(info, "w", force_zip64=True) as out:
        return _copied(source, out)


def _limited(package: zipfile.ZipFile, name: str, most: int) -> bytes:
    with package.open(name) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise ValueError(f"{name} too large")
    return content


def _copied(source: IO[bytes], out: IO[bytes] | None, *, most: int | None = None) -> tuple[str, int]:
    """Copy and return digest and size; with `most` no more than one byte beyond it: the size of a member is only a claim."""
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK if most is None else min(CHUNK, most + 1 - size)):
        digest.update(chunk)
        size += len(chunk)
        if out is not None:
            out.write(chunk)
    return digest.hexdigest(), size


@contextlib.contextmanager
def _sink(folder: Path | None, name: str) -> Iterator[IO[bytes] | None]:
    if folder is None:
        yield None
        return
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _encoded(manifest: Manifest) -> bytes:
    values = {
        "format": FORMAT,
        "jenis": manifest.kind,
        "dibuat": manifest.made,
        "keterangan": dict(manifest.facts),
        "berkas": {name: {"sha256": digest, "bita": size} for name, (digest, size) in manifest.files.items()},
    }
    return json.dumps(values, ensure_ascii=False, indent=1).encode()
