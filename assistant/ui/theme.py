"""Look of the page: system fonts, one accent colour, light and dark; nothing is fetched from outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio
    from fastapi import FastAPI

FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
FIXED_FONTS = ("ui-monospace", "Consolas", "Liberation Mono", "monospace")
STYLE = Path(__file__).with_name("page.css")
SCRIPT = Path(__file__).with_name("page.js")


def make_theme() -> gradio.themes.Base:
    """Return the theme; its fonts are names of fonts that a machine already has."""
    import gradio

    theme = gradio.themes.Base(
        primary_hue="teal",
        secondary_hue="teal",
        neutral_hue="slate",
        text_size="lg",
        radius_size="sm",
        font=FONTS,
        font_mono=FIXED_FONTS,
    )
    return theme.set(
        button_primary_background_fill="#0b5f59",
        button_primary_background_fill_hover="#084a46",
        button_primary_background_fill_dark="#0f766e",
        button_primary_background_fill_hover_dark="#115e59",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        body_background_fill="#f6f8f9",
        block_background_fill="#ffffff",
        body_text_color="#14202b",
        body_text_color_subdued="#465564",
        body_text_color_dark="#e8eef3",
        body_text_color_subdued_dark="#b4c0cc",
        input_border_width="1.5px",
        input_border_color="#6b7a89",
        input_border_color_dark="#8694a3",
        input_placeholder_color="#5a6876",
        input_placeholder_color_dark="#a5b1bd",
    )


def page_style() -> str:
    """Return the style sheet."""
    return STYLE.read_text(encoding="utf-8")


def page_head() -> str:
    """Return what goes into <head>: the script for chips and copying."""
    return f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>"


def mount(app: FastAPI, page: gradio.Blocks) -> None:
    """Mount `page` at "/" with this look; nothing but the page itself is offered."""
    import gradio

    gradio.mount_gradio_app(
        app,
        page,
        path="/",
        theme=make_theme(),
        css=page_style(),
        head=page_head(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        show_error=False,
        enable_monitoring=False,
    )
