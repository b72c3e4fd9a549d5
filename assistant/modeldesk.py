"""What an admin sees and does about the language model: state, switch, a trial, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.access import Action, require
from assistant.errors import InputError
from assistant.ledger import Person
from assistant.records import Records, calls
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Answer, Wording


@dataclass(frozen=True, slots=True)
class Figures:
    """The recent calls: how many, worded, by quotation for which reasons, tokens, seconds at p50 and p95, sentences."""

    calls: int
    worded: int
    reasons: tuple[tuple[str, int], ...]
    tokens_in: int
    tokens_out: int
    half: float
    most: float
    kept: int
    dropped: int


@dataclass(frozen=True, slots=True)
class State:
    """What is set and how it goes; neither the address nor the key is part of it."""

    model: str
    on: bool
    breaker: str
    seconds: int
    places: int
    has_key: bool
    figures: Figures


def figures(found: Sequence[Wording]) -> Figures:
    """Return the figures of calls."""
    times = sorted(call.seconds for call in found) or [0.0]
    reasons = Counter(call.fallback for call in found if call.fallback)
    return Figures(
        calls=len(found),
        worded=sum(not call.fallback for call in found),
        reasons=tuple(reasons.most_common()),
        tokens_in=sum(call.tokens_in for call in found),
        tokens_out=sum(call.tokens_out for call in found),
        half=times[len(times) // 2],
        most=times[min(len(times) - 1, int(len(times) * 0.95))],
        kept=sum(call.kept for call in found),
        dropped=sum(len(call.dropped) for call in found),
    )


class ModelDesk:
    """The admin's use cases about the model; each checks the role."""

    def __init__(self, assistant: Assistant, records: Records, settings: Settings) -> None:
        """Look after the model of `assistant`."""
        self._assistant, self._records, self._settings = assistant, records, settings

    def state(self, person: Person) -> State:
        """Return state and figures; `model` is empty where none is set."""
        require(person, Action.MANAGE)
        writer, chosen = self._assistant.writer, self._settings
        return State(
            model=writer.name if writer else "",
            on=calls.is_on(self._records),
            breaker=writer.state if writer else "",
            seconds=chosen.model_seconds,
            places=chosen.model_parallel,
            has_key=bool(chosen.model_api_key),
            figures=figures(calls.recent(self._records)),
        )

    def turn(self, person: Person, *, on: bool) -> None:
        """Turn the model on or off for all."""
        require(person, Action.MANAGE)
        calls.turn(self._records, on=on, actor=person.key)

    def trial(self, person: Person, question: str) -> tuple[Answer, Answer]:
        """Return a question's answer by quotation and the one by the model, switched on or not; nothing is kept of either.

        Raises InputError where no model is set, QuestionError for a question that can't be taken.
        """
        require(person, Action.MANAGE)
        if self._assistant.writer is None:
            raise InputError("Belum ada model; atur MODEL_URL dan MODEL_NAME, lalu jalankan ulang.")
        quoted = self._assistant.ask(question, quote_only=True)
        return quoted, self._assistant.ask(question)
