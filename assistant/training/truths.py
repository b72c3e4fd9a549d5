"""True or false with the deciding sentence: true claims as written, false ones from the wrong beliefs of the field. Pure."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from assistant.knowledge.stems import Claim, Stems
from assistant.training.choices import explained
from assistant.training.items import Item, ItemKind, Option, identified
from assistant.training.statements import Said, Statements, content, coverage
from assistant.training.topics import topic_of, topics_by_label
from assistant.training.wording import ABSOLUTE, DANGLING, PAST_OR_PLANNED
from assistant.types import BlockKind, Validity

TRUE, FALSE = "Benar", "Salah"
LONGEST_REASON = 260
BEARING = 0.15
"""A sentence that holds more of the words of a claim could be said to decide it as well."""

NEAREST = 10
"""From so many sentences on the same theme the two that do not bear on a claim are drawn."""

_FRAMES = (
    "Dalam sosialisasi{about}, seorang warga berkata: «{claim}.» Benar atau salah, dan kalimat mana dasarnya?",
    "Seorang rekan menulis di grup{about}: «{claim}.» Benar atau salah, dan kalimat mana dasarnya?",
    "Peserta bimtek{about} menyimpulkan: «{claim}.» Benar atau salah, dan kalimat mana dasarnya?",
)
_PLACED = re.compile(
    r"Kaltim|UEP|KUBE|WRSE|Dinsos|Paser|Kutai|Kukar|Berau|Bontang|Mahakam|Mahulu|PPU|Pergub|Balikpapan|Samarinda"
)
_NAMED_FORUM = r"\1forum Dinsos Kaltim 22 Oktober 2025"
_FORUM = re.compile(r"\b([Bb]erita )?forum(?! Dinsos)(?! Konsultasi)\b")


def truths(statements: Statements, stems: Stems, seed: int) -> Iterator[Item]:
    """Yield true and false claims in about equal number; one false claim a label, drawn by seed.

    A belief with a word such as `hanya` or `pasti` is left out: whoever knows nothing would call it false.
    """
    known = topics_by_label(stems)
    by_label: dict[str, list[str]] = {}
    for premise in statements.material.knowledge.premises.values():
        if not ABSOLUTE.search(premise.text):
            by_label.setdefault(premise.label, []).append(premise.text)
    draw = random.Random(f"{seed}:salah")
    beliefs = [Claim(label, draw.choice(texts)) for label, texts in by_label.items()]
    folders: dict[str, list[Said]] = defaultdict(list)
    for said in statements.all:
        if usable(said) and not said.labels[0].startswith("C-"):
            folders[_folder(said)].append(said)
    right = [item for claim in stems.claims if (item := _truth(statements, claim, known, TRUE, seed, folders))]
    wrong = (
        item for claim in draw.sample(beliefs, len(beliefs)) if (item := _truth(statements, claim, known, FALSE, seed, folders))
    )
    yield from right
    yield from islice(wrong, len(right) * 5 // 4)


def _folder(said: Said) -> str:
    return said.path.partition("/")[0]


def _truth(
    statements: Statements, claim: Claim, known: Mapping[str, str], verdict: str, seed: int, folders: Mapping[str, Sequence[Said]]
) -> Item | None:
    said = statements.best(claim.label, claim.text)
    if said is None or not usable(said) or not _told(said, claim.text):
        return None
    draw = random.Random(f"{seed}:{claim.label}:{claim.text}")
    others = _neighbours(folders[_folder(said)], said, claim.text, draw)
    if len(others) < 2:
        return None
    reasons = [said.quote, *(other.quote for other in others)]
    order = list(range(len(reasons)))
    draw.shuffle(order)
    anchor = statements.cite(said, claim.label)
    frame = draw.choice(_FRAMES)
    return identified(
        Item(
            id="",
            kind=ItemKind.TRUE_FALSE,
            topic=topic_of(said, claim.label, known),
            stem=frame.format(
                claim=_FORUM.sub(r"\1forum Dinsos Kaltim 22 Oktober 2025", claim.text), about=_about(said, claim.text)
            ),
            options=(Option(TRUE), Option(FALSE)),
            key=(0 if verdict == TRUE else 1,),
            explanation=explained(anchor),
            anchors=(anchor,),
            reasons=tuple(Option(reasons[n]) for n in order),
            reason=order.index(0),
        )
    )


def _about(said: Said, claim: str) -> str:
    """Return what a claim about Kaltim is about where it doesn't say so itself."""
    return " tentang UEP Kaltim" if said.program == "uep-kaltim" and not _PLACED.search(claim) else ""


def usable(said: Said) -> bool:
    """Tell whether a statement can be shown alone as a sentence: no list, no gap, not too long."""
    alone = said.kind is BlockKind.PARAGRAPH and not DANGLING.search(said.quote)
    return alone and len(said.quote) <= LONGEST_REASON and not said.path.startswith("celah/")


def _told(said: Said, claim: str) -> bool:
    """Tell whether a claim about another time or place says so itself."""
    if not said.here:
        return bool(content(claim) & content(said.passage.headings[0] if said.passage.headings else "")) or bool(
            re.search(r"\b(?:Banten|Serang|Parepare|Kaltara|Kalteng|Kaltim|Jawa Timur|Padang|Sulsel|Garut|DIY)\b", claim)
        )
    return said.status is Validity.BERLAKU or bool(PAST_OR_PLANNED.search(claim))


def _neighbours(folder: Sequence[Said], said: Said, claim: str, draw: random.Random) -> Sequence[Said]:
    """Return two sentences of the same sort of document that do not bear on the claim."""
    common = content("UEP Kaltim Kalimantan Timur Dinsos menurut laporan forum bansos penerima 2025 Oktober Mei Juni")
    about = content(claim) - common
    own = content(said.quote) - common
    found = [
        other
        for other in folder
        if not set(other.labels) & set(said.labels)
        and coverage(about, other.stems) <= BEARING
        and coverage(own, other.stems) <= 0.3
        and 0.4 * len(said.quote) <= len(other.quote) <= 2.2 * len(said.quote)
    ]
    theme = content(f"{said.context} {said.quote}")
    nearest = sorted(found, key=lambda other: (-len(other.shown & theme), other.path, other.quote))[:NEAREST]
    picked: list[Said] = []
    for other in draw.sample(nearest, len(nearest)):
        if not any(set(other.labels) & set(one.labels) or other.quote == one.quote for one in picked):
            picked.append(other)
        if len(picked) == 2:
            break
    return picked
