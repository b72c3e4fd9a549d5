"""The short English frame around Indonesian quotes: the outcome, where it applies, the figures named, what is not said.

Everything in it is borne out by the quotes and their labels; figures stay as the source writes them. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.checking import DraftSentence
from assistant.answering.evidence import Evidence
from assistant.answering.outcome import Outcome
from assistant.times import YEAR
from assistant.types import Gap, Status, Validity

WHOM = "the poverty unit (PFM) of Dinsos Kaltim or the Dinsos of the regency or city"
HEADS = {
    Status.ANSWERED: "The source says (in Indonesian):",
    Status.PARTIAL: "The sources answer this only in part (in Indonesian):",
    Status.CORRECTED: "Compare what the question takes for granted with the source (in Indonesian):",
    Status.CONFLICTING: "The sources disagree; both are shown (in Indonesian):",
}
ELSEWHERE = "This is practice of another region, not a rule of East Kalimantan."
STANCE = "Name both with their dates and ask Dinsos before using either."
PLACES = {"kaltim": "East Kalimantan", "nasional": "all of Indonesia"}
STANDING = {Validity.RENCANA: "still a plan", Validity.USANG: "an old scheme or rule", Validity.DICABUT: "a revoked rule"}

OFF_TOPIC_TEXT = (
    "This question is outside the subject of UEP aid, so it is not answered. "
    "You can ask about the process, criteria, delivery, recipient data or businesses of UEP."
)
DECLINED_TEXT = (
    "Nobody can be selected or approved here, no document invented and no source set aside. "
    f"The verification team decides; for official documents ask {WHOM}."
)
MASKED_TEXT = "Personal data in your question was masked and is not kept."
NEAREST_TEXT = "Nearest in the sources, but not an answer (in Indonesian):"

_WORDS = {"ribu": "thousand", "juta": "million", "miliar": "billion", "triliun": "trillion", "persen": "per cent"}
_WORDS |= {"orang": "people", "penerima": "recipients", "keluarga": "families", "kelompok": "groups", "hari": "days"}
_WORDS |= {"bulan": "months", "tahun": "years", "kecamatan": "districts", "desa": "villages"}
_WORDS |= {"kabupaten/kota": "regencies or cities", "kabupaten": "regencies"}
_MONTHS = {"januari": "January", "februari": "February", "maret": "March", "april": "April", "mei": "May", "juni": "June"}
_MONTHS |= {"juli": "July", "agustus": "August", "september": "September", "oktober": "October", "november": "November"}
_MONTHS |= {"desember": "December"}
_NUMBER = r"\d+(?:[.,]\d+)*"
_NAMED = re.compile(
    rf"(?:\d{{1,2}} )?(?:{'|'.join(_MONTHS)}) (?:19|20)\d\d|"
    rf"(?:Rp ?)?{_NUMBER}(?: ?(?:[–-]|sampai|hingga) ?(?:Rp ?)?{_NUMBER})?"
    rf"(?: (?:ribu|juta|miliar|triliun))?(?: ?%| (?:{'|'.join(_WORDS)})\b)?",
    re.I,
)
MOST_NAMED = 4


def draft(outcome: Outcome) -> tuple[DraftSentence, ...]:
    """Return the sentences of an answer to an English question: the frame in English, the quotes as they stand."""
    evidence = outcome.evidence
    if not evidence:
        return ()
    sentences = [DraftSentence(ELSEWHERE if outcome.remark == "lain" else HEADS.get(outcome.status, HEADS[Status.ANSWERED]))]
    for index, piece in enumerate(evidence):
        sentences.append(DraftSentence(piece.quote, (index,), quoted=True))
        if index == 0 or piece.scope != evidence[index - 1].scope:
            sentences.append(DraftSentence(_about(piece), (index,)))
    if outcome.conflict is not None:
        sentences.append(DraftSentence(STANCE))
    if outcome.status is Status.PARTIAL:
        sentences.append(DraftSentence(f"No source says the rest; ask {WHOM}."))
    return tuple(sentences)


def not_found_text(gap: Gap | None, missing: str = "", whom: str = "") -> str:
    """Return the honest silence in English; what is missing is named in Indonesian, as the list of gaps has it."""
    what = gap.missing if gap is not None else missing
    named = f" Missing (in Indonesian): {what}." if what else ""
    return f"No source says this.{named} Ask {gap.whom if gap is not None else whom or WHOM}."


def _about(piece: Evidence) -> str:
    """Return where a quote applies, what is to be known of it, and the figures and dates that it names."""
    whole, _, regency = piece.scope.partition("/")
    place = regency.replace("-", " ").title() or PLACES.get(whole, "")
    parts = [f"Applies to {place}" if place else "An example of another place" if whole == "daerah-lain" else ""]
    parts.append(STANDING.get(piece.status, "for a time that is over" if piece.past else ""))
    named = _figures(piece.quote)
    parts.append(f"it names {', '.join(named)}" if named else "")
    text = "; ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else "See the source for where it applies."


def _figures(quote: str) -> Sequence[str]:
    """Return the figures and dates of a quote with their units in English, but years; none when they are too many to tell."""
    text = re.sub(r"^\s*\d+[.)]\s", "", quote, flags=re.M)
    named = dict.fromkeys(_translated(match[0]) for match in _NAMED.finditer(text))
    telling = [figure for figure in named if not YEAR.fullmatch(figure)]
    return telling if len(telling) <= MOST_NAMED else []


def _translated(figure: str) -> str:
    words = {**_WORDS, **_MONTHS, "sampai": "to", "hingga": "to"}
    return re.sub(r"[a-z/]+", lambda match: words.get(match[0].lower(), match[0]), figure, flags=re.I)
