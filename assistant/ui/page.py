"""The page: header and tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.ui.ask import build_ask
from assistant.ui.library import build_library

if TYPE_CHECKING:
    from assistant.service import Assistant

TITLE = "Asisten UEP"
HEADER = (
    '<header class="kepala"><h1>Asisten UEP</h1><p>Dinas Sosial Kalimantan Timur. Setiap jawaban dikutip dari sumber; '
    "keputusan tetap pada petugas.</p></header>"
)
AT_ONCE = 10
WAITING = 100


def build_page(assistant: Assistant) -> gr.Blocks:
    """Return the page for `assistant`; theme and style are given when it is mounted."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(HEADER)
        with gr.Tab("Tanya"):
            build_ask(assistant)
        with gr.Tab("Pustaka"):
            build_library(assistant, page)
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return page
