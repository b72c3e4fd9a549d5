"""Case decisions: one fact about a candidate, and what it means by criteria.yaml. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from assistant.criteria import Verdict, verdict
from assistant.knowledge.cases import CaseBook
from assistant.knowledge.criteria import UNKNOWN, Criterion, CriterionOutcome
from assistant.training.casting import Role, cast_role, told
from assistant.training.choices import shuffled
from assistant.training.items import Item, ItemKind, Option, identified
from assistant.training.statements import Statements

MEANINGS: Mapping[CriterionOutcome, str] = {
    CriterionOutcome.MET: "Butir ini sesuai; lanjutkan memeriksa butir lain",
    CriterionOutcome.PREFERRED: "Termasuk yang didahulukan; asesmen lapangan tetap perlu",
    CriterionOutcome.NOT_PREFERRED: "Di luar yang didahulukan, tetapi belum tentu ditolak",
    CriterionOutcome.UNMET: "Butir ini tidak sesuai; sampaikan dasarnya ke tim verifikasi",
    CriterionOutcome.EVIDENCE: "Belum bisa dinilai; lengkapi bukti atau datanya dulu",
    CriterionOutcome.UNREGULATED: "Aturannya belum ditemukan; tanyakan ke Dinsos, jangan menolak",
}
_NEIGHBOURS: Mapping[CriterionOutcome, tuple[CriterionOutcome, ...]] = {
    CriterionOutcome.MET: (CriterionOutcome.UNMET, CriterionOutcome.EVIDENCE, CriterionOutcome.UNREGULATED),
    CriterionOutcome.PREFERRED: (CriterionOutcome.NOT_PREFERRED, CriterionOutcome.UNREGULATED, CriterionOutcome.UNMET),
    CriterionOutcome.NOT_PREFERRED: (CriterionOutcome.UNMET, CriterionOutcome.PREFERRED, CriterionOutcome.UNREGULATED),
    CriterionOutcome.UNMET: (CriterionOutcome.MET, CriterionOutcome.EVIDENCE, CriterionOutcome.UNREGULATED),
    CriterionOutcome.EVIDENCE: (CriterionOutcome.MET, CriterionOutcome.UNMET, CriterionOutcome.UNREGULATED),
    CriterionOutcome.UNREGULATED: (CriterionOutcome.MET, CriterionOutcome.UNMET, CriterionOutcome.EVIDENCE),
}
_ASKS = (
    "Apa artinya bagi usulan UEP Kaltim {nama}?",
    "Apa yang Anda catat untuk butir ini?",
    "Bagaimana Anda menilai butir ini dalam lembar kriteria UEP Kaltim?",
    "Apa langkah Anda pada butir ini?",
)
_PLACES = {"ikn": ("Sepaku",)}
_AGES = {"muda": (17, 19), "lansia": (66, 76), "belum-menikah-pelajar": (19, 23), "bukan-pensiunan-guru-bersertifikat": (58, 66)}
_SKIPPED = (CriterionOutcome.UNRELATED,)


def decisions(statements: Statements, book: CaseBook, seed: int) -> Iterator[Item]:
    """Yield one item for each answer of a criterion that has a phrase; who, where and how much differ by seed."""
    for criterion in statements.material.knowledge.criteria:
        for answer in criterion.answers:
            phrase = book.phrases.get(f"{criterion.id}/{answer.id}")
            found = verdict(criterion, answer.id)
            if phrase and answer.id != UNKNOWN and found.outcome not in _SKIPPED:
                item = _decision(statements, book, criterion, found, phrase, seed)
                if item is not None:
                    yield item


def _decision(
    statements: Statements, book: CaseBook, criterion: Criterion, found: Verdict, phrase: str, seed: int
) -> Item | None:
    draw = random.Random(f"{seed}:{criterion.id}/{found.answer.id}")
    named = [label for label in found.labels if label in statements.by_label]
    gaps = [label for label in named if label.startswith("C-")]
    label = gaps[0] if gaps and found.outcome is CriterionOutcome.UNREGULATED else next(iter(named), None)
    anchor = statements.anchor(label, found.text) if label else None
    if anchor is None:
        return None
    age = draw.randint(*_AGES.get(found.answer.id, _AGES.get(criterion.id, (27, 52))))
    role = cast_role(book.cast, draw, _person(criterion.id, found.answer.id, draw), age, _PLACES.get(found.answer.id, ()))
    role = role.holding(book.cast, draw, {criterion.id: found.answer.id})
    others = [Option(MEANINGS[one], f"Menurut sumber: {found.text}") for one in _NEIGHBOURS[found.outcome]]
    stem = f"{_opening(role)} {told(phrase, role)} {draw.choice(_ASKS).format(nama=role.name)}"
    options = (Option(MEANINGS[found.outcome]), *others)
    return identified(shuffled(Item("", ItemKind.CASE, "kriteria", stem, options, (0,), found.text, (anchor,)), draw))


def _opening(role: Role) -> str:
    return f"{role.name}, {role.age} tahun, tinggal di {role.place}, ingin diusulkan menerima UEP Kaltim."


def _person(criterion: str, answer: str, draw: random.Random) -> str:
    return (
        answer if criterion == "perorangan" and answer in ("perempuan", "laki-laki") else draw.choice(("perempuan", "laki-laki"))
    )
