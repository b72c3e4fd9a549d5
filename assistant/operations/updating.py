"""Updates of an installation from a signed file: checked, laid beside the old version, swapped in by one pointer; and back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.durable import move, remove, write
from assistant.errors import PackageError
from assistant.operations.bundling import BEFORE, ENVIRONMENT, KIND, POINTER, VERSIONS
from assistant.operations.package import Manifest, Told, no_one, read_manifest, unpack
from assistant.operations.signing import PUBLIC_KEY, verify

STAGE = ".pembaruan"
Install = Callable[[Path, str], None]


def update(
    home: Path,
    file: Path,
    *,
    older: bool = False,
    told: Told = no_one,
    install: Install | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> str:
    """Lay the version of an update into the installation `home` and let it run from the next start; returns its id.

    Raises PackageError for a file that is not signed by the key of this installation, damaged, older than what runs, or needs
    packages that are neither here nor in it; then nothing changed. `install` makes an environment of packages.
    """
    running = current(home)
    try:
        with FileLock(home / ".pembaruan.lock", timeout=0):
            manifest, text, signature = read_manifest(file, kind=KIND)
            verify(text, signature, home / PUBLIC_KEY)
            version, environment = str(manifest.facts["versi"]), str(manifest.facts["lingkungan"])
            _check(home, manifest, version, environment, running, older=older)
            with _stage(home) as stage:
                step("unpack")
                unpack(file, manifest, stage, told=told)
                step("wheels")
                for wheel in sorted((stage / "wheels").glob("*.whl")):
                    (home / "wheels").mkdir(exist_ok=True)
                    move(wheel, home / "wheels" / wheel.name)
                step("version")
                if not (home / VERSIONS / version).exists():
                    move(stage / VERSIONS, home / VERSIONS / version)
                step("environment")
                if not _complete(home, environment):
                    (install or _install)(home, version)
                write(home / BEFORE, f"{running}\n".encode())
                step("pointer")
                write(home / POINTER, f"{version}\n".encode())
            return version
    except Timeout:
        raise PackageError("Pembaruan lain sedang dipasang; tunggu sampai selesai, lalu ulangi.") from None


def roll_back(home: Path) -> str:
    """Let the version before the current one run from the next start; returns its id. A second time leads forward again."""
    running = current(home)
    try:
        before = (home / BEFORE).read_text(encoding="utf-8").strip()
    except OSError:
        before = ""
    if not before or not (home / VERSIONS / before).is_dir():
        raise PackageError("Tidak ada versi sebelumnya untuk dipakai kembali.")
    write(home / BEFORE, f"{running}\n".encode())
    write(home / POINTER, f"{before}\n".encode())
    return before


def current(home: Path) -> str:
    """Return the id of the version that runs; raises PackageError where there is no installation of a bundle."""
    try:
        version = (home / POINTER).read_text(encoding="utf-8").strip()
    except OSError:
        version = ""
    if not version or not (home / VERSIONS / version).is_dir():
        raise PackageError(f"{home} bukan pemasangan dari bundel; perbarui dengan cara Anda memasangnya (misalnya git).")
    return version


@contextmanager
def _stage(home: Path) -> Iterator[Path]:
    """Give the folder that an update is unpacked into; nothing of it stays."""
    stage = home / STAGE
    remove(stage)
    try:
        yield stage
    finally:
        remove(stage)


def _check(home: Path, manifest: Manifest, version: str, environment: str, running: str, *, older: bool) -> None:
    if "/" in version or version.startswith("."):
        raise PackageError("Nama versi pembaruan ini tidak sah; jangan dipasang.")
    if version == running:
        raise PackageError(f"Versi {version} sudah terpasang.")
    if version < running and not older:
        raise PackageError(
            f"Pembaruan ini ({version}) lebih lama daripada {running} yang terpasang; pakai --older bila memang itu maksudnya."
        )
    wheels = any(name.startswith("wheels/") for name in manifest.files)
    if not _complete(home, environment) and not wheels:
        raise PackageError("Pembaruan ini memerlukan paket yang belum ada di sini; minta bundel yang dibuat dengan --wheels.")
    free = shutil.disk_usage(home).free
    if free < manifest.bytes * 3:
        raise PackageError(f"Ruang cakram kurang: perlu {manifest.bytes * 3 // 1_000_000} MB, ada {free // 1_000_000} MB.")


def _complete(home: Path, environment: str) -> bool:
    return (home / "lingkungan" / environment / "SELESAI").is_file()


def _install(home: Path, version: str) -> None:
    """Make the environment of a version from the wheels of the installation alone."""
    code = home / VERSIONS / version
    environment = home / "lingkungan" / (code / ENVIRONMENT).read_text(encoding="utf-8").strip()
    remove(environment)
    python = environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wheels = ["--no-index", "--find-links", str(home / "wheels"), "--only-binary=:all:"]
    lists = ["-c", str(code / "constraints.txt"), "-r", str(code / "requirements.txt")]
    for command in (
        [sys.executable, "-m", "venv", str(environment)],
        [str(python), "-m", "pip", "install", "-q", *wheels, *lists],
    ):
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        if ended.returncode:
            raise PackageError(f"Paket pembaruan tidak dapat dipasang: {ended.stderr.strip()[-300:]}")
    write(environment / "SELESAI", b"")
