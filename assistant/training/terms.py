"""Terms of the field: match each with its meaning, or name the one that a meaning describes. Pure."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from assistant.knowledge.glossary import Term
from assistant.training.choices import explained, shuffled
from assistant.training.items import Anchor, Item, ItemKind, Option, identified
from assistant.training.statements import Said, Statements, content, coverage

PAIRS = 4
BORNE_OUT = 0.55
"""From so much of a meaning on, the statement that uses the term is cited for it; below, the glossary alone is."""

_DULL = re.compile(
    "Jamu|Laundry|Gorengan|Kuliner|Peternakan|Jahit-menjahit|Perikanan|Kemasan|Pemasaran|Musyawarah|Kuitansi|Distribusi|Penyaluran"
    "|Pencairan|Potongan|Sanksi|Proposal|Anggaran|Kadis|Kabid|Kades|Swadaya|Modal usaha|Alat kerja|Bahan baku"
)
"""Everyday words whose meaning nobody has to learn."""

_SORTS = (
    r"Bantuan|Program|Kredit|Pemberian|Layanan Kemensos",
    r"Orang|Petugas|Relawan|Tokoh|Keluarga yang|Pegawai|Perempuan|Jabatan|Pihak|Sebutan",
    r"Basis data|Data |Aplikasi|Kanal|Laman|Sistem|Kelompok keluarga|Urutan|Daftar|Salah satu bahan|Mencocokkan|Memperbarui"
    r"|Dua menu",
    r"Surat|Naskah|Catatan|Laporan|Rincian|Pedoman|Keputusan|Izin|Kartu|Dokumen|Identitas|Tanda|Keterangan|Perjanjian|Kesepahaman"
    r"|Petunjuk",
    r"Dinas|Lembaga|Kementerian|Perangkat|Unit|Badan|Bidang|Organisasi|Wadah|Pengawas|Layanan kesejahteraan|Kelompok warga",
    r"Keadaan|Kejadian|Penilaian|Pemeriksaan|Pengesahan|Gabungan|Musyawarah|Pertemuan|Pelatihan|Pemantauan|Kegiatan|Datang|Cara"
    r"|Usaha bersama|Penyerahan|Pemakaian|Keluarnya|Pembukaan|Menyerahkan|Laporan warga|Pertemuan",
    r"Anggaran|Batas|Uang|Jumlah|Seluruh|Titik|Perbandingan|Alat|Bahan|Peralatan|Rencana uang|Masa",
)
"""What a meaning is of, by its first words: terms are told apart from others of their sort, not from just anything."""

FEWEST_WORDS = 5
"""A meaning of fewer words fits more than one term."""

GLOSSARY = "glossary.yaml"


def terms(statements: Statements, seed: int) -> Iterator[Item]:
    """Yield matches of four terms, then a choice for each meaning that a statement bears out."""
    learned = [
        term
        for term in statements.material.knowledge.glossary.terms
        if term.meaning and not _DULL.fullmatch(term.term) and not _told(term)
    ]
    anchors = {term.term: _anchor(statements, term) for term in learned}
    draw = random.Random(f"{seed}:istilah")
    for sort in range(len(_SORTS)):
        members = [term for term in learned if _sort(term) == sort]
        yield from _matches(members, anchors, draw)
        for term in members:
            if anchors[term.term].label and (others := _others(term, members, draw)):
                yield _named(term, others, anchors[term.term], draw)


def _told(term: Term) -> bool:
    """Tell whether the meaning repeats the term, or most of what the term abbreviates."""
    meaning = content(term.meaning or "")
    return bool(content(term.term) & meaning) or bool(term.expansion and coverage(content(term.expansion), meaning) >= 0.6)


def _sort(term: Term) -> int:
    return next((n for n, words in enumerate(_SORTS) if re.match(words, term.meaning or "")), -1)


def _matches(members: Sequence[Term], anchors: dict[str, Anchor], draw: random.Random) -> Iterator[Item]:
    """Yield items of four terms whose meanings differ; each term stands in one of them."""
    left = draw.sample(members, len(members))
    while left:
        group: list[Term] = []
        for term in left:
            if all(_apart(term, other) for other in group):
                group.append(term)
            if len(group) == PAIRS:
                break
        if len(group) < PAIRS:
            return
        left = [term for term in left if term not in group]
        yield _match(group, anchors, draw)


def _match(group: Sequence[Term], anchors: dict[str, Anchor], draw: random.Random) -> Item:
    cited = tuple(dict.fromkeys(anchors[term.term] for term in group))
    pairs = "; ".join(f"{term.term}: {term.meaning}" for term in group)
    item = Item(
        id="",
        kind=ItemKind.MATCH,
        topic="istilah",
        stem="Pasangkan setiap istilah dengan artinya.",
        options=tuple(Option(_meaning(term)) for term in group),
        key=tuple(range(len(group))),
        explanation=pairs,
        anchors=cited,
        terms=tuple(term.term for term in group),
    )
    return identified(shuffled(item, draw))


def _named(term: Term, others: Sequence[Term], anchor: Anchor, draw: random.Random) -> Item:
    meaning = _meaning(term).rstrip(".")
    asked = f"Istilah apa yang dimaksud: «{meaning[:1].lower() + meaning[1:]}»?"
    options = (Option(term.term), *(Option(other.term, f"{other.term}: {other.meaning}") for other in others))
    item = Item("", ItemKind.CHOICE, "istilah", asked, options, (0,), f"{term.term}: {meaning}. {explained(anchor)}", (anchor,))
    return identified(shuffled(item, draw))


def _others(term: Term, members: Sequence[Term], draw: random.Random) -> Sequence[Term]:
    """Return three neighbouring terms: like in meaning but not the same, none standing in the question."""
    asked = content(_meaning(term))
    apart = [other for other in members if other is not term and _apart(term, other) and not content(other.term) & asked]
    near = sorted(apart, key=lambda other: (-len(content(_meaning(other)) & asked), other.term))
    unfit = len(near) < 3 or len(asked) < FEWEST_WORDS or content(term.term) & asked
    return () if unfit else draw.sample(near[:6], 3)


def _meaning(term: Term) -> str:
    """Return the meaning without the part that says where else the term occurs."""
    return re.split(r"; (?:di Kaltim|dahulu|di sebagian)", term.meaning or "")[0].rstrip(".") + "."


def _apart(first: Term, second: Term) -> bool:
    one, two = content(_meaning(first)), content(_meaning(second))
    crossed = content(first.term) & two or content(second.term) & one
    return len(one & two) / max(1, min(len(one), len(two))) < 0.5 and not crossed


def _anchor(statements: Statements, term: Term) -> Anchor:
    """Return the valid statement that uses the term and says what it means, else the entry of the glossary."""
    meaning = content(_meaning(term))
    name = re.compile(rf"(?<!\w){re.escape(term.term)}(?!\w)", re.I)

    def worth(said: Said) -> tuple[float, int]:
        return (coverage(meaning, said.stems), -len(said.quote))

    using = [said for said in statements.valid if term.term.lower() in said.quote.lower() and name.search(said.quote)]
    best = max(using, key=worth, default=None)
    if best is not None and worth(best)[0] >= BORNE_OUT:
        return statements.cite(best, best.labels[0])
    return Anchor("", GLOSSARY, f"{term.term}: {term.meaning}", "Daftar istilah", "umum")
