"""What the person who sent a table must know of the reading: what was left out, masked or not understood. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from assistant.candidates.columns import Head, Use, shown

MOST_NAMED = 12
OWN_SHEETS = frozenset({"Petunjuk", "Pilihan"})
"""Sheets of the template that hold no candidates."""

_OF_COLUMNS: Mapping[Use, str] = {
    Use.NUMBER: "Kolom {0} memuat nomor pribadi: disamarkan seluruhnya, tidak ditampilkan, dan tidak ikut diekspor. "
    "Hapus kolom itu dari berkas Anda sebelum membagikannya.",
    Use.NAME: "Kolom {0} memuat nama: disingkirkan. Layar ini bekerja tanpa nama; pakai kolom «kode».",
    Use.PLACE: "Kolom {0} memuat alamat atau kelahiran: disingkirkan.",
    Use.TWICE: "Kolom {0} kembar dengan kolom lain; hanya yang pertama dibaca.",
    Use.UNKNOWN: "Kolom {0} tidak dikenal dan tidak dibaca.",
}


def notices_of(
    head: Head, *, masked: Sequence[int], keyless: Sequence[int], skipped: Sequence[int], others: Sequence[str]
) -> tuple[str, ...]:
    """Return one sentence for each thing: `masked`, `keyless` and `skipped` are numbers of rows, `others` names of sheets."""
    return tuple(_notices(head, masked, keyless, skipped, others))


def _notices(
    head: Head, masked: Sequence[int], keyless: Sequence[int], skipped: Sequence[int], others: Sequence[str]
) -> Iterator[str]:
    for use, sentence in _OF_COLUMNS.items():
        if heads := [column.head for column in head.columns if column.use is use]:
            yield sentence.format(quoted(heads))
    if masked:
        yield f"{len(masked)} sel memuat angka seperti nomor pribadi ({numbers(masked)}): disamarkan, dianggap belum diketahui."
    if keyless:
        yield (
            f"Kode pada {numbers(keyless)} tidak dipakai karena bukan kode pendek tanpa nama; nomor barisnya yang dipakai. "
            "Pakai kode seperti K-012."
        )
    if skipped:
        yield f"Tanpa jawaban, jadi dilewati: {numbers(skipped)}."
    if named := [shown(name) for name in others if name not in OWN_SHEETS]:
        yield f"Lembar {quoted(named)} tidak dibaca; satu lembar sekali periksa."


def quoted(names: Sequence[str]) -> str:
    """Return names in quotes, so many as fit."""
    listed = ", ".join(f"«{name}»" for name in names[:MOST_NAMED])
    return listed if len(names) <= MOST_NAMED else f"{listed} dan {len(names) - MOST_NAMED} lagi"


def numbers(rows: Sequence[int]) -> str:
    """Return numbers of rows in words, so many as fit."""
    each = list(dict.fromkeys(rows))
    listed = ", ".join(map(str, each[:MOST_NAMED]))
    return f"baris {listed}" if len(each) <= MOST_NAMED else f"baris {listed} dan {len(each) - MOST_NAMED} lagi"
