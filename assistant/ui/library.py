"""The tab Pustaka: read whole documents and the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.errors import AssistantError
from assistant.ui.reading import document_html, glossary_html
from assistant.ui.render import message_html
from assistant.wording import scope_name

if TYPE_CHECKING:
    from assistant.service import Assistant

CHOOSE = '<p class="kosong">Pilih dokumen untuk membacanya.</p>'
Choice = tuple[str, str]


def build_library(assistant: Assistant, page: gr.Blocks) -> None:
    """Lay out the tab and wire its events; the list is read again whenever the page is opened."""
    found, _ = _documents(assistant)
    with gr.Tab("Dokumen"):
        chosen = gr.Dropdown(
            found,
            value=None,
            filterable=True,
            label="Cari dan pilih dokumen",
            elem_id="pilih-dokumen",
            info="Ketik sebagian judul, lalu pilih dari daftar.",
        )
        text = gr.HTML(CHOOSE, elem_id="dokumen")
    with gr.Tab("Daftar istilah"):
        terms = gr.HTML("", elem_id="istilah")

    def opened() -> tuple[gr.Dropdown, str, str]:
        choices, problem = _documents(assistant)
        return gr.Dropdown(choices=choices, value=None), problem or CHOOSE, _terms(assistant)

    def read(path: str | None) -> str:
        return _read(assistant, path)

    chosen.change(read, [chosen], [text], api_name="baca_dokumen", show_progress="hidden")
    page.load(opened, None, [chosen, text, terms], api_name="pustaka", show_progress="hidden")


def _documents(assistant: Assistant) -> tuple[list[Choice], str]:
    """Return (title with scope, path) of all documents by title, and a message when they can't be listed."""
    try:
        cards = assistant.documents()
    except AssistantError as error:
        return [], message_html("Pustaka belum dapat dibuka", str(error))
    ordered = sorted(cards, key=lambda card: card.title.casefold())
    return [(f"{card.title} ({scope_name(card.scope)})", card.path) for card in ordered], ""


def _read(assistant: Assistant, path: str | None) -> str:
    if not path:
        return CHOOSE
    try:
        card, note, passages = assistant.read(path)
        return document_html(card, note, passages, label_of=assistant.label, gap_of=assistant.gap)
    except AssistantError as error:
        return message_html("Dokumen tidak dapat dibuka", str(error))


def _terms(assistant: Assistant) -> str:
    try:
        return glossary_html(assistant.terms())
    except AssistantError as error:
        return message_html("Daftar istilah belum dapat dibuka", str(error))
