"""Lexical search: bm25s with the Indonesian snowball stemmer, saved beside the vectors. The only module that names bm25s."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import IndexBrokenError
from assistant.language import stems


class Scores(Mapping[str, float]):
    """BM25 scores of the references that share a word with a question; nothing is looked at that nobody asks for."""

    def __init__(self, references: Sequence[str], places: Mapping[str, int], values: np.ndarray) -> None:
        """Hold `values`, one for each of `references`; `places` tells where each stands."""
        self._references = references
        self._places = places
        self._values = values

    def __getitem__(self, reference: str) -> float:
        value = float(self._values[self._places[reference]])
        if value <= 0:
            raise KeyError(reference)
        return value

    def __iter__(self) -> Iterator[str]:
        return (self._references[int(place)] for place in np.flatnonzero(self._values > 0))

    def __len__(self) -> int:
        return int(np.count_nonzero(self._values > 0))

    def best(self, count: int) -> list[str]:
        """Return the `count` references with the highest scores, highest first; equal ones in their order."""
        values = self._values
        if count < len(values):
            least = np.partition(values, -count)[-count]
            among = np.flatnonzero(values >= max(least, np.finfo(values.dtype).tiny))
        else:
            among = np.flatnonzero(values > 0)
        order = among[np.argsort(-values[among], kind="stable")][:count]
        return [self._references[int(place)] for place in order]


class LexicalIndex:
    """BM25 over one text a reference; scores of all references for a question."""

    def __init__(self, references: Sequence[str], texts: Sequence[str], *, stored: tuple[Any, list[str]] | None = None):
        """Index `texts`, one for each of `references`; `stored` is what `load` read."""
        import bm25s

        self.references = list(references)
        self._places = {reference: place for place, reference in enumerate(self.references)}
        self._bm25: Any
        self._vocabulary: set[str]
        if stored is not None:
            self._bm25, self._vocabulary = stored[0], set(stored[1])
            return
        corpus = [stems(text) or ["∅"] for text in texts] or [["∅"]]
        self._bm25 = bm25s.BM25()
        self._bm25.index(corpus, show_progress=False)
        self._vocabulary = {token for tokens in corpus for token in tokens}

    def scores(self, question: str) -> Scores:
        """Return the BM25 score of every reference that shares a word with `question`."""
        tokens = [token for token in stems(question) if token in self._vocabulary]
        if not tokens or not self.references:
            return Scores(self.references, self._places, np.zeros(len(self.references), dtype=np.float32))
        return Scores(self.references, self._places, np.asarray(self._bm25.get_scores(tokens))[: len(self.references)])

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
        except (OSError, ValueError, KeyError, EOFError, TypeError) as error:  # what json and numpy make of a file that was cut
            raise IndexBrokenError(f"Indeks kata di {folder.name} rusak ({error}); jalankan ingest ulang.") from error
        return cls(names["references"], [], stored=(bm25, names["vocabulary"]))
