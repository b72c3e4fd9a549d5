"""Quote mode: word an answer from the outcome with verbatim statements. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering import english
from assistant.answering.checking import DraftSentence
from assistant.answering.evidence import Evidence
from assistant.answering.outcome import Outcome
from assistant.answering.verdicts import verdict
from assistant.knowledge import Conflict
from assistant.questions import Reading
from assistant.times import YEAR, relative_years
from assistant.types import Gap, Status, Validity
from assistant.wording import day

WHOM = "Bidang Penanganan Fakir Miskin Dinsos Kaltim atau Dinsos kabupaten/kota"

OPENINGS = {
    "lain": "Ini praktik daerah lain, bukan aturan Kaltim.",
    "luruskan": "Cocokkan dulu anggapan dalam pertanyaan Anda dengan bunyi sumber ini.",
    "sebagian": "Sumber hanya menjawab sebagian.",
    "kasus": "Sumber memuat ukurannya; keputusan untuk orang ini tetap pada tim verifikasi.",
    "beda": "Sumber yang ada tidak sepakat; keduanya ditampilkan.",
}
PAST = "Keterangan ini untuk masa yang sudah lewat; periksa apakah masih berlaku."


def draft(
    outcome: Outcome, reading: Reading, rewrite: Callable[[str], str] = lambda text: text, *, as_of: str = ""
) -> tuple[DraftSentence, ...]:
    """Return the sentences of the answer, in order; remarks come first, quotes carry their evidence.

    `as_of` is the day that counts as now, for questions about this year or the next.
    """
    if reading.english:
        return english.draft(outcome)
    sentences: list[DraftSentence] = []
    if outcome.premise is not None and outcome.evidence:
        sentences.append(DraftSentence(f"Anggapan bahwa {_inside(outcome.premise.text)} tidak sesuai dengan sumber ini.", (0,)))
    elif outcome.remark and outcome.evidence:
        sentences.append(DraftSentence(OPENINGS[outcome.remark]))
    elif outcome.status is Status.ANSWERED and outcome.evidence:
        opening = verdict(reading, outcome.evidence[0], rewrite)
        if opening:
            sentences.append(DraftSentence(opening, (0,)))
    timely = _about_time(outcome, reading, as_of)
    sentences += timely
    for index, piece in enumerate(outcome.evidence):
        note = caution(piece, first=index == 0, elsewhere=outcome.remark != "lain")
        if not note and piece.past and not timely and not YEAR.search(reading.text):
            note = PAST
        elif not note and outcome.conflict is not None and piece.sources and _is_one_side(piece, outcome.conflict):
            note = f"Menurut {piece.sources[0].publisher}, {day(piece.sources[0].date)}:"
        if note and not any(sentence.text == note for sentence in sentences):
            sentences.append(DraftSentence(note, (index,)))
        sentences.append(DraftSentence(piece.quote, (index,), quoted=True))
    if outcome.conflict is not None:
        sentences.append(DraftSentence(outcome.conflict.stance, tuple(range(len(outcome.evidence)))))
    if outcome.status is Status.PARTIAL and outcome.missing:
        sentences.append(
            DraftSentence(f"Yang belum ada di sumber: {outcome.missing} yang Anda tanyakan; tanyakan kepada {WHOM}.")
        )
    if outcome.status is Status.PARTIAL and outcome.remark == "lain":
        sentences.append(DraftSentence(f"Untuk Kaltim, tanyakan kepada {WHOM}."))
    return tuple(sentences)


def caution(piece: Evidence, *, first: bool, elsewhere: bool = True) -> str:
    """Return what has to be said before a quote that is no rule in force here; empty when there is nothing."""
    if first and piece.status in (Validity.USANG, Validity.DICABUT):
        return "Keterangan ini berasal dari aturan atau skema lama."
    if piece.status is Validity.RENCANA:
        return "Ini masih rencana."
    return "Contoh dari daerah lain, bukan aturan Kaltim." if elsewhere and piece.scope == "daerah-lain" else ""


def _about_time(outcome: Outcome, reading: Reading, as_of: str) -> tuple[DraftSentence, ...]:
    """Say which year a question means by "tahun ini", or that the first quote is about another one."""
    relative = dict(relative_years(reading.text, as_of))
    if len(relative) != 1:
        return ()
    (phrase, year), *_ = relative.items()
    for index, piece in enumerate(outcome.evidence):
        if str(year) in YEAR.findall(piece.quote):
            return (DraftSentence(f"«{phrase.capitalize()}» dibaca sebagai {year}.", (index,)),)
    held = sorted(set(YEAR.findall(outcome.evidence[0].quote))) if outcome.evidence else []
    return (DraftSentence(f"Sumber ini tentang {_listed(held)}, bukan {phrase.lower()}.", (0,)),) if held else ()


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"


def _is_one_side(piece: Evidence, conflict: Conflict) -> bool:
    """Tell whether a quote holds one side alone: one that holds several names their sources itself."""
    return any(set(piece.labels) <= set(side) for side in conflict.sides)


def _inside(text: str) -> str:
    """Return a sentence as part of another: a first letter that begins a plain word becomes small."""
    first = text.split()[0]
    return text if any(letter.isupper() for letter in first[1:]) or not first.isalpha() else text[0].lower() + text[1:]


def not_found_text(gap: Gap | None, missing: str = "", whom: str = "") -> str:
    """Return the honest silence: what is missing and whom to ask."""
    if gap is not None:
        return f"Belum ada di sumber: {gap.missing}. Tanyakan kepada {gap.whom}."
    if missing:
        return f"Belum ada di sumber: {missing} yang Anda tanyakan. Tanyakan kepada {whom or WHOM}."
    return f"Belum ada di sumber yang saya punya. Tanyakan kepada {WHOM}."


OFF_TOPIC_TEXT = (
    "Pertanyaan ini di luar topik bantuan UEP, jadi saya tidak menjawabnya. "
    "Anda dapat bertanya tentang mekanisme, kriteria, penyaluran, data penerima atau usaha penerima UEP."
)
DECLINED_TEXT = (
    "Saya tidak dapat menetapkan atau menyetujui seseorang, mengarang isi dokumen, atau mengabaikan sumber. "
    f"Keputusan tetap pada tim verifikasi; untuk dokumen resmi hubungi {WHOM}."
)
MASKED_TEXT = "Data pribadi dalam pertanyaan Anda disamarkan dan tidak disimpan."
NEAREST_TEXT = "Yang terdekat di sumber, tetapi bukan jawabannya:"
