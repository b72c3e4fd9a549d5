"""The tab Tanya: ask, read the answer, check its sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from assistant.errors import AssistantError
from assistant.ui.conversation import EMPTY_SOURCES, Conversation, extended, panel_html, shown
from assistant.ui.passage import safe
from assistant.ui.render import message_html, question_html

if TYPE_CHECKING:
    from assistant.service import Assistant

SCOPES = [("Semua", "semua"), ("Kaltim", "kaltim"), ("Nasional", "nasional")]
SEARCHING = '<div class="jawaban"><p>Mencari di sumber …</p></div>'
BROKEN = "Pertanyaan Anda masih ada di kotak. Coba kirim lagi; bila terulang, beri tahu pengelola."
COPY = "(text) => { window.copyAnswer(text); }"


class Parts(NamedTuple):
    """The components that a question changes, in the order in which handlers return values."""

    chat: gr.Chatbot
    box: gr.Textbox
    state: gr.State
    sources: gr.HTML
    plain: gr.Textbox
    examples: gr.Column
    actions: gr.Row


def build_ask(assistant: Assistant) -> None:
    """Lay out the tab and wire its events; called inside a Blocks context."""
    with gr.Row(elem_id="tanya-baris"):
        with gr.Column(scale=3, min_width=320):
            chat = _chat()
            with gr.Row(equal_height=True):
                box = gr.Textbox(
                    label="Pertanyaan Anda",
                    placeholder="Tulis pertanyaan …",
                    lines=1,
                    max_lines=6,
                    scale=5,
                    elem_id="kotak",
                    autofocus=True,
                )
                send = gr.Button("Kirim", variant="primary", scale=1, min_width=96, elem_id="kirim")
            scope = gr.Radio(SCOPES, value="semua", label="Cari di sumber", elem_id="cakupan")
            examples, buttons = _examples(assistant)
            with gr.Row(visible=False) as actions:
                copy = gr.Button("Salin jawaban", elem_id="salin")
                fresh = gr.Button("Percakapan baru", elem_id="baru")
            gr.HTML('<p id="kabar-salin" role="status" aria-live="polite"></p>')
        with gr.Column(scale=2, min_width=320, elem_id="kolom-sumber"):
            gr.HTML("<h2>Sumber</h2>")
            sources = gr.HTML(EMPTY_SOURCES, elem_id="sumber")
    plain = gr.Textbox(visible="hidden", label="Jawaban sebagai teks")
    parts = Parts(chat, box, gr.State(Conversation()), sources, plain, examples, actions)
    _wire(assistant, parts, scope, send, buttons)
    copy.click(None, [plain], None, js=COPY, api_visibility="private")
    fresh.click(_start_again, None, list(parts), api_name="percakapan_baru")


def _chat() -> gr.Chatbot:
    return gr.Chatbot(
        label="Percakapan",
        show_label=False,
        visible=False,
        height="auto",
        max_height="min(64vh, 680px)",
        elem_id="percakapan",
        buttons=[],
        latex_delimiters=[],
        sanitize_html=True,
        feedback_options=None,
        group_consecutive_messages=False,
    )


def _examples(assistant: Assistant) -> tuple[gr.Column, list[gr.Button]]:
    buttons: list[gr.Button] = []
    with gr.Column(elem_id="contoh") as column:
        gr.HTML("<h2>Contoh pertanyaan</h2>")
        for topic, questions in assistant.examples():
            gr.HTML(f"<h3>{safe(topic)}</h3>")
            buttons += [gr.Button(question) for question in questions]
    return column, buttons


def _wire(assistant: Assistant, parts: Parts, scope: gr.Radio, send: gr.Button, buttons: list[gr.Button]) -> None:
    def ask(question: str, chosen: str, conversation: Conversation) -> Iterator[tuple[Any, ...]]:
        yield from _answered(assistant, question, chosen, conversation)

    common: dict[str, Any] = {"show_progress": "hidden", "concurrency_id": "tanya"}
    asked = [gr.on([send.click, parts.box.submit], ask, [parts.box, scope, parts.state], list(parts), api_name="tanya", **common)]
    asked += [
        button.click(ask, [button, scope, parts.state], list(parts), api_visibility="private", **common) for button in buttons
    ]
    for event in asked:
        event.failure(_failed, [parts.box, parts.state], list(parts), api_visibility="private", **common)


def _answered(assistant: Assistant, question: str, scope: str, conversation: Conversation) -> Iterator[tuple[Any, ...]]:
    """Show the question at once, then the answer; the box keeps the question until it is answered."""
    asked = ("user", question_html(question))
    chat = gr.Chatbot(shown(conversation, asked, ("assistant", SEARCHING)), visible=True)
    yield (chat, question, conversation, gr.skip(), gr.skip(), gr.Column(visible=False), gr.skip())
    try:
        longer = extended(conversation, assistant.ask(question, history=conversation.turns, scope=scope), assistant)
    except AssistantError as error:
        yield _with_message(conversation, question, "Tidak dapat dijawab sekarang", str(error))
        return
    yield (shown(longer), "", longer, panel_html(longer), longer.plain, gr.skip(), gr.Row(visible=True))


def _with_message(conversation: Conversation, question: str, title: str, text: str) -> tuple[Any, ...]:
    """Return the screen with a message instead of an answer; the conversation stays as it was."""
    messages = shown(conversation, ("user", question_html(question)), ("assistant", message_html(title, text)))
    chat = gr.Chatbot(messages, visible=True)
    return (chat, question, conversation, gr.skip(), gr.skip(), gr.Column(visible=False), gr.Row(visible=True))


def _failed(question: str, conversation: Conversation) -> tuple[Any, ...]:
    return _with_message(conversation, question, "Gagal", BROKEN)


def _start_again() -> tuple[Any, ...]:
    chat = gr.Chatbot([], visible=False)
    return (chat, "", Conversation(), EMPTY_SOURCES, "", gr.Column(visible=True), gr.Row(visible=False))
