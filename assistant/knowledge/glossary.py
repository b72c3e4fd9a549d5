"""The glossary: field terms, abbreviations, everyday and regional words, used by search and shown in Pustaka."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from assistant.errors import CorpusError
from assistant.knowledge.files import read_list
from assistant.language import normalise, words


@dataclass(frozen=True, slots=True)
class Term:
    """One entry: the term, what it abbreviates, what it means, and the forms that people type for it."""

    term: str
    expansion: str | None
    meaning: str | None
    forms: tuple[str, ...]
    rewrite: str
    group: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, and how a typed form is rewritten before a search."""

    terms: tuple[Term, ...] = ()
    single: dict[str, str] = field(default_factory=dict)
    phrases: tuple[tuple[re.Pattern[str], str], ...] = ()
    field_words: frozenset[str] = frozenset()

    def in_field(self, question: str) -> bool:
        """Tell whether `question` holds a term or an abbreviation of the field."""
        return bool(self.field_words & set(words(question)))

    def rewrite(self, question: str) -> str:
        """Return `question` in standard words (lower case) for the lexical search."""
        text = " ".join(words(question))
        for pattern, replacement in self.phrases:
            text = pattern.sub(replacement, text)
        return normalise(text, self.single)

    def shorten(self, text: str) -> str:
        """Return `text` with the abbreviation in place of each full name, so that both read alike."""
        for full, short in _abbreviations(self.terms):
            text = full.sub(short, text)
        return text


@cache
def _abbreviations(terms: tuple[Term, ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the full names, longest first, each with its abbreviation; the same in brackets behind it goes with it."""
    # Where the search also looks for other words (BST), or there are two full names (KK), the abbreviation is not clear.
    named = [
        (term.expansion, term.term)
        for term in terms
        if term.expansion
        and ";" not in term.expansion
        and set(words(term.rewrite)) <= set(words(f"{term.term} {term.expansion}"))
    ]
    return tuple(
        (re.compile(rf"\b{re.escape(full)}\b(?: \({re.escape(short)}\))?", re.I), short)
        for full, short in sorted(named, key=lambda pair: -len(pair[0]))
    )


def read_glossary(folder: Path) -> Glossary:
    """Return the glossary of `glossary.yaml`; raises CorpusError naming the entry."""
    terms: list[Term] = []
    for entry in read_list(folder / "glossary.yaml"):
        if "term" not in entry:
            raise CorpusError(f"Berkas glossary.yaml: entri tanpa term: {entry}.")
        term = str(entry["term"])
        forms = tuple(str(form).lower() for form in entry.get("forms") or ())
        terms.append(
            Term(
                term,
                entry.get("expansion"),
                entry.get("meaning"),
                forms,
                str(entry.get("rewrite") or term).lower(),
                str(entry.get("group", "istilah")),
            )
        )
    single: dict[str, str] = {}
    phrases: list[tuple[re.Pattern[str], str]] = []
    for known in terms:
        for form in known.forms:
            parts = words(form)
            if len(parts) == 1:
                single.setdefault(parts[0], known.rewrite)
            elif parts:
                phrases.append((re.compile(rf"\b{re.escape(' '.join(parts))}\b"), known.rewrite))
    field_words = frozenset(
        word.lower()
        for known in terms
        if known.group == "istilah" or (known.group == "singkatan" and known.meaning)
        for word in (known.term, *known.forms)
        if len(words(word)) == 1
    )
    return Glossary(tuple(terms), single, tuple(phrases), field_words)
