"""Kept entries -> what the tab Tanya shows of a conversation. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ledger import Entry
from assistant.sharing import share_text
from assistant.ui.render import answer_html, message_html, plain_answer, question_html, sources_html

EMPTY_SOURCES = '<p class="kosong">Sumber jawaban akan tampil di sini, lengkap dengan kutipannya.</p>'
UNANSWERED = message_html("Belum terjawab", "Pertanyaan ini tersimpan tetapi belum sempat dijawab. Kirim lagi bila masih perlu.")
Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """A conversation on the screen: messages (role, HTML), source cards by answer, and the newest answer as text."""

    messages: tuple[tuple[str, str], ...] = ()
    cards: tuple[tuple[str, str], ...] = ()
    plain: str = ""
    share: str = ""
    newest: Entry | None = None


def view(entries: Sequence[Entry]) -> View:
    """Return the view of entries in order; one without an answer is left out once its question was asked again."""
    shown = [
        entry
        for place, entry in enumerate(entries)
        if entry.answer is not None or all(later.question != entry.question for later in entries[place + 1 :])
    ]
    messages: list[tuple[str, str]] = []
    cards: list[tuple[str, str]] = []
    newest: Entry | None = None
    for entry in shown:
        messages.append(("user", question_html(entry.question)))
        if entry.answer is None:
            messages.append(("assistant", UNANSWERED))
            continue
        labels, gaps = {label.id: label for label in entry.labels}, {gap.id: gap for gap in entry.gaps}
        turn = len(cards) + 1
        messages.append(("assistant", answer_html(entry.answer, turn=turn) + _proof_link(entry)))
        cards.append((entry.question, sources_html(entry.answer, label_of=labels.get, gap_of=gaps.get, turn=turn)))
        newest = entry
    if newest is None or newest.answer is None:
        return View(tuple(messages), tuple(cards))
    labels = {label.id: label for label in newest.labels}
    return View(tuple(messages), tuple(cards), plain_answer(newest.answer, label_of=labels.get), share_text(newest), newest)


def shown(conversation: View, *more: tuple[str, str]) -> list[Message]:
    """Return the messages of the chat, with `more` (role, HTML) at the end."""
    return [{"role": role, "content": content} for role, content in (*conversation.messages, *more)]


def panel_html(conversation: View) -> str:
    """Return the sources of the newest answer, and those of earlier answers folded below."""
    if not conversation.cards:
        return EMPTY_SOURCES
    *earlier, (_, newest) = conversation.cards
    folded = "".join(
        f"<details><summary>Sumber jawaban {turn}: {question_html(question)}</summary>{cards}</details>"
        for turn, (question, cards) in reversed(list(enumerate(earlier, start=1)))
    )
    return newest + folded


def _proof_link(entry: Entry) -> str:
    return (
        f'<p class="tindakan"><a href="/jawaban/{entry.id}" target="_blank" rel="noopener">Lembar bukti, bagikan, nilai'
        '<span class="tersembunyi"> (tab baru)</span></a></p>'
    )
