"""One training question as a form: how an answer comes back from it. The templates are `soal.html`. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.errors import InputError
from assistant.training.items import Item, ItemKind
from assistant.training.scoring import Response

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read_response(item: Item, fields: Mapping[str, str]) -> Response:
    """Return the answer that a form holds.

    Fields: `pilih` (ordinal of an option) and for true/false `alasan` (ordinal of a reason); `langkah-N` (place of option N, from
    1); `pasangan-N` (ordinal of the meaning of term N). Raises InputError, saying what is missing, for an incomplete answer.
    """
    if item.kind is ItemKind.ORDER:
        return Response(item.id, _ordered(item, fields))
    if item.kind is ItemKind.MATCH:
        return Response(item.id, _matched(item, fields))
    chosen = _ordinal(fields.get("pilih", ""), len(item.options))
    if chosen is None:
        raise InputError("Pilih satu jawaban dahulu.")
    reason = _ordinal(fields.get("alasan", ""), len(item.reasons)) if item.reasons else None
    if item.reasons and reason is None:
        raise InputError("Pilih juga kalimat yang menjadi dasarnya.")
    return Response(item.id, (chosen,), reason)


def _ordered(item: Item, fields: Mapping[str, str]) -> tuple[int, ...]:
    count = len(item.options)
    places = [_ordinal(fields.get(f"langkah-{number}", ""), count + 1) for number in range(count)]
    if None in places or 0 in places:
        raise InputError("Beri nomor pada setiap langkah.")
    if len(set(places)) != count:
        raise InputError("Satu nomor dipakai dua kali; beri tiap langkah nomor yang berbeda.")
    return tuple(sorted(range(count), key=lambda number: places[number] or 0))


def _matched(item: Item, fields: Mapping[str, str]) -> tuple[int, ...]:
    found = [_ordinal(fields.get(f"pasangan-{number}", ""), len(item.options)) for number in range(len(item.terms))]
    if None in found:
        raise InputError("Pilih arti untuk setiap istilah.")
    if len(set(found)) != len(found):
        raise InputError("Satu arti dipakai dua kali; beri tiap istilah arti yang berbeda.")
    return tuple(number for number in found if number is not None)


def _ordinal(value: str, count: int) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 4 and int(value) < count else None
