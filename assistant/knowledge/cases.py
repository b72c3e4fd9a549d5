"""The training cases from `cases.yaml`: invented people, what is seen of them and what must be asked for.

No verdict stands in the file: it is reckoned from `criteria.yaml` for the answers that a case or its variant gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.errors import CorpusError
from assistant.knowledge.files import read_yaml

PERSONS = ("perempuan", "laki-laki")


@dataclass(frozen=True, slots=True)
class Cast:
    """What variants draw from: names by person, places, and values by placeholder and answer."""

    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseOption:
    """One step that an officer could take; `why` says what is wrong with it."""

    text: str
    right: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class CaseAsk:
    """A question that opens hidden information of a case without criteria."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One case as written: answers by criterion, seen at once or only when asked, and what a variant may change.

    A plan with `options` is about a step of the officer, not about the criteria of a candidate.
    """

    id: str
    title: str
    person: str
    age: tuple[int, int]
    lesson: str
    labels: tuple[str, ...]
    story: str = ""
    places: tuple[str, ...] = ()
    visible: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    toggle: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: tuple[CaseAsk, ...] = ()
    options: tuple[CaseOption, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseBook:
    """All plans, the phrase of each `criterion/answer`, the cast, and the sets of answers that no person can have together."""

    plans: tuple[CasePlan, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    cast: Cast = field(default_factory=Cast)
    contradictions: tuple[frozenset[str], ...] = ()

    def possible(self, answers: Mapping[str, str]) -> bool:
        """Tell whether one person can have all these answers."""
        given = {f"{criterion}/{answer}" for criterion, answer in answers.items()}
        return not any(together <= given for together in self.contradictions)


def read_cases(folder: Path) -> CaseBook:
    """Return the cases of `cases.yaml`; an absent file is empty. Raises CorpusError naming the case and the way out."""
    values = read_yaml(folder / "cases.yaml")
    if values is None:
        return CaseBook()
    if not isinstance(values, dict):
        raise CorpusError("Berkas cases.yaml harus memuat cast, phrases, dan cases.")
    phrases = {str(name): str(text) for name, text in (values.get("phrases") or {}).items()}
    contradictions = tuple(frozenset(map(str, together)) for together in values.get("contradictions") or ())
    if unknown := {answer for together in contradictions for answer in together} - phrases.keys():
        raise CorpusError(f"Berkas cases.yaml, contradictions: tidak ada kalimat untuk {', '.join(sorted(unknown))}.")
    plans: dict[str, CasePlan] = {}
    for number, entry in enumerate(values.get("cases") or (), 1):
        where = f"Berkas cases.yaml, kasus {entry.get('id') if isinstance(entry, dict) else f'ke-{number}'}"
        try:
            plan = _plan(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise CorpusError(f"{where}: {error} tidak ada atau keliru; perbaiki entri itu.") from None
        if plan.id in plans:
            raise CorpusError(f"{where}: id ini sudah dipakai kasus lain.")
        used = [*plan.visible.items(), *plan.hidden.items()]
        used += [(criterion, answer) for criterion, answers in plan.toggle.items() for answer in answers]
        for criterion, answer in used:
            if f"{criterion}/{answer}" not in phrases:
                raise CorpusError(f"{where}: tidak ada kalimat untuk {criterion}/{answer}; tambahkan di phrases.")
        plans[plan.id] = plan
    book = CaseBook(tuple(plans.values()), phrases, _cast(values.get("cast") or {}), contradictions)
    if impossible := [plan.id for plan in book.plans if not book.possible({**plan.visible, **plan.hidden})]:
        raise CorpusError(f"Berkas cases.yaml, kasus {impossible[0]}: keadaannya saling bertentangan menurut contradictions.")
    return book


def _plan(entry: Mapping[str, Any]) -> CasePlan:
    first, last = entry["age"]
    if entry["person"] not in PERSONS:
        raise ValueError(f"person «{entry['person']}»")
    options = tuple(
        CaseOption(str(one["text"]), bool(one.get("right")), str(one.get("why", ""))) for one in entry.get("options") or ()
    )
    if options and sum(option.right for option in options) != 1:
        raise ValueError("options tanpa tepat satu right")
    plan = CasePlan(
        id=str(entry["id"]),
        title=str(entry["title"]),
        person=str(entry["person"]),
        age=(int(first), int(last)),
        lesson=str(entry["lesson"]),
        labels=tuple(map(str, entry["labels"])),
        story=str(entry.get("story", "")),
        places=tuple(map(str, entry.get("place") or ())),
        visible=_answers(entry.get("visible")),
        hidden=_answers(entry.get("hidden")),
        toggle={str(name): tuple(map(str, answers)) for name, answers in (entry.get("toggle") or {}).items()},
        asks=tuple(CaseAsk(str(one["question"]), str(one["answer"])) for one in entry.get("asks") or ()),
        options=options,
    )
    if not plan.options and not plan.hidden:
        raise ValueError("hidden (yang harus ditanyakan)")
    if strangers := plan.toggle.keys() - plan.visible.keys() - plan.hidden.keys():
        raise ValueError(f"toggle {', '.join(sorted(strangers))}")
    return plan


def _answers(values: Any) -> dict[str, str]:
    return {str(criterion): str(answer) for criterion, answer in (values or {}).items()}


def _cast(values: Mapping[str, Any]) -> Cast:
    lists: dict[str, tuple[str, ...]] = {
        name: tuple(map(str, value))
        for name, value in values.items()
        if isinstance(value, Sequence) and not isinstance(value, str)
    }
    tables = {
        name: {str(key): tuple(map(str, entries)) for key, entries in value.items()}
        for name, value in values.items()
        if isinstance(value, Mapping)
    }
    return Cast({person: lists.get(person, ()) for person in PERSONS}, lists.get("tempat", ()), tables)
