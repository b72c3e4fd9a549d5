"""Lexical search: bm25s with the Indonesian snowball stemmer, saved beside the vectors. The only module that names bm25s."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assistant.errors import IndexBrokenError
from assistant.language import stems


class LexicalIndex:
    """BM25 over one text a reference; scores of all references for a question."""

    def __init__(self, references: Sequence[str], texts: Sequence[str], *, stored: tuple[Any, list[str]] | None = None):
        """Index `texts`, one for each of `references`; `stored` is what `load` read."""
        import bm25s

        self.references = list(references)
        self._bm25: Any
        self._vocabulary: set[str]
        if stored is not None:
            self._bm25, self._vocabulary = stored[0], set(stored[1])
            return
        corpus = [stems(text) or ["∅"] for text in texts] or [["∅"]]
        self._bm25 = bm25s.BM25()
        self._bm25.index(corpus, show_progress=False)
        self._vocabulary = {token for tokens in corpus for token in tokens}

    def scores(self, question: str) -> dict[str, float]:
        """Return the BM25 score of every reference that shares a word with `question`."""
        tokens = [token for token in stems(question) if token in self._vocabulary]
        if not tokens or not self.references:
            return {}
        scores = self._bm25.get_scores(tokens)
        return {reference: float(score) for reference, score in zip(self.references, scores, strict=False) if score > 0}

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        self._bm25.save(str(folder), show_progress=False)
        names = {"references": self.references, "vocabulary": sorted(self._vocabulary)}
        (folder / "references.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read an index from `folder`; raises IndexBrokenError when it is damaged."""
        import bm25s

        try:
            names = json.loads((folder / "references.json").read_text(encoding="utf-8"))
            bm25 = bm25s.BM25.load(str(folder), show_progress=False)
        except (OSError, ValueError, KeyError) as error:
            raise IndexBrokenError(f"Indeks kata di {folder.name} rusak ({error}); jalankan ingest ulang.") from error
        return cls(names["references"], [], stored=(bm25, names["vocabulary"]))
