"""The app's view of the index: always the published snapshot, reopened when the pointer moves."""

from __future__ import annotations

import threading
from dataclasses import asdict
from pathlib import Path

from assistant.encoding import EncoderSignature
from assistant.errors import AssistantError, IndexBrokenError
from assistant.index.places import Place, place_of
from assistant.index.snapshot import Snapshot


class SnapshotReader:
    """Hands out the current snapshot; the one before it stays open, since questions may still use it."""

    def __init__(self, index: Path | Place, *, signature: EncoderSignature, as_of: str = "") -> None:
        """Read snapshots of `index` made with the encoder of `signature`; `as_of` is the day that counts as now."""
        self._as_of = as_of
        self._place = place_of(index)
        self._signature = signature
        self._lock = threading.Lock()
        self._open: list[tuple[str, Snapshot]] = []

    def current(self) -> Snapshot:
        """Return the published snapshot.

        Raises IndexMissingError when there is none, IndexBrokenError when it is damaged or of another encoder, IndexAwayError
        or RecordsError when a server is away; then a snapshot that was open before stays in use by questions that hold it.
        """
        identity = self._place.current()
        with self._lock:
            if self._open and self._open[-1][0] == identity:
                return self._open[-1][1]
            identity = self._place.current()  # again: it may have moved on, even back, while this thread waited
            for number, (known, snapshot) in enumerate(self._open):
                if known == identity:
                    self._open.append(self._open.pop(number))
                    return snapshot
            snapshot = Snapshot(self._place.here(identity), as_of=self._as_of, vectors=self._place.vectors)
            made_with = snapshot.manifest.encoder
            if made_with != asdict(self._signature):
                snapshot.close()
                raise IndexBrokenError(
                    f"Indeks dibuat dengan enkoder {made_with.get('name')} ({made_with.get('revision')}), sedangkan "
                    f"yang dipakai {self._signature.name} ({self._signature.revision}). Jalankan `python ingest.py`."
                )
            self._open.append((identity, snapshot))
            while len(self._open) > 2:
                self._open.pop(0)[1].close()
            return snapshot

    def latest(self) -> Snapshot:
        """Return the snapshot that was opened last, for words about an answer it gave; the published one when none is open."""
        with self._lock:
            if self._open:
                return self._open[-1][1]
        return self.current()

    def health(self) -> dict[str, object]:
        """Return the state of the published snapshot; never raises for a missing or broken one, `ok` is then False."""
        try:
            snapshot = self.current()
            snapshot.dense.count("bagian")  # the server of the vectors may be away
        except AssistantError as error:
            return {"ok": False, "pesan": str(error)}
        manifest = snapshot.manifest
        return {
            "ok": True,
            "snapshot": manifest.id,
            "dibuat": manifest.created,
            "dokumen": len(manifest.documents),
            "bagian": manifest.passages,
            "kalimat": manifest.sentences,
            "pertanyaan": manifest.questions,
            "enkoder": manifest.encoder["name"],
            "revisi": manifest.encoder["revision"],
        }

    def close(self) -> None:
        """Release all open snapshots."""
        with self._lock:
            for _, snapshot in self._open:
                snapshot.close()
            self._open.clear()
