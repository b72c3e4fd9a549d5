"""How the last ingest ended, written down for whoever looks later, whichever program ran it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.durable import write
from assistant.ingestion import IngestReport
from assistant.privacy import mask

FILE = "ingest-terakhir.json"


@dataclass(frozen=True, slots=True)
class LastIngest:
    """When it ended, seconds, the error that ended it or empty, and for each file that failed its path, reason and remedy."""

    at: datetime
    seconds: float
    error: str
    failures: tuple[tuple[str, str, str], ...]


def note_ingest(data: Path, seconds: float, *, report: IngestReport | None = None, error: str = "") -> None:
    """Write down how an ingest ended; numbers of people in names of files are masked."""
    failures = [[mask(text)[0] for text in (f.path, f.reason, f.remedy)] for f in report.failures] if report else []
    values = {"waktu": datetime.now(UTC).isoformat(), "detik": round(seconds, 2), "galat": mask(error)[0], "gagal": failures}
    write(data / FILE, json.dumps(values, ensure_ascii=False).encode())


def last_ingest(data: Path) -> LastIngest | None:
    """Return how the last ingest ended; None when none was noted."""
    try:
        values = json.loads((data / FILE).read_text(encoding="utf-8"))
        failures = tuple((str(a), str(b), str(c)) for a, b, c in values["gagal"])
        return LastIngest(datetime.fromisoformat(values["waktu"]), float(values["detik"]), str(values["galat"]), failures)
    except (OSError, ValueError, KeyError, TypeError):
        return None
