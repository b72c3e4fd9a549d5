"""The statements of a corpus as items need them: by label, with what they say and where they hold. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.knowledge.facts import Fact
from assistant.knowledge.figures import figures, spelled_out
from assistant.knowledge.findings import Material
from assistant.language import stems
from assistant.training.items import Anchor
from assistant.types import BlockKind, Passage, Validity

NEGATION = re.compile(r"\b(?:bukan|tidak|belum|tanpa|jangan|dilarang|tak)\b", re.I)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_PREFERRED = ("forum/", "kaltim/", "nasional/", "program-lain/", "usaha/", "bimtek/", "daerah-lain/", "celah/")


@lru_cache(maxsize=30_000)
def content(text: str) -> frozenset[str]:
    """Return the stems of the content words of `text`, figures left out."""
    return frozenset(stem for stem in stems(text.replace("/", " ")) if not any(character.isdigit() for character in stem))


@lru_cache(maxsize=30_000)
def amounts(text: str) -> frozenset[str]:
    """Return the figures of `text` in one form, numbers in words included."""
    return figures(spelled_out(text))


def coverage(part: frozenset[str], whole: frozenset[str]) -> float:
    """Return the share of `part` that stands in `whole`; an empty part is covered."""
    return len(part & whole) / len(part) if part else 1.0


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: `quote` stands in the passage word for word, `context` is what a reader sees above it.

    `stems` and `figures` are those of the quote, `shown` the stems of quote and context.
    """

    quote: str
    labels: tuple[str, ...]
    passage: Passage
    scope: str
    status: Validity
    program: str
    context: str
    kind: BlockKind
    stems: frozenset[str]
    figures: frozenset[str]
    shown: frozenset[str]

    @property
    def path(self) -> str:
        """Return the document that it stands in."""
        return self.passage.document.path

    @property
    def here(self) -> bool:
        """Tell whether it holds in Kaltim: of the province, one of its districts, the whole country or business practice."""
        return not self.scope.startswith("daerah-lain") and self.path.partition("/")[0] not in ("daerah-lain", "celah")

    @property
    def valid(self) -> bool:
        """Tell whether it holds here and now."""
        return self.here and self.status is Validity.BERLAKU


class Statements:
    """All statements of a corpus, by label and in reading order."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.all: tuple[Said, ...] = tuple(_read(material))
        by_label: dict[str, list[Said]] = defaultdict(list)
        for said in self.all:
            for label in said.labels:
                by_label[label].append(said)
        self.by_label: Mapping[str, tuple[Said, ...]] = {label: tuple(found) for label, found in by_label.items()}
        self.valid: tuple[Said, ...] = tuple(said for said in self.all if said.valid)
        self.facts: Mapping[str, Fact] = material.facts
        self.digests: frozenset[str] = frozenset(self.cite(said, label).digest for said in self.all for label in said.labels)
        self._told: dict[str, str] = {}
        terms = material.knowledge.glossary.terms
        self._expansions = {term.term: term.expansion for term in terms if term.group == "singkatan" and term.expansion}

    def cite(self, said: Said, label: str) -> Anchor:
        """Return the citation of a statement under one of its labels, with the scope and status of that label."""
        scope, status = self.material.knowledge.statement_values((label,), said.passage.document)
        return Anchor(label, said.path, said.quote, said.passage.document.title, scope, status)

    def anchor(self, label: str, text: str) -> Anchor | None:
        """Return the statement with `label` that says most of `text`; a valid one of Kaltim before others of equal worth."""
        best = self.best(label, text)
        return self.cite(best, label) if best else None

    def best(self, label: str, text: str) -> Said | None:
        """Return the statement that `anchor` cites."""
        wanted, numbers = content(text), amounts(text)

        def worth(said: Said) -> tuple[float, float, int, int]:
            told = coverage(numbers, said.figures)
            rank = next((n for n, prefix in enumerate(_PREFERRED) if said.path.startswith(prefix)), len(_PREFERRED))
            return (told, round(coverage(wanted, said.stems), 1), -rank, -len(said.quote))

        return max(self.by_label.get(label, ()), key=worth, default=None)

    def told(self, label: str) -> str:
        """Return all that the corpus says under `label`: statements with their headings, its fact, abbreviations written out."""
        if label not in self._told:
            parts = [f"{said.context} {said.quote}" for said in self.by_label.get(label, ())]
            text = " ".join([*parts, self.facts[label].text] if label in self.facts else parts)
            known = set(re.findall(r"[\w-]+", text))
            written = [full for short, full in self._expansions.items() if short in known]
            self._told[label] = " ".join([text, *written])
        return self._told[label]


def _read(material: Material) -> Iterator[Said]:
    for passage in material.passages:
        leads = {sentence.block: sentence for sentence in passage.sentences if sentence.lead}
        for sentence in passage.sentences:
            if not sentence.labels:
                continue
            lead = leads.get(sentence.block)
            inside = [other for other in passage.sentences if other.block == sentence.block] if sentence.lead else [sentence]
            path = [passage.document.title, *passage.headings[-1:], *([lead.text] if lead and lead is not sentence else [])]
            scope, status = material.knowledge.statement_values(sentence.labels, passage.document)
            label = material.knowledge.labels.get(sentence.labels[0])
            kind = passage.blocks[sentence.block] if sentence.block < len(passage.blocks) else BlockKind.PARAGRAPH
            quote, context = _BULLET.sub("", passage.text[sentence.start : inside[-1].end]), " › ".join(path)
            yield Said(
                quote=quote,
                labels=sentence.labels,
                passage=passage,
                scope=scope,
                status=status,
                program=label.program if label else passage.document.program,
                context=context,
                kind=kind,
                stems=content(quote),
                figures=amounts(quote),
                shown=content(f"{context} {quote}"),
            )
