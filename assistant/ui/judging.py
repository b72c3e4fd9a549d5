"""Feedback on the newest answer: two thumbs, then a reason and a comment. Earlier answers have a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from assistant.conversations import LONGEST_COMMENT, REASONS
from assistant.errors import AssistantError
from assistant.ui.conversation import view
from assistant.ui.passage import safe
from assistant.ui.visiting import visit_of

if TYPE_CHECKING:
    from assistant.office import Office

KEPT = "Penilaian tersimpan. Tambahkan alasan bila mau."
THANKS = "Terima kasih, alasan dan komentar Anda tersimpan."


class Judging(NamedTuple):
    """The components of the feedback."""

    good: gr.Button
    bad: gr.Button
    column: gr.Column
    note: gr.HTML
    reason: gr.Radio
    comment: gr.Textbox
    send: gr.Button


def judging() -> Judging:
    """Lay out the thumbs and the form below them; called inside a Blocks context."""
    with gr.Row():
        good = gr.Button("Membantu", elem_id="membantu")
        bad = gr.Button("Tidak membantu", elem_id="tidak-membantu")
    with gr.Column(visible=False, elem_id="nilai") as column:
        note = gr.HTML("")
        reason = gr.Radio(list(REASONS), label="Alasan (boleh kosong)")
        comment = gr.Textbox(
            label="Komentar (boleh kosong)",
            info="NIK, nomor KK, telepon, rekening, dan surel disamarkan. Jangan tulis nama warga.",
            lines=2,
            max_lines=6,
            max_length=LONGEST_COMMENT,
        )
        send = gr.Button("Simpan alasan dan komentar")
    return Judging(good, bad, column, note, reason, comment, send)


def wire_judging(office: Office, parts: Judging, conversation: gr.State) -> None:
    """Wire the thumbs and the form; a thumb is kept at once."""

    def rate(identity: str | None, request: gr.Request, helpful: bool) -> tuple[Any, ...]:
        said = _said(office, identity, request, helpful=helpful, reason="", comment="", done=KEPT)
        return (gr.Column(visible=True), said, None, "")

    def good(identity: str | None, request: gr.Request) -> tuple[Any, ...]:
        return rate(identity, request, True)

    def bad(identity: str | None, request: gr.Request) -> tuple[Any, ...]:
        return rate(identity, request, False)

    def explain(identity: str | None, reason: str | None, comment: str, request: gr.Request) -> str:
        return _said(office, identity, request, helpful=None, reason=reason or "", comment=comment, done=THANKS)

    outputs = [parts.column, parts.note, parts.reason, parts.comment]
    parts.good.click(good, [conversation], outputs, api_visibility="private", show_progress="hidden")
    parts.bad.click(bad, [conversation], outputs, api_visibility="private", show_progress="hidden")
    inputs = [conversation, parts.reason, parts.comment]
    parts.send.click(explain, inputs, parts.note, api_visibility="private", show_progress="hidden")


def _said(
    office: Office,
    identity: str | None,
    request: gr.Request,
    *,
    helpful: bool | None,
    reason: str,
    comment: str,
    done: str,
) -> str:
    """Keep feedback on the newest answer of a conversation; without `helpful` the thumb given before stays."""
    person = visit_of(request).person
    try:
        newest = view(office.conversations.read(person, identity)).newest if identity else None
        if newest is None:
            return _note("Belum ada jawaban untuk dinilai.")
        before = newest.feedback.helpful if newest.feedback else True
        kept = before if helpful is None else helpful
        office.conversations.rate(person, newest.id, helpful=kept, reason=reason, comment=comment)
    except AssistantError as error:
        return _note(f"Belum tersimpan. {error}")
    return _note(done)


def _note(text: str) -> str:
    return f'<p role="status">{safe(text)}</p>'
