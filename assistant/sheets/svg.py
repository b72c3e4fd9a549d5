"""Shapes and texts of an inline SVG: escaped, coloured by the page's variables, with print colours behind them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from assistant.sheets.letters import xml_text

WIDTH = 640
"""Of every chart, in its own units; on a page it is at least as many pixels wide, so that its text keeps its size."""

TEXT, SMALL = 16, 14
INK, QUIET, ACCENT, RULE, ALARM, SHEET = (
    f"var(--{name},{colour})"
    for name, colour in (
        ("tinta", "#14202b"),
        ("tinta-tipis", "#465564"),
        ("aksen", "#0b5f59"),
        ("garis", "#c5ced6"),
        ("bahaya", "#9c1c1c"),
        ("lembar", "#fff"),
    )
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing and the same values as a table: `head` names the columns of `rows`. `svg` goes into a box that may scroll."""

    title: str
    svg: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Paint:
    """How a box is filled and edged; `line` is empty for no edge."""

    fill: str
    line: str = ""
    dashed: bool = False


def drawing(name: str, title: str, description: str, height: float, shapes: Iterable[str]) -> str:
    """Return an SVG of `WIDTH` by `height`; `name` must differ among the charts of one page."""
    ids = f"diagram-{re.sub('[^a-z0-9]+', '-', name.lower())}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="img" aria-labelledby="{ids}-judul" '
        f'aria-describedby="{ids}-uraian" viewBox="0 0 {WIDTH} {number(height)}" '
        f'style="display:block;width:100%;min-width:{WIDTH}px;max-width:860px;height:auto" '
        f"font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif\" font-size=\"{TEXT}\">"
        f'<title id="{ids}-judul">{text(title)}</title><desc id="{ids}-uraian">{text(description)}</desc>{"".join(shapes)}</svg>'
    )


def box(x: float, y: float, width: float, height: float, paint: Paint) -> str:
    """Return a rectangle; its edge, where it has one, is drawn inside."""
    inset = 1 if paint.line else 0
    width, height = max(0.0, width - 2 * inset), max(0.0, height - 2 * inset)
    edge = f";stroke:{paint.line};stroke-width:2" if paint.line else ""
    dashes = ";stroke-dasharray:5 4" if paint.dashed else ""
    place = f'x="{number(x + inset)}" y="{number(y + inset)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {place} style="fill:{paint.fill}{edge}{dashes}"/>'


def dot(x: float, y: float, radius: float, *, fill: str, line: str) -> str:
    """Return a circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" style="fill:{fill};stroke:{line};stroke-width:3"/>'


def stroke(x1: float, y1: float, x2: float, y2: float, *, colour: str = RULE, width: float = 1) -> str:
    """Return a line."""
    place = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
    return f'<line {place} style="stroke:{colour};stroke-width:{number(width)}"/>'


def words(
    x: float, y: float, content: str, *, size: int = TEXT, colour: str = INK, anchor: str = "start", bold: bool = False
) -> str:
    """Return a line of text standing on `y`; `anchor` is start, middle or end."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{size}" text-anchor="{anchor}"{weight} '
        f'style="fill:{colour}">{text(content)}</text>'
    )


def legend(y: float, *entries: tuple[str, str]) -> tuple[list[str], float]:
    """Return the boxes and names of a legend, broken over lines, and the height that it takes; entries are (box, name).

    Each box is a shape drawn at the origin, 16 units wide and high.
    """
    shapes, x, top = [], 0.0, y
    for shape, name in entries:
        width = 26 + room(name) + 22
        if x and x + width > WIDTH:
            x, y = 0.0, y + 26
        shapes.append(f'<g transform="translate({number(x)} {number(y)})">{shape}{words(24, 13, name, size=15)}</g>')
        x += width
    return shapes, y - top + 30


def room(content: str, size: int = 15) -> float:
    """Return about how wide a text is, rather too much than too little."""
    return len(content) * size * 0.56


def short(content: str, letters: int) -> str:
    """Return a text in one line, cut at a word where it is longer than `letters`."""
    content = " ".join(content.split())
    return content if len(content) <= letters else content[: letters - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def text(content: str) -> str:
    """Return a text that reads as text in any SVG: escaped, without characters that XML forbids."""
    return escape(xml_text(content))


def number(value: float) -> str:
    """Return a coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")
