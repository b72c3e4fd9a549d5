"""PDF guides drawn at random: fonts, sizes, margins, columns, kinds of heading, lists and tables. Nothing was tuned on them."""

from __future__ import annotations

import io
import random
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, LEGAL
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table

from tests.documents.samples import Said, Sample

WHO = ("Pendamping", "Petugas kelurahan", "Ketua kelompok", "Tim seleksi", "Camat", "Penerima", "Bendahara", "Penilai alat")
DOES = ("menyerahkan", "memeriksa", "mencatat", "mengumumkan", "menandatangani", "menyimpan", "memperbarui", "membandingkan")
WHAT = ("daftar calon", "laporan bulanan", "berita acara", "rencana belanja", "foto tempat usaha", "buku kas", "surat pernyataan")
WHEN = ("paling lambat {n} hari kerja", "setiap tanggal {n}", "selama {n} bulan berturut-turut", "dalam {n} minggu pertama")
WHERE = ("di balai desa", "melalui aplikasi pemantauan", "di kantor kecamatan", "bersama pengurus RT", "di hadapan saksi")
TOPICS = (
    "Persiapan",
    "Pendataan",
    "Seleksi",
    "Penetapan",
    "Penyaluran",
    "Pelaporan",
    "Pengawasan",
    "Pengaduan",
    "Evaluasi",
    "Sanksi",
)


def varied(seed: int) -> Sample:
    """Return the guide of a seed, four to eight pages, a chapter a page."""
    chance = random.Random(seed)
    family = chance.choice((("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Courier", "Courier-Bold")))
    size = chance.choice((9, 10, 10.5, 11))
    columns = 2 if family[0] != "Courier" and chance.random() < 0.3 else 1
    body = ParagraphStyle(
        "b", fontName=family[0], fontSize=size, leading=size * chance.choice((1.15, 1.3, 1.5)),
        alignment=chance.choice((TA_LEFT, TA_JUSTIFY)), spaceAfter=chance.choice((4, 6, 9)),
        firstLineIndent=chance.choice((0, 0, 20)),
    )  # fmt: skip
    larger = chance.choice((1.0, 1.2, 1.4))
    head = ParagraphStyle(
        "h", fontName=family[1], fontSize=size * larger, leading=size * larger * 1.2, spaceBefore=10, spaceAfter=6,
        alignment=chance.choice((TA_LEFT, TA_CENTER)),
    )  # fmt: skip
    item = ParagraphStyle("i", parent=body, leftIndent=18, bulletIndent=4, firstLineIndent=0, spaceAfter=2)
    mark = chance.choice(("•", "-", "{n}.", "{l}."))
    story: list[Flowable] = []
    said: list[Said] = []
    headings: list[str] = []
    rows: list[tuple[str, ...]] = []
    for number, topic in enumerate(chance.sample(TOPICS, chance.randint(4, 8)), 1):
        if number > 1:
            story.append(PageBreak())
        heading = _heading(chance, number, topic, seed)
        headings.append(heading)
        story.append(Paragraph(heading, head))
        for _ in range(chance.randint(2, 4)):
            text = " ".join(_sentence(chance) for _ in range(chance.randint(1, 3)))
            story.append(Paragraph(text, body))
            said.append(Said(text, heading, str(number)))
        if chance.random() < 0.6:
            for at in range(chance.randint(2, 5)):
                text = _sentence(chance)
                story.append(Paragraph(text, item, bulletText=mark.format(n=at + 1, l="abcdef"[at])))
                said.append(Said(text, heading, str(number)))
        if chance.random() < 0.5 and columns == 1:
            table = [["Kelurahan", "Kuota", "Nilai"]]
            table += [
                [f"Desa {chance.choice(WHO)} {n}", str(chance.randint(5, 99)), f"Rp{chance.randint(1, 9)}.{n}00.000"]
                for n in range(4)
            ]
            rules: list[Any] = [("FONTNAME", (0, 0), (-1, -1), family[0]), ("FONTSIZE", (0, 0), (-1, -1), size)]
            rules += [("GRID", (0, 0), (-1, -1), 0.6, colors.black)] if chance.random() < 0.7 else []
            rules += [("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)] if chance.random() < 0.5 else []
            story += [Spacer(1, 6), Table(table, style=rules, colWidths=[150, 70, 100])]
            rows += [(f"Kelurahan: {a}", f"Kuota: {b}", f"Nilai: {c}") for a, b, c in table[1:]]
    running = f"Dokumen Contoh Nomor {seed}" if chance.random() < 0.7 else ""
    raw = _built(story, chance, columns, running, family[0])
    return Sample(f"acak-{seed}.pdf", raw, tuple(said), (running,) if running else (), tuple(headings), tuple(rows))


def _heading(chance: random.Random, number: int, topic: str, seed: int) -> str:
    roman = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")[number - 1]
    return (
        f"BAB {roman} {topic.upper()}",
        f"{number}. {topic} Bantuan",
        f"{'ABCDEFGH'[number - 1]}. {topic}",
        f"{topic} Kegiatan",
    )[seed % 4]


def _sentence(chance: random.Random) -> str:
    when = chance.choice(WHEN).format(n=chance.randint(2, 28))
    return f"{chance.choice(WHO)} {chance.choice(DOES)} {chance.choice(WHAT)} {chance.choice(WHERE)} {when}."


def _built(story: list[Flowable], chance: random.Random, columns: int, running: str, font: str) -> bytes:
    out = io.BytesIO()
    page = chance.choice((A4, A4, LEGAL))
    margin = chance.choice((20, 25, 30)) * mm
    gap = 8 * mm
    each = (page[0] - 2 * margin - gap * (columns - 1)) / columns
    foot = chance.choice(("{n}", "Halaman {n}", "- {n} -", ""))

    def furniture(canvas: Any, document: Any) -> None:
        canvas.setFont(font, 8)
        if running:
            canvas.drawString(margin, page[1] - 12 * mm, running)
        canvas.drawCentredString(page[0] / 2, 10 * mm, foot.format(n=canvas.getPageNumber()))

    document = BaseDocTemplate(out, pagesize=page, invariant=1)
    frames = [Frame(margin + (each + gap) * n, 20 * mm, each, page[1] - 40 * mm, id=f"c{n}") for n in range(columns)]
    document.addPageTemplates([PageTemplate(id="page", frames=frames, onPage=furniture)])
    document.build(story)
    return out.getvalue()
