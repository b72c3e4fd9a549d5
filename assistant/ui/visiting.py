"""Who sends an event, and the line about them at the head of the page."""

from __future__ import annotations

import gradio as gr

from assistant.access import Action, allowed
from assistant.gate import Visit
from assistant.ui.passage import safe
from assistant.wording import EXPOSED


def visit_of(request: gr.Request) -> Visit:
    """Return the visit that the gate noted for the request of an event."""
    visit: Visit = request.state.visit
    return visit


def account_html(visit: Visit) -> str:
    """Return the links that a person may follow, and a warning when others can read along."""
    user = visit.person.user
    links = [("/kriteria", "Cek Kriteria"), ("/kasus", "Kasus"), ("/latihan", "Latihan"), ("/ikut", "Ikut bimtek")]
    if allowed(visit.person, Action.TRAIN):
        links += [("/bimtek", "Bimtek"), ("/kelola", "Kelola")]
    links += [("/riwayat", "Riwayat"), ("/panduan", "Panduan"), ("/akun", user.display if user else "Data saya")]
    if user is None:
        links.append(("/masuk", "Masuk"))
    items = "".join(f'<li><a href="{path}">{safe(name)}</a></li>' for path, name in links)
    warning = f'<p class="pita" role="note">{EXPOSED}</p>' if visit.exposed else ""
    return f'<nav class="akun" aria-label="Akun"><ul>{items}</ul></nav>{warning}'


def wire_account(page: gr.Blocks, place: gr.HTML) -> None:
    """Fill `place` when the page is opened."""

    def fill(request: gr.Request) -> str:
        return account_html(visit_of(request))

    page.load(fill, None, place, api_visibility="private", show_progress="hidden")
