"""The corpus of an office and that of a new version: what the office changed or took out stays as the office has it."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.durable import files_below, sha256, write

NOTE = ".terpasang.json"
"""In the corpus folder: which version's files were laid there last, and their digests."""


def merge_corpus(version: Path, corpus: Path) -> list[str]:
    """Lay the corpus of `version` into the office's; returns what the office has otherwise. May be repeated after a kill."""
    identity, before = _note(corpus)
    if identity == version.name or not (version / "corpus").is_dir():
        return []
    corpus.mkdir(parents=True, exist_ok=True)
    shipped = dict(files_below(version / "corpus"))
    differing = []
    for name, source in shipped.items():
        target = corpus / name
        here = sha256(target) if target.is_file() else ""
        wanted = sha256(source)
        if here == wanted:
            continue
        if here == before.get(name, ""):
            write(target, source.read_bytes())
        else:
            differing.append(name)
    for name, digest in before.items():
        target = corpus / name
        if name not in shipped and target.is_file() and sha256(target) == digest:
            target.unlink()
    write(corpus / NOTE, note_text(version.name, version / "corpus"))
    return differing


def note_text(version: str, corpus: Path) -> bytes:
    """Return what is written down of the files that a version laid into a corpus."""
    files = {name: sha256(path) for name, path in files_below(corpus) if name != NOTE}
    return json.dumps({"versi": version, "berkas": files}, ensure_ascii=False, indent=1).encode()


def _note(corpus: Path) -> tuple[str, dict[str, str]]:
    try:
        values = json.loads((corpus / NOTE).read_text(encoding="utf-8"))
        return str(values["versi"]), {str(name): str(digest) for name, digest in values["berkas"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", {}
