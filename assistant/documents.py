"""Documents: what an admin does with the corpus. Files move in steps that can be repeated; the index follows in a job."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO, Any

from assistant.access import Action, require
from assistant.changes import changes
from assistant.errors import AssistantError, InputError
from assistant.index.places import Place, place_of, rollback
from assistant.ingestion import IngestReport
from assistant.jobs import Job, Jobs, Reporter
from assistant.ledger import Person, Version, actor_of
from assistant.loading.card import CardError, make_card
from assistant.pictures import Pictures
from assistant.records import Records, audit, versions
from assistant.records.database import new_id
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.shelf import Shelf
from assistant.types import DocumentCard, Passage
from assistant.uploads import Uploads, Waiting

Ingest = Callable[[Reporter], IngestReport]


class Documents:
    """The corpus as an admin sees it."""

    def __init__(
        self, assistant: Assistant, records: Records, settings: Settings, ingest: Ingest, *, index: Place | None = None
    ) -> None:
        """Work on the corpus of `settings` and its `index` (default: the folder); `ingest` brings that up to date."""
        self._assistant = assistant
        self._records = records
        self.shelf = self._shelf = Shelf(settings.corpus_dir, settings.uploads_dir / "arsip")
        self._index: Path | Place = index or settings.index_dir
        self._uploads = Uploads(settings)
        self._staging = self._uploads.staging
        self._pictures = Pictures(settings.data_dir / "halaman")
        self._ingest = ingest
        self._jobs: Jobs[IngestReport] = Jobs()
        self._again = threading.Event()

    # Upload, then publish

    def upload(self, person: Person | None, files: Iterable[tuple[str, IO[bytes]]]) -> tuple[list[Waiting], list[str]]:
        """Take uploaded files; returns those that wait for their card now, and a message for each that can't be taken."""
        require(person, Action.MANAGE)
        return self._uploads.take(files)

    def waiting(self, person: Person | None) -> tuple[Waiting, ...]:
        """Return the uploaded files whose card has not been confirmed."""
        require(person, Action.MANAGE)
        return self._uploads.waiting()

    def discard(self, person: Person | None, identity: str) -> None:
        """Delete an uploaded file that was not published."""
        require(person, Action.MANAGE)
        self._staging.drop(self._staging.get(identity))

    def publish(self, person: Person | None, identity: str, card: Mapping[str, object], *, replaces: str = "") -> str:
        """Put an uploaded file into the corpus, in the place of `replaces` if given, and start the ingest; returns its path.

        Raises InputError for a card that can't be taken, a file that can't be read or an unknown document to replace.
        """
        require(person, Action.MANAGE)
        waiting = self._uploads.read(self._staging.get(identity))
        if waiting.failure is not None:
            raise InputError(f"{waiting.staged.name}: {waiting.failure.reason}. {waiting.failure.remedy}")
        if replaces:
            self.original(replaces)
        path = self._shelf.place(waiting.staged.name, replaces)
        values = {name: value for name, value in card.items() if value not in ("", None)}
        try:
            make_card(path, values)
        except CardError as error:
            raise InputError(f"{error}. {error.remedy}") from error
        actor = actor_of(person)
        self._staging.confirm(waiting.staged, {"path": path, "card": values, "replaces": replaces, "actor": actor})
        self.finish()
        self._start(f"menerbitkan {values['title']}")
        return path

    def finish(self) -> None:
        """Move every confirmed file into the corpus; does the rest of what a crash interrupted."""
        for staged, intent in self._staging.confirmed():
            path, replaces = str(intent["path"]), str(intent["replaces"])
            done = any(version.id == staged.id for version in versions.versions(self._records, path))
            if not done:
                kept = self._shelf.keep(staged.id, replaces) if replaces else ""
                self._shelf.put(staged.file, path, intent["card"])
                if replaces and replaces != path:
                    self._shelf.take_out(replaces)
                action = "ganti" if replaces else "terbit"
                self._note(staged.id, path, action, str(intent["card"]["title"]), str(intent["actor"]), kept)
            self._staging.drop(staged)

    # What is there

    def original(self, path: str) -> Path:
        """Return the file of a document of the current index; raises InputError for any other path."""
        if path not in {card.path for card in self._assistant.documents()} or not self._shelf.file(path).is_file():
            raise InputError("Berkas asli dokumen ini tidak ada.")
        return self._shelf.file(path)

    def picture(self, path: str, page: int, quote: str) -> bytes:
        """Return a page of a PDF of the current index as PNG with `quote` marked; raises InputError when it can't be made."""
        return self._pictures.picture(self.original(path), page, quote)

    def cards(self, person: Person | None) -> tuple[DocumentCard, ...]:
        """Return the cards of all documents."""
        require(person, Action.MANAGE)
        return self._assistant.documents()

    def history(self, person: Person | None, path: str = "") -> tuple[Version, ...]:
        """Return what was done to a document, or to all, newest first."""
        require(person, Action.MANAGE)
        return versions.versions(self._records, path)

    def withdraw(self, person: Person | None, path: str) -> None:
        """Take a document out of all answers at once; its file goes to the archive, the index follows in a job."""
        require(person, Action.MANAGE)
        self._check_free()
        title = next((card.title for card in self._assistant.documents() if card.path == path), path)
        self.original(path)
        identity = new_id()
        kept = self._shelf.keep(identity, path)
        self._shelf.take_out(path)  # first: an ingest that starts now, on any replica, must not read it after the next line
        self._assistant.withdraw(path)
        self._note(identity, path, "tarik", title, actor_of(person), kept)
        self._start(f"menarik {title}")

    def restore(self, person: Person | None, version: str) -> str:
        """Bring a file of the archive back to its place; what stands there goes to the archive. Returns its path."""
        require(person, Action.MANAGE)
        self._check_free()
        wanted = versions.version_of(self._records, version)
        identity, path = new_id(), self._shelf.kept_path(wanted.kept, wanted.path)
        kept = self._shelf.keep(identity, path)
        self._shelf.bring_back(wanted.kept, path)
        self._assistant.welcome(path)
        self._note(identity, path, "pulih", wanted.title, actor_of(person), kept)
        self._start(f"memulihkan {wanted.title}")
        return path

    def roll_back(self, person: Person | None) -> str:
        """Answer from the snapshot before the current one, at once, until the next ingest; returns its id.

        What is out of the corpus by now, withdrawn or taken away, stays out of the answers: that snapshot may still hold it.
        """
        require(person, Action.MANAGE)
        self._check_free()
        identity = rollback(self._index, before=self._withdraw_gone)
        audit.add(self._records, actor_of(person), "indeks-dikembalikan", identity)
        return identity

    def _withdraw_gone(self, paths: Iterable[str]) -> None:
        if not self._shelf.file("").is_dir():
            raise InputError("Folder korpus tidak ada; pasang folder itu, lalu ulangi. Jawaban tetap memakai indeks sekarang.")
        place_of(self._index).check_corpus(self._shelf.file(""))
        for path in map(PurePosixPath, paths):  # the document of a ZIP has a path below the file's
            if not any(self._shelf.file(str(one)).is_file() for one in (path, *path.parents)):
                self._assistant.withdraw(str(path))

    # The job

    def refresh(self, person: Person | None = None, *, by_system: bool = False) -> None:
        """Bring the index up to date with the files, in a job; nothing happens when nothing changed."""
        if not by_system:
            require(person, Action.MANAGE)
        self.finish()
        self._start("memeriksa dokumen")

    def follow(self) -> None:
        """Let the index follow a data file that changed: now, or once more when the job that runs is done."""
        self._again.set()
        job = self._jobs.current()
        if job is None or job.state != "berjalan":
            self._start("memperbarui pertanyaan tersimpan")

    def job(self, person: Person | None) -> Job[IngestReport] | None:
        """Return the job that runs or ran last."""
        require(person, Action.MANAGE)
        return self._jobs.current()

    def cancel(self, person: Person | None) -> None:
        """Stop the job; the index stays as it was, the files stay where they are."""
        require(person, Action.MANAGE)
        self._jobs.cancel()

    def wait(self, seconds: float | None = None) -> Job[IngestReport] | None:
        """Wait for the job to end, for `seconds` at most."""
        return self._jobs.wait(seconds)

    def _start(self, title: str) -> None:
        self._jobs.start(title, self._work)

    def _work(self, reporter: Reporter) -> IngestReport:
        before = self._passages()
        self._again.clear()
        report = self._ingest(reporter)
        while self._again.is_set():
            self._again.clear()
            report = self._ingest(reporter)
        if report.published:
            self._describe(before, self._passages())
        return report

    def _describe(self, before: dict[str, list[Passage]], after: dict[str, list[Passage]]) -> None:
        """Write down what the newest versions changed in the index."""
        for version in versions.versions(self._records, count=20):
            if not version.changed:
                difference = changes(before.get(version.path, ()), after.get(version.path, ()))
                counts = (len(difference.added), len(difference.altered), len(difference.removed), difference.kept)
                text = "{} bagian baru, {} berubah, {} hilang, {} tetap".format(*counts)
                versions.set_changed(self._records, version.id, text)

    def _passages(self) -> dict[str, list[Passage]]:
        try:
            return self._assistant.passages()
        except AssistantError:
            return {}

    def _note(self, identity: str, path: str, action: str, title: str, actor: str, kept: str) -> None:
        digest = self._shelf.digest(path)
        versions.add_version(self._records, Version(identity, path, action, title, digest, actor, self._records.now(), kept))

    def _check_free(self) -> None:
        job = self._jobs.current()
        if job is not None and job.state == "berjalan":
            raise InputError(f"Masih berjalan: {job.title}. Tunggu sampai selesai atau batalkan, lalu ulangi.")


def card_values(card: DocumentCard) -> dict[str, Any]:
    """Return the values of a card as a form shows them."""
    return {
        "title": card.title,
        "kind": str(card.kind),
        "scope": card.scope,
        "program": card.program,
        "status": str(card.status),
        "valid_from": card.valid_from or "",
        "valid_to": card.valid_to or "",
        "reviewed": card.reviewed or "",
    }
