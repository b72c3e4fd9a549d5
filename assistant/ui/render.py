"""Answer -> HTML for the chat and the sources panel, and plain text for copying. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlencode

from assistant.types import Answer, Citation, Gap, Label, Status
from assistant.ui.badges import badges_html, gap_html, publications_html, strips_html
from assistant.ui.explanation import explanation_html
from assistant.ui.passage import passage_html, safe
from assistant.wording import MODE_WORDS, STATUS_WORDS, approval_words, day, outcome_words, page_name, statement_warnings

LabelOf = Callable[[str], Label | None]
GapOf = Callable[[str], Gap | None]

NO_SOURCES = '<p class="kosong">Jawaban ini tidak mengutip sumber.</p>'
OWN_PAGES = frozenset({"md", "markdown"})
"""Endings of documents that Pustaka shows whole."""
LONGEST_MARKED = 700
"""Letters of a quote that go into the address of its page's picture."""
_MARKER = re.compile(r"\[(\d+(?:\s*,\s*\d+)*)\]")
_BULLET = re.compile(r"^\s*[-*•]\s+")
_STEP = re.compile(r"^\s*(\d+)[.)]\s+")


def question_html(question: str) -> str:
    """Return a person's message as text on the screen, whatever it contains."""
    return '<div class="pertanyaan">' + safe(question.strip()).replace("\n", "<br>") + "</div>"


def message_html(title: str, text: str) -> str:
    """Return a message of the app itself, such as an error."""
    return f'<div class="jawaban gagal"><p class="status failed">{safe(title)}</p>{_lines(text, 0, frozenset())}</div>'


def answer_html(answer: Answer, *, turn: int = 1) -> str:
    """Return status line and text; each [n] that is a citation links to its card of this turn."""
    known = frozenset(citation.number for citation in answer.citations)
    blocks = "".join(_lines(block, turn, known) for block in re.split(r"\n\s*\n", answer.text.strip()))
    status = f'<p class="status {safe(answer.status)}">{STATUS_WORDS[answer.status]}</p>'
    approved = f'<p class="cara baku">{safe(approval_words(answer.approval))}</p>' if answer.approval else ""
    mode = (
        f'<p class="cara">{MODE_WORDS[answer.mode]}</p>'
        if answer.status is not Status.NOT_FOUND and answer.citations and answer.mode in MODE_WORDS
        else ""
    )
    return f'<div class="jawaban">{status}{approved}{blocks}{mode}</div>'


def sources_html(answer: Answer, *, label_of: LabelOf, gap_of: GapOf, turn: int = 1) -> str:
    """Return the cards of all citations of one answer, and below them why these were found."""
    cards = "".join(_card(citation, turn, label_of, gap_of) for citation in answer.citations)
    return (cards or NO_SOURCES) + explanation_html(answer)


def plain_answer(answer: Answer, *, label_of: LabelOf) -> str:
    """Return question, answer and sources as plain text for copying."""
    lines = [answer.question.strip(), "", outcome_words(answer.status, answer.mode), answer.text.strip()]
    if answer.approval:
        lines.append(approval_words(answer.approval))
    if answer.citations:
        lines += ["", "Sumber:"]
    for citation in answer.citations:
        path = " › ".join((citation.passage.document.title, *citation.passage.headings))
        lines.append(f"[{citation.number}] {path}")
        for source in dict.fromkeys(s for label in _labels(citation, label_of) for s in label.sources):
            parts = (source.title, source.publisher, day(source.date), source.locator, source.url)
            lines.append("    " + ", ".join(part for part in parts if part))
        lines += [f"    Perhatian: {note}" for note in statement_warnings(citation.passage.document, _labels(citation, label_of))]
    return "\n".join(lines)


def _lines(block: str, turn: int, known: frozenset[int]) -> str:
    """Return one block: runs of list lines as lists, other lines as paragraphs."""
    parts: list[str] = []
    for line in block.split("\n"):
        step, bullet = _STEP.match(line), _BULLET.match(line)
        sign = step or bullet
        text = _chips(line[sign.end() :] if sign else line, turn, known)
        tag, value = ("ol", f' value="{int(step[1])}"') if step else ("ul", "")
        if not sign:
            parts.append(f"<p>{text}</p>")
        elif parts and parts[-1].endswith(f"</{tag}>"):
            parts[-1] = parts[-1].removesuffix(f"</{tag}>") + f"<li{value}>{text}</li></{tag}>"
        else:
            parts.append(f"<{tag}><li{value}>{text}</li></{tag}>")
    return "".join(parts)


def _chips(text: str, turn: int, known: frozenset[int]) -> str:
    def chips(match: re.Match[str]) -> str:
        numbers = [int(number) for number in match[1].split(",")]
        if not known.issuperset(numbers):
            return match[0]
        return " ".join(
            f'<a class="keping" href="#sumber-{turn}-{number}" title="Lihat sumber {number}">[{number}]</a>' for number in numbers
        )

    return _MARKER.sub(chips, safe(text))


def _card(citation: Citation, turn: int, label_of: LabelOf, gap_of: GapOf) -> str:
    passage, labels = citation.passage, _labels(citation, label_of)
    first = labels[0] if labels else None
    document = passage.document
    place = [safe(heading) for heading in passage.headings] + ([safe(page_name(passage.page))] if passage.page else [])
    original = publications_html(source for label in labels for source in label.sources)
    gaps = [gap for name in citation.labels if (gap := gap_of(name)) is not None]
    return (
        f'<article class="sumber" id="sumber-{turn}-{citation.number}" tabindex="-1">'
        f'<h3><span class="nomor">{citation.number}</span> {safe(document.title)}</h3>'
        f"{strips_html(first.scope if first else document.scope, first.status if first else document.status)}"
        f"{badges_html(document, first)}"
        f'<p class="letak">{" › ".join(place)}</p>'
        f'<div class="kutipan">{passage_html(passage, citation.start, citation.end)}</div>'
        + (f"<h4>Terbitan asli</h4>{original}" if original else "")
        + "".join(gap_html(gap) for gap in gaps)
        + original_html(citation)
        + "</article>"
    )


def original_html(citation: Citation) -> str:
    """Return the way to the original, but for pages of the library itself: the page as a picture, and the file."""
    passage = citation.passage
    path, page = passage.document.path, passage.page or ""
    ending = path.rsplit(".", 1)[-1].lower()
    if ending in OWN_PAGES:
        return ""
    file = f"/dokumen/asli/{quote(path)}"
    if ending != "pdf" or not page.isdecimal():
        return f'<p class="asli"><a href="{safe(file)}" download>Unduh berkas asli</a></p>'
    picture = "/dokumen/halaman?" + urlencode({"path": path, "halaman": page, "kutipan": citation.quote[:LONGEST_MARKED]})
    return (
        f'<details class="halaman"><summary>Lihat halaman {safe(page)}</summary><img loading="lazy" src="{safe(picture)}" '
        f'alt="Halaman {safe(page)} dokumen {safe(passage.document.title)}, kutipannya ditandai"></details>'
        f'<p class="asli"><a href="{safe(file)}#page={safe(page)}" target="_blank" rel="noopener">Buka berkas asli di halaman '
        f'{safe(page)}<span class="tersembunyi"> (tab baru)</span></a></p>'
    )


def _labels(citation: Citation, label_of: LabelOf) -> list[Label]:
    return [label for name in citation.labels if (label := label_of(name)) is not None]
