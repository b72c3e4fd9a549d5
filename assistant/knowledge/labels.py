"""Labels with their sources, and the known gaps of a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.knowledge.files import read_mapping
from assistant.types import Gap, Label, Source, Validity


def read_labels(folder: Path) -> dict[str, Label]:
    """Return the labels of `labels.yaml`, resolved with `sources.yaml`; raises CorpusError naming the label."""
    sources = read_mapping(folder / "sources.yaml")
    labels: dict[str, Label] = {}
    for name, entry in read_mapping(folder / "labels.yaml").items():
        try:
            labels[name] = Label(
                id=name,
                sources=tuple(_source(reference, sources) for reference in entry.get("sources") or ()),
                scope=str(entry["scope"]),
                program=str(entry["program"]),
                status=Validity(str(entry["status"])),
                confidence=str(entry.get("confidence", "")),
            )
        except (KeyError, ValueError, TypeError) as error:
            raise CorpusError(f"Berkas labels.yaml, label {name}: {error} tidak ada atau tidak dikenal.") from None
    return labels


def _source(reference: dict[str, Any], sources: dict[str, dict[str, Any]]) -> Source:
    entry = sources[reference["id"]]
    return Source(
        id=str(reference["id"]),
        title=str(entry["title"]),
        publisher=str(entry.get("publisher") or ""),
        date=str(entry.get("date") or "tanpa tanggal"),
        kind=str(entry.get("kind") or ""),
        url=entry.get("url"),
        locator=reference.get("locator"),
    )


def read_gaps(folder: Path) -> dict[str, Gap]:
    """Return the known gaps of `gaps.yaml` by label."""
    try:
        return {
            name: Gap(name, str(entry["missing"]), str(entry["attribute"]), str(entry["whom"]), str(entry["searched"]))
            for name, entry in read_mapping(folder / "gaps.yaml").items()
        }
    except KeyError as error:
        raise CorpusError(f"Berkas gaps.yaml: sebuah celah tanpa {error}.") from None
