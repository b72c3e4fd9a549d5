"""The wheels that another machine needs, fetched by pip for its platform: pinned, with nothing left out and nothing built.

pip reads the conditions of a package (`; sys_platform == "win32"`) for the machine it runs on, so what a package needs on the
other one is read here, from its own wheel, with `packaging`.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterable
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from assistant.errors import PackageError
from assistant.operations.package import Told, no_one

MANYLINUX = tuple(f"manylinux_2_{minor}_x86_64" for minor in (35, 34, 31, 28, 27, 26, 24, 17, 12, 5))
TAGS = {
    "linux": (*MANYLINUX, "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64"),
    "windows": ("win_amd64",),
    "macos": tuple(f"macosx_{major}_0_{kind}" for major in (14, 13, 12, 11) for kind in ("arm64", "universal2"))
    + tuple(f"macosx_10_{minor}_universal2" for minor in (15, 14, 13, 12, 9)),
}
CONDITIONS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    "macos": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
}
ALWAYS = ("pip",)


def fetch_wheels(
    folder: Path, *, requirements: Path, constraints: Path, platform: str, python: str, told: Told = no_one
) -> list[Path]:
    """Fetch into `folder` the wheels of `requirements` and of all that they need on `platform` (a key of TAGS); returns them.

    `python` is like `3.11`. Raises PackageError naming what has no wheel for that platform.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pins = {str(canonicalize_name(pin.name)): pin for pin in _requirements(constraints)}
    waiting = {_key(wanted): wanted for wanted in (*_requirements(requirements), *map(Requirement, ALWAYS))}
    done: set[tuple[str, frozenset[str]]] = set()
    here: dict[str, Path] = {}
    while waiting:
        names = {key[0] for key in waiting} - set(here)
        _pip(folder, [_pinned(waiting, pins, name) for name in sorted(names)], platform, python)
        here = {str(canonicalize_name(path.name.split("-")[0])): path for path in sorted(folder.glob("*.whl"))}
        told("paket", len(here), len(here))
        done |= set(waiting)
        found = (need for key in waiting for need in _needs(here[key[0]], key[1], platform, python))
        waiting = {_key(need): need for need in found if _key(need) not in done}
    return sorted(here.values())


def _key(wanted: Requirement) -> tuple[str, frozenset[str]]:
    return str(canonicalize_name(wanted.name)), frozenset(wanted.extras)


def _requirements(file: Path) -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def _pinned(waiting: dict[tuple[str, frozenset[str]], Requirement], pins: dict[str, Requirement], name: str) -> str:
    wanted = next(item for key, item in waiting.items() if key[0] == name)
    pin = pins.get(name)
    return f"{name}{(pin or wanted).specifier}"


def _needs(wheel: Path, extras: frozenset[str], platform: str, python: str) -> Iterable[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(item for item in archive.namelist() if item.endswith(".dist-info/METADATA"))
        described = Parser().parsestr(archive.read(name).decode("utf-8", "replace"))
    release = {"python_version": python, "python_full_version": f"{python}.9", "implementation_name": "cpython"}
    for line in described.get_all("Requires-Dist") or ():
        need = Requirement(line)
        environments = [{**CONDITIONS[platform], **release, "extra": extra} for extra in (*extras, "")]
        if need.marker is None or any(need.marker.evaluate(values) for values in environments):
            yield need


def _pip(folder: Path, wanted: list[str], platform: str, python: str) -> None:
    if not wanted:
        return
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder)]
    command += ["--implementation", "cp", "--python-version", python, "--abi", f"cp{python.replace('.', '')}"]
    command += ["--abi", "abi3", "--abi", "none"]
    for tag in (*TAGS[platform], "any"):
        command += ["--platform", tag]
    ended = subprocess.run([*command, *wanted], capture_output=True, text=True, check=False)
    if ended.returncode:
        wrong = [line for line in ended.stderr.splitlines() if "ERROR" in line] or ended.stderr.splitlines()[-1:]
        raise PackageError(f"Paket untuk {platform} tidak dapat diambil: {' '.join(wrong)[:400]}")
