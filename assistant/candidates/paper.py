"""CriteriaSheet -> Paper: the sheet of one candidate to print and file; the decision is not on it. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.candidates.sheet import CriteriaSheet, SheetLine
from assistant.candidates.steps import SIMULATION, STANDING_WORDS, STEP_WORDS
from assistant.criteria import Standing
from assistant.sheets.paper import Heading, Paper, Part, Text, Tone
from assistant.sheets.values import AUTHOR
from assistant.wording import DECISION, moment

TITLE = "Lembar cek kriteria"
BY_HAND = "...................................... (ditulis tangan; tanpa nama dan NIK)"
GROUP_HEADS = {
    Standing.UNMET: "Tidak terpenuhi",
    Standing.EVIDENCE: "Yang masih perlu dibuktikan dan dokumen yang kurang",
    Standing.UNREGULATED: "Belum diatur, dan kepada siapa bertanya",
    Standing.NOT_PREFERRED: "Di luar prioritas (bukan penolakan)",
    Standing.MET: "Terpenuhi",
}
ASIDE_HEAD = "Belum diatur dan belum ditanyakan, atau tidak terkait"
CHECK = "Kalimat di bawah «Sumber» dikutip kata demi kata; periksa dokumen aslinya."


def criteria_paper(sheet: CriteriaSheet) -> Paper:
    """Return the sheet as paper, with room for a code that is written by hand."""
    step = STEP_WORDS[sheet.step]
    counted = " · ".join(f"{len(lines)} {STANDING_WORDS[standing]}" for standing, lines in sheet.groups)
    named = (
        ("Kode berkas calon", BY_HAND),
        ("Dibuat", moment(sheet.at)),
        ("Langkah Anda berikutnya", f"{step.head}. {step.text}"),
        ("Ringkasan", f"{counted} (dari {len(sheet.lines)} kriteria, {sheet.answered} dijawab)"),
        ("Versi kumpulan sumber", sheet.snapshot),
    )
    return Paper(
        title=TITLE,
        about="",
        subject=moment(sheet.at),
        at=sheet.at,
        foot=f"{AUTHOR} · {DECISION} {SIMULATION}",
        facts=tuple((name, value) for name, value in named if value),
        parts=tuple(_parts(sheet)),
        notes=(DECISION, CHECK),
        warning=f"{DECISION} {SIMULATION}",
    )


def _parts(sheet: CriteriaSheet) -> Iterator[Part]:
    for standing, lines in sheet.groups:
        yield Heading(f"{GROUP_HEADS[standing]} ({len(lines)})")
        for line in lines:
            yield from _line(line)
    if sheet.asides:
        yield Heading(f"{ASIDE_HEAD} ({len(sheet.asides)})")
        yield Text("\n".join(f"- {_aside(line)}" for line in sheet.asides))
    yield Heading("Sumber")
    yield from sheet.proofs


def _line(line: SheetLine) -> Iterator[Part]:
    verdict = line.verdict
    yield Heading(verdict.criterion.question, 2)
    yield Text(f"{line.word.upper()} – jawaban: {verdict.answer.text}", Tone.STRONG)
    marks = "".join(f" [{proof.number}]" for proof in line.proofs)
    yield Text(f"{verdict.text}{marks}")
    if verdict.standing is Standing.EVIDENCE and line.open:
        yield Text(f"Cara memastikannya: {verdict.criterion.how}", Tone.QUIET)
    if verdict.standing is Standing.UNREGULATED and line.whom:
        yield Text(f"Tanyakan kepada: {'; '.join(line.whom)}.", Tone.QUIET)


def _aside(line: SheetLine) -> str:
    asked = "" if line.open else f" {line.verdict.answer.text}: {line.word}."
    return f"{line.verdict.criterion.question}{asked}"
