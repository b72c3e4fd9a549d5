"""Uploaded files, read before anybody publishes them: what a person confirms is what was read."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from assistant.errors import InputError
from assistant.loading import Loader
from assistant.loading.allowance import file_limits
from assistant.loading.archive import unpack
from assistant.loading.content import ReadError
from assistant.records.database import new_id
from assistant.settings import Settings
from assistant.staging import Staged, Staging
from assistant.types import Document, LoadFailure


@dataclass(frozen=True, slots=True)
class Waiting:
    """An uploaded file that waits for its card: what was read of it, or why it can't be read."""

    staged: Staged
    document: Document | None
    failure: LoadFailure | None

    @property
    def words(self) -> int:
        """Return how many words were read."""
        blocks = (block for section in self.document.sections for block in section.blocks) if self.document else ()
        return sum(len(block.text.split()) for block in blocks)


class Uploads:
    """Takes files, reads them within the limits of the settings, keeps them until they are published or discarded."""

    def __init__(self, settings: Settings) -> None:
        """Keep files in the data folder of `settings`."""
        self.staging = Staging(settings.uploads_dir / "unggah", largest=settings.file_mb * 1_000_000)
        self._limits = file_limits(settings)
        self._loader = Loader(self._limits, cache=settings.data_dir / "bacaan")
        self._reading = threading.Lock()

    def take(self, files: Iterable[tuple[str, IO[bytes]]]) -> tuple[list[Waiting], list[str]]:
        """Take files, of a ZIP its documents; returns those that wait now, and a message for each that can't be taken."""
        taken: list[Waiting] = []
        refused: list[str] = []
        for name, content in files:
            try:
                staged = self.staging.add(new_id(), name, content)
                if staged.name.endswith(".zip"):
                    refused += self._unpack(staged, taken)
                else:
                    taken.append(self.read(staged))
            except InputError as error:
                refused.append(str(error))
        return taken, refused

    def waiting(self) -> tuple[Waiting, ...]:
        """Return the files whose card has not been confirmed."""
        return tuple(self.read(staged) for staged in self.staging.waiting())

    def read(self, staged: Staged) -> Waiting:
        """Return a staged file with what can be read of it; a file that was read before is not read again."""
        with self._reading:  # one child process reads for all
            found = self._loader.load(staged.file, folder=staged.file.parent)
        return Waiting(staged, None, found) if isinstance(found, LoadFailure) else Waiting(staged, found, None)

    def _unpack(self, archive: Staged, taken: list[Waiting]) -> list[str]:
        try:
            found, failures = unpack(archive.file.read_bytes(), self._limits)
        except ReadError as error:
            return [f"{archive.name}: {error}. {error.remedy}"]
        finally:
            self.staging.drop(archive)
        taken += [self.read(self.staging.add(new_id(), name, io.BytesIO(content))) for name, content in found]
        return [f"{failure.path}: {failure.reason}. {failure.remedy}" for failure in failures]
