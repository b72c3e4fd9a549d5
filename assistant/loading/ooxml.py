"""The package of an Office file: its parts, opened within limits, and what they point to."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO
from typing import Any

from assistant.loading.archive import BAD, MOST_RATIO
from assistant.loading.content import Limits, ReadError
from assistant.loading.markup import local, parse_xml

GROWS = 20
"""An Office file may take so many times its allowed size when unpacked."""

BROKEN = ("rusak atau terpotong", "Buka di aplikasi asalnya, simpan ulang, lalu ulangi.")
BOMB = ("membesar tidak wajar saat dibuka (bom ZIP)", "Jangan pakai berkas itu; periksa pengirimnya.")
MACROS = "Makro di dalam berkas ini diabaikan."


class Package:
    """An Office file; parts are unpacked when asked for."""

    def __init__(self, raw: bytes, limits: Limits) -> None:
        """Open the bytes; raises ReadError for a broken package and for one that unpacks to more than is sane."""
        self._most = limits.mb * 1_000_000 * GROWS
        try:
            self._archive = zipfile.ZipFile(BytesIO(raw))
            infos = self._archive.infolist()
        except BAD:
            raise ReadError(*BROKEN) from None
        self._names = {info.filename.lstrip("/") for info in infos}
        large = [i for i in infos if i.file_size > 10_000_000 and i.file_size > MOST_RATIO * max(i.compress_size, 1)]
        if large or sum(info.file_size for info in infos) > self._most:
            raise ReadError(*BOMB)
        if any(info.flag_bits & 1 for info in infos):
            raise ReadError("dilindungi kata sandi", "Simpan tanpa kata sandi, lalu ulangi.")

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the person should know of the package: macros are never run."""
        return (MACROS,) if any(name.lower().endswith("vbaproject.bin") for name in self._names) else ()

    def names(self, start: str) -> list[str]:
        """Return the names of the parts that begin with `start`, sorted."""
        return sorted(name for name in self._names if name.startswith(start))

    def bytes_of(self, name: str) -> bytes:
        """Return the bytes of a part; raises ReadError when it can't be unpacked or is larger than it claims."""
        try:
            with self._archive.open(name) as part:
                content = part.read(self._most + 1)
        except BAD:
            raise ReadError(*BROKEN) from None
        if len(content) > self._most:
            raise ReadError(*BOMB)
        return content

    def xml(self, name: str) -> Any | None:
        """Return the root element of a part, None when there is no such part."""
        return parse_xml(self.bytes_of(name)) if name in self._names else None

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the relations of a part by id: `(kind, name of the part)`; outside addresses are left out."""
        folder, _, base = name.rpartition("/")
        root = self.xml(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found: dict[str, tuple[str, str]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") == "External" or not relation.get("Target"):
                continue
            target = relation.get("Target")
            place = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], place)
        return found

    def check(self) -> None:
        """Parse every XML part once, so that one with a DTD is refused before another library sees the file."""
        for name in sorted(self._names):
            if name.endswith((".xml", ".rels", ".vml")):
                self.xml(name)


def child(node: Any, name: str) -> Any | None:
    """Return the first child element with a local name."""
    return next((item for item in node if local(item) == name), None) if node is not None else None


def value(node: Any, name: str = "val") -> str | None:
    """Return an attribute by its local name."""
    if node is None:
        return None
    return next((str(text) for key, text in node.attrib.items() if str(key).rpartition("}")[2] == name), None)


def is_on(node: Any) -> bool:
    """Return whether a switch element such as `w:vanish` is there and on."""
    return node is not None and value(node) not in ("0", "false", "off", "none")
