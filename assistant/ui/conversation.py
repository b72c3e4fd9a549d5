"""What the browser tab Tanya remembers of one conversation, and how a question changes it. Pure but for `ask`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.types import Answer, Turn
from assistant.ui.render import answer_html, plain_answer, question_html, sources_html

if TYPE_CHECKING:
    from assistant.service import Assistant

EMPTY_SOURCES = '<p class="kosong">Sumber jawaban akan tampil di sini, lengkap dengan kutipannya.</p>'
Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns so far, the messages as shown, the source cards of each answer, and the last answer as plain text."""

    turns: tuple[Turn, ...] = ()
    messages: tuple[tuple[str, str], ...] = ()
    cards: tuple[tuple[str, str], ...] = ()
    plain: str = ""


def shown(conversation: Conversation, *more: tuple[str, str]) -> list[Message]:
    """Return the messages of the chat, with `more` (role, HTML) at the end."""
    return [{"role": role, "content": content} for role, content in (*conversation.messages, *more)]


def extended(conversation: Conversation, answer: Answer, assistant: Assistant) -> Conversation:
    """Return the conversation with one more question and its answer."""
    turn = len(conversation.cards) + 1
    cards = sources_html(answer, label_of=assistant.label, gap_of=assistant.gap, turn=turn)
    messages = (("user", question_html(answer.question)), ("assistant", answer_html(answer, turn=turn)))
    return Conversation(
        (*conversation.turns, Turn("user", answer.question), Turn("assistant", answer.text)),
        (*conversation.messages, *messages),
        (*conversation.cards, (answer.question, cards)),
        plain_answer(answer, label_of=assistant.label),
    )


def panel_html(conversation: Conversation) -> str:
    """Return the sources of the newest answer, and those of earlier answers folded below."""
    if not conversation.cards:
        return EMPTY_SOURCES
    *earlier, (_, newest) = conversation.cards
    folded = "".join(
        f"<details><summary>Sumber jawaban {turn}: {question_html(question)}</summary>{cards}</details>"
        for turn, (question, cards) in reversed(list(enumerate(earlier, start=1)))
    )
    return newest + folded
