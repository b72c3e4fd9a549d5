"""Bundles: an installation for an office without internet, and signed updates for it.

An installation holds versions of the code side by side in `versi/<id>/`; the file `KINI` names the one that runs, so an update
and a way back are the swap of one small file. Corpus, data and `.env` stand beside them and belong to the office.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.durable import files_below, move, remove, sha256, write
from assistant.errors import PackageError
from assistant.operations import holdings
from assistant.operations.corpus_merge import NOTE, note_text
from assistant.operations.package import Part, Told, no_one, write_package
from assistant.operations.signing import PUBLIC_KEY, fingerprint, sign
from assistant.operations.wheels import fetch_wheels
from assistant.settings import ROOT, Settings

KIND = "pembaruan"
FILES = ("app.py", "ingest.py", "requirements.txt", "constraints.txt", "README.md", "LICENSE")
CODE = (*FILES, "assistant", "prompts", "models", "docs/panduan")
LAUNCHERS = Path(__file__).parent / "launchers"
VERSIONS, POINTER, BEFORE, ENVIRONMENT, ABOUT = "versi", "KINI", "SEBELUM", "LINGKUNGAN", "versi.json"
PYTHON = "3.11"


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was made: where, of which version, bytes in all and of the wheels, how many wheels."""

    place: Path
    version: str
    bytes: int
    wheels: int
    wheel_bytes: int


def make_installation(
    out: Path, settings: Settings, *, platform: str, python: str = PYTHON, public_key: Path | None = None, told: Told = no_one
) -> Bundled:
    """Write an installation into the new folder `out`: code, model, corpus, snapshot, wheels, scripts.

    Raises PackageError when `out` exists, a wheel can't be had, or the disk is full; then there is no `out`.
    """
    if out.exists():
        raise PackageError(f"{out} sudah ada; pilih nama folder lain.")
    if public_key is not None:
        fingerprint(public_key)
    build = out.with_name(f".{out.name}.baru")
    remove(build)
    try:
        wheels = _wheels(build / "wheels", platform, python, told)
        version = version_of(settings)
        _copy(version_parts(settings, version), build / VERSIONS / version)
        _about(build / VERSIONS / version, version)
        _copy(((name.removeprefix(holdings.CORPUS), path) for name, path in _corpus(settings)), build / "corpus")
        write(build / "corpus" / NOTE, note_text(version, build / "corpus"))
        _snapshot(settings, build / "data")
        _scripts(build, platform=platform, python=python, version=version)
        if public_key is not None:
            shutil.copyfile(public_key, build / PUBLIC_KEY)
        write(build / POINTER, f"{version}\n".encode())
    except OSError as error:
        raise PackageError(f"Pemasangan tidak dapat ditulis ({error.strerror or error}); periksa ruang cakram.") from error
    move(build, out)
    sizes = [path.stat().st_size for _, path in files_below(out)]
    return Bundled(out, version, sum(sizes), len(wheels), sum(path.stat().st_size for path in out.glob("wheels/*.whl")))


def make_update(
    out: Path, settings: Settings, *, secret: Path, platform: str = "", python: str = PYTHON, told: Told = no_one
) -> Bundled:
    """Write a signed update to the file `out`: code and corpus, with wheels when a `platform` is given."""
    work = out.with_name(f".{out.name}.kerja")
    remove(work)
    work.mkdir(parents=True)
    try:
        version = version_of(settings)
        _about(work, version)
        parts: list[Part] = [(f"{VERSIONS}/{name}", path) for name, path in version_parts(settings, version)]
        parts += [(f"{VERSIONS}/{name}", path) for name, path in files_below(work)]
        wheels = _wheels(work / "wheels", platform, python, told) if platform else []
        parts += [(f"wheels/{path.name}", path) for path in wheels]
        facts = {"versi": version, "lingkungan": environment_of(), "platform": platform}
        made = datetime.now(UTC).isoformat(timespec="seconds")
        write_package(
            out, parts, kind=KIND, made=made, facts=lambda: facts, sign=lambda content: sign(content, secret), told=told
        )
        return Bundled(out, version, out.stat().st_size, len(wheels), sum(path.stat().st_size for path in wheels))
    finally:
        remove(work)


def version_of(settings: Settings) -> str:
    """Return the id of the version that is bundled now: when, and what stands for its code and corpus."""
    digest = hashlib.sha256()
    for name, path in version_parts(settings, ""):
        digest.update(f"{name} {sha256(path)}\n".encode())
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{digest.hexdigest()[:8]}"


def environment_of(folder: Path = ROOT) -> str:
    """Return what stands for the packages that a version needs: versions with the same share one environment."""
    texts = [(folder / name).read_bytes() for name in ("requirements.txt", "constraints.txt")]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()[:12]


def version_parts(settings: Settings, version: str) -> Iterator[Part]:
    """Return the files of a version by their name in its folder: code, model, corpus."""
    for name in CODE:
        entry = ROOT / name
        if entry.is_file():
            yield name, entry
            continue
        for inside, path in files_below(entry):
            if "__pycache__" not in path.parts and path.suffix != ".pyc":
                yield f"{name}/{inside}", path
    for name, path in _corpus(settings):
        yield f"corpus/{name.removeprefix(holdings.CORPUS)}", path


def _corpus(settings: Settings) -> Iterator[Part]:
    return (part for part in holdings.held_files(settings) if part[0].startswith(holdings.CORPUS))


def _about(folder: Path, version: str) -> None:
    write(folder / ENVIRONMENT, f"{environment_of()}\n".encode())
    write(folder / ABOUT, json.dumps({"versi": version, "lingkungan": environment_of()}).encode())


def _wheels(folder: Path, platform: str, python: str, told: Told) -> list[Path]:
    files = {"requirements": ROOT / "requirements.txt", "constraints": ROOT / "constraints.txt"}
    return fetch_wheels(folder, **files, platform=platform, python=python, told=told)


def _copy(parts: Iterator[Part], folder: Path) -> None:
    for name, path in parts:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _snapshot(settings: Settings, data: Path) -> None:
    identity, parts = holdings.index_files(settings)
    if not identity:
        raise PackageError("Indeks belum ada; jalankan `python ingest.py` lebih dahulu.")
    data.mkdir(parents=True)
    vectors = settings.data_dir / "vectors.sqlite"
    if vectors.is_file():
        parts.append(("vectors.sqlite", vectors))
    for part in parts:
        name, source = holdings.settled(part, data)
        target = data / name.replace(holdings.INDEX, "index/", 1)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    remove(data / "salinan.sqlite")
    write(data / "index" / "CURRENT", f"{identity}\n".encode())


def _scripts(folder: Path, *, platform: str, python: str, version: str) -> None:
    for source in sorted(LAUNCHERS.iterdir()):
        text = source.read_text(encoding="utf-8").replace("@PYTHON@", python)
        text = text.replace("@PLATFORM@", platform).replace("@VERSION@", version)
        ending = "\n" if source.suffix == ".sh" else "\r\n"
        write(folder / source.name, text.replace("\n", ending).encode())
        (folder / source.name).chmod(0o755)
