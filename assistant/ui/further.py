"""Buttons with questions that may be asked next; they follow each answer and are gone where there is none to offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from assistant.errors import AssistantError
from assistant.followups import MOST
from assistant.ledger import Entry

if TYPE_CHECKING:
    from assistant.office import Office


class Further(NamedTuple):
    """The column and its buttons, in the order in which `offered` returns their values."""

    column: gr.Column
    buttons: tuple[gr.Button, ...]

    @property
    def all(self) -> tuple[Any, ...]:
        """Return column and buttons in one row."""
        return (self.column, *self.buttons)


def further() -> Further:
    """Lay out the buttons, hidden until an answer has something to offer; called inside a Blocks context."""
    with gr.Column(visible=False, elem_id="lanjutan") as column:
        gr.HTML("<h2>Pertanyaan lanjutan</h2>")
        buttons = tuple(gr.Button("", visible=False) for _ in range(MOST))
    return Further(column, buttons)


def offered(office: Office, newest: Entry | None) -> tuple[Any, ...]:
    """Return the values of column and buttons after the newest answer; what can't be looked up is not offered."""
    questions: tuple[str, ...] = ()
    if newest is not None and newest.answer is not None:
        try:
            questions = office.assistant.followups(newest.answer)
        except AssistantError:
            questions = ()  # without an index the answer still stands; what is wrong is told when somebody asks
    return (gr.Column(visible=bool(questions)), *_buttons(questions))


def hidden() -> tuple[Any, ...]:
    """Return the values that hide column and buttons."""
    return (gr.Column(visible=False), *_buttons(()))


def _buttons(questions: tuple[str, ...]) -> list[gr.Button]:
    shown = [gr.Button(question, visible=True) for question in questions]
    return shown + [gr.Button("", visible=False)] * (MOST - len(shown))
