"""The corpus folder and its archive: files come, go and come back, each with its card. No database, no index."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from assistant.durable import write
from assistant.errors import InputError
from assistant.loading.sidecar import remove_card, sidecar_of, write_card

UPLOADS = "unggahan"
"""Folder of the corpus for files that came through the page."""


class Shelf:
    """Files of the corpus by their path relative to it; every step may be repeated."""

    def __init__(self, corpus: Path, archive: Path) -> None:
        """Work on the folder `corpus`; what is replaced or withdrawn goes to `archive`."""
        self._corpus = corpus
        self._archive = archive

    def file(self, path: str) -> Path:
        """Return where the file of a path stands."""
        return self._corpus / path

    def digest(self, path: str) -> str:
        """Return the digest of a file as an ingest makes it; empty when there is none."""
        file = self.file(path)
        return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.is_file() else ""

    def place(self, name: str, replaces: str = "") -> str:
        """Return the path for a new file: that of the document it replaces, else a free one among the uploads."""
        ending = PurePosixPath(name).suffix
        if replaces:
            return str(PurePosixPath(replaces).with_suffix(ending))
        stem = PurePosixPath(name).stem
        for number in range(1, 1000):
            path = f"{UPLOADS}/{stem}{'' if number == 1 else f'-{number}'}{ending}"
            if not self.file(path).exists():
                return path
        raise InputError(f"Sudah ada terlalu banyak dokumen bernama {stem}; ganti nama berkasnya.")

    def put(self, source: Path, path: str, card: Mapping[str, object]) -> None:
        """Copy a file and its card to their place; the card first, since a file without one would be taken with guesses."""
        target = self.file(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        write_card(target, card)
        if source.is_file():
            self._copy(source, target)

    def keep(self, identity: str, path: str) -> str:
        """Copy a file and its card into the archive; returns the name of the folder there, empty when there is no file.

        What is kept under `identity` already stays: after a crash the corpus may hold the newer file by now.
        """
        file, folder = self.file(path), self._archive / identity
        if (folder / file.name).is_file():
            return identity
        if not file.is_file():
            return ""
        folder.mkdir(parents=True, exist_ok=True)
        for source in (sidecar_of(file), file):
            if source.is_file():
                self._copy(source, folder / source.name)
        return identity

    def take_out(self, path: str) -> None:
        """Delete a file and its card from the corpus."""
        self.file(path).unlink(missing_ok=True)
        remove_card(self.file(path))

    def kept_path(self, kept: str, path: str) -> str:
        """Return the path that a file of the archive goes back to; raises InputError when the archive has none."""
        folder = self._archive / kept
        files = [file.name for file in sorted(folder.iterdir()) if file.suffix != ".yaml"] if kept and folder.is_dir() else []
        if not files:
            raise InputError("Versi ini tidak punya berkas di arsip.")
        return str(PurePosixPath(path).with_name(files[0]))

    def bring_back(self, kept: str, path: str) -> None:
        """Copy a file of the archive and its card back to `path`."""
        target = self.file(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        card = sidecar_of(self._archive / kept / target.name)
        if card.is_file():
            self._copy(card, sidecar_of(target))
        else:
            remove_card(target)
        self._copy(self._archive / kept / target.name, target)

    def write(self, path: str, text: str) -> bool:
        """Write a data file of the corpus whole, or leave the one that is there; tell whether its text is new."""
        target, content = self.file(path), text.encode()
        if target.is_file() and target.read_bytes() == content:
            return False
        write(target, content)
        return True

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        aside = target.with_name(f".{target.name}.baru")
        shutil.copyfile(source, aside)
        aside.replace(target)
