"""The page: header and tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.ui.ask import build_ask
from assistant.ui.library import build_library
from assistant.ui.visiting import wire_account

if TYPE_CHECKING:
    from assistant.office import Office

TITLE = "Asisten UEP"
HEADER = (
    '<header class="kepala"><h1>Asisten UEP</h1><p>Dinas Sosial Kalimantan Timur. Setiap jawaban dikutip dari sumber; '
    "keputusan tetap pada tim verifikasi.</p></header>"
)
AT_ONCE = 10
WAITING = 100


def build_page(office: Office) -> gr.Blocks:
    """Return the page for `office`; theme and style are given when it is mounted."""
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as page:
        gr.HTML(HEADER)
        account = gr.HTML('<nav class="akun"></nav>', elem_id="akun")
        with gr.Tab("Tanya"):
            build_ask(office, page)
        with gr.Tab("Pustaka"):
            build_library(office.assistant, page)
        wire_account(page, account)
    page.state_session_capacity = office.settings.open_tabs  # Gradio keeps 10,000, which fill 2 GB
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE)
    return page
