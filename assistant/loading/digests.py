"""Whether a file of the corpus is the one that was ingested, without reading what it says."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from assistant.loading import corpus_files
from assistant.loading.sidecar import sidecar_of


def compare_files(folder: Path, ingested: Mapping[str, str]) -> tuple[list[str], list[str], list[str]]:
    """Return which files of `folder` are new, changed and missing against the digests of an ingest, by path.

    The members of a ZIP stand in `ingested` one by one, as the loader names them.
    """
    new: list[str] = []
    changed: list[str] = []
    seen: set[str] = set()
    for path in corpus_files(folder)[0]:
        name = path.relative_to(folder).as_posix()
        members = [known for known in ingested if known.startswith(f"{name}/")] if path.suffix.lower() == ".zip" else []
        raw = path.read_bytes()
        card = sidecar_of(path)
        beside = card.read_bytes() if card.is_file() else b""
        found = (
            {name: raw + beside}
            if not members
            else {m: raw + b"\0" + m.removeprefix(f"{name}/").encode() + beside for m in members}
        )
        seen.update(found)
        if name not in ingested and not members:
            new.append(name)
        elif any(hashlib.sha256(content).hexdigest()[:16] != ingested[key] for key, content in found.items()):
            changed.append(name)
    return new, changed, sorted(set(ingested) - seen)
