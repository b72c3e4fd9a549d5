"""Conversations: a question is kept, answered and kept again, then shown. Every use case checks whose it is."""

from __future__ import annotations

from assistant.access import Action, allowed, require
from assistant.answering.rewording import Show
from assistant.errors import AccessError, InputError
from assistant.ledger import Entry, Person
from assistant.limits import Limiter, Rates
from assistant.records import Records, calls, conversations
from assistant.records.conversations import Summary
from assistant.records.kept import Kept
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.types import Answer, Turn

REASONS = ("Jawaban salah", "Sumber tidak cocok", "Kurang lengkap", "Sulit dipahami", "Aturan sudah berubah", "Lainnya")
LONGEST_COMMENT = 2000
VISITORS_AT_AN_ADDRESS = 5
"""A hall of visitors shares one address: they may ask as often as so many users together."""
REMEMBERED = 6
"""Entries before a question that may complete it."""


class Conversations:
    """What a person asked, was answered and said of it."""

    def __init__(self, assistant: Assistant, records: Records, settings: Settings, *, limiter: Rates | None = None) -> None:
        """Ask `assistant`, keep in `records`."""
        self._assistant = assistant
        self._records = records
        self._settings = settings
        self._limiter: Rates = limiter or Limiter()

    def ask(
        self,
        person: Person,
        question: str,
        *,
        scope: str = "semua",
        conversation: str | None = None,
        open_chat: bool,
        address: str,
        show: Show = lambda answer: None,
    ) -> Entry:
        """Keep a question, answer it, keep the answer, return both; `show` is given an answer that a model words as it grows.

        Raises QuestionError before anything is kept, AccessError for one who may not ask or for another's conversation, and
        what `Assistant.ask` raises: the question is kept then, without an answer.
        """
        require(person, Action.ASK, open_chat=open_chat)
        asked = self._assistant.checked(question)
        most = self._settings.questions_per_minute
        self._limiter.take(*((person.key, most) if person.user else (f"alamat:{address}", most * VISITORS_AT_AN_ADDRESS)))
        history = _turns(self._recent(person, conversation)) if conversation else ()
        kabupaten = person.user.kabupaten if person.user else ""
        entry = conversations.add_question(self._records, person.key, asked, conversation=conversation, kabupaten=kabupaten)
        quote_only = self._assistant.writer is not None and not calls.is_on(self._records)
        answer = self._assistant.ask(asked, history=history, scope=scope, quote_only=quote_only, show=show)
        if answer.wording is not None:
            calls.add(self._records, answer.wording)
        return conversations.add_answer(self._records, entry.id, self._kept(answer))

    def read(self, person: Person, conversation: str) -> tuple[Entry, ...]:
        """Return the entries of one's own conversation; raises AccessError for another's."""
        return conversations.read_conversation(self._records, person.key, conversation)

    def _recent(self, person: Person, conversation: str) -> tuple[Entry, ...]:
        return conversations.read_conversation(self._records, person.key, conversation, count=REMEMBERED)

    def latest(self, person: Person) -> str | None:
        """Return the id of the conversation that a person used last."""
        return conversations.latest(self._records, person.key)

    def entry(self, person: Person, identity: str) -> Entry:
        """Return one's own entry; raises AccessError for another's and for one without an answer."""
        entry = conversations.read_entry(self._records, person.key, identity)
        if entry.answer is None:
            raise AccessError("Pertanyaan ini belum dijawab; kirim lagi di Tanya.")
        return entry

    def summaries(self, person: Person) -> tuple[Summary, ...]:
        """Return one's own conversations, last used first."""
        return conversations.summaries(self._records, person.key)

    def forget(self, person: Person, conversation: str) -> None:
        """Delete one's own conversation for good."""
        conversations.delete_conversation(self._records, person.key, conversation)

    def rate(self, person: Person, identity: str, *, helpful: bool, reason: str = "", comment: str = "") -> Entry:
        """Keep what a person says of an answer; the last word counts. Raises InputError for a reason that is not offered."""
        if reason and reason not in REASONS:
            raise InputError("Pilih alasan dari daftar.")
        if len(comment) > LONGEST_COMMENT:
            raise InputError(f"Komentar terlalu panjang; paling banyak {LONGEST_COMMENT} huruf.")
        conversations.give_feedback(self._records, person.key, identity, helpful=helpful, reason=reason, comment=comment.strip())
        return self.entry(person, identity)

    def may_ask(self, person: Person | None, *, open_chat: bool) -> bool:
        """Tell whether a person may ask."""
        return person is not None and allowed(person, Action.ASK, open_chat=open_chat)

    def _kept(self, answer: Answer) -> Kept:
        names = list(dict.fromkeys(name for citation in answer.citations for name in citation.labels))
        labels = [label for name in names if (label := self._assistant.label(name)) is not None]
        gaps = [gap for name in names if (gap := self._assistant.gap(name)) is not None]
        return Kept(answer, tuple(labels), tuple(gaps))


def _turns(entries: tuple[Entry, ...]) -> tuple[Turn, ...]:
    return tuple(
        turn
        for entry in entries
        if entry.answer is not None
        for turn in (Turn("user", entry.question), Turn("assistant", entry.answer.text))
    )
