"""Uploaded files on their way into the corpus: each waits in a folder of its own until its card is confirmed.

`data/unggah/<id>/` holds the file, `berkas.json` (its name) and, once confirmed, `terbit.json` (where it goes): the steps of a
publication can be repeated after a crash, and a file is either in the corpus or still here.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from assistant.durable import write
from assistant.errors import InputError

LONGEST_NAME, LONGEST_TITLE = 100, 500
CHUNK = 1 << 20
GONE = "Berkas unggahan ini tidak ada lagi; unggah ulang."


@dataclass(frozen=True, slots=True)
class Staged:
    """An uploaded file that waits: its id, the name it came with (made safe) and where it is."""

    id: str
    name: str
    file: Path


class Staging:
    """The folder of uploaded files."""

    def __init__(self, folder: Path, *, largest: int) -> None:
        """Keep files of at most `largest` bytes in `folder`."""
        self._folder = folder
        self._largest = largest

    def add(self, identity: str, name: str, content: IO[bytes]) -> Staged:
        """Write an uploaded file to the disk; raises InputError for an empty or too large one, and keeps nothing of it."""
        place = self._folder / identity
        place.mkdir(parents=True)
        file = place / safe_name(name)
        try:
            self._copy(name, content, file)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        write(place / "berkas.json", json.dumps({"nama": file.name}, ensure_ascii=False).encode())
        return Staged(identity, file.name, file)

    def waiting(self) -> tuple[Staged, ...]:
        """Return the files whose card has not been confirmed, in the order of their ids."""
        return tuple(staged for staged, intent in self._all() if intent is None)

    def confirmed(self) -> tuple[tuple[Staged, Mapping[str, Any]], ...]:
        """Return the files that are on their way into the corpus, each with what was confirmed."""
        return tuple((staged, intent) for staged, intent in self._all() if intent is not None)

    def get(self, identity: str) -> Staged:
        """Return a waiting file; raises InputError when there is none."""
        for staged in self.waiting():
            if staged.id == identity:
                return staged
        raise InputError(GONE)

    def confirm(self, staged: Staged, intent: Mapping[str, Any]) -> None:
        """Write down, for good, where a file goes: from here on it is published, now or after a restart.

        Raises InputError for a title that is longer than the records keep.
        """
        title = str(intent.get("card", {}).get("title", ""))
        if len(title) > LONGEST_TITLE:
            raise InputError(
                f"Judul terlalu panjang ({len(title)} huruf); ringkas sampai {LONGEST_TITLE} huruf. Dokumennya belum diterbitkan."
            )
        write(staged.file.parent / "terbit.json", json.dumps(intent, ensure_ascii=False).encode())

    def drop(self, staged: Staged) -> None:
        """Delete a file and its folder."""
        shutil.rmtree(staged.file.parent, ignore_errors=True)

    def _all(self) -> Iterator[tuple[Staged, Mapping[str, Any] | None]]:
        for place in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            note = place / "berkas.json"
            if not note.is_file():
                continue  # an upload that broke off
            name = json.loads(note.read_text(encoding="utf-8"))["nama"]
            intent = place / "terbit.json"
            told = json.loads(intent.read_text(encoding="utf-8")) if intent.is_file() else None
            yield Staged(place.name, name, place / name), told

    def _copy(self, name: str, content: IO[bytes], file: Path) -> None:
        size = 0
        with file.open("xb") as out:
            while chunk := content.read(CHUNK):
                size += len(chunk)
                if size > self._largest:
                    most = self._largest // 1_000_000
                    raise InputError(f"{name[:LONGEST_NAME]} lebih besar dari {most} MB; bagi menjadi beberapa berkas.")
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if size == 0:
            raise InputError(f"{name[:LONGEST_NAME]} kosong (0 bita); periksa berkasnya lalu unggah lagi.")


def safe_name(name: str) -> str:
    """Return the last part of a file name with plain letters, digits and hyphens, and its ending; never a path, never hidden."""
    plain = unicodedata.normalize("NFKD", name.replace("\\", "/").rsplit("/", 1)[-1]).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, ending) if dot else (ending, "")
    words = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower()[:LONGEST_NAME] or "dokumen"
    tail = re.sub(r"[^A-Za-z0-9]", "", ending).lower()[:10]
    return f"{words}.{tail}" if tail else words
