"""One training question as a form: how an answer comes back from it, how the chat is asked about it. For `soal.html`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.errors import InputError
from assistant.training.items import Anchor, Item, ItemKind
from assistant.training.scoring import Response
from assistant.wording import scope_name

_SHOWN = re.compile(r"(?:Urutan yang benar: .*?\. )?Dasarnya: «.*?» \((?:[^()]|\([^()]*\))*\)\.?", re.S)


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


def to_fields(item: Item, response: Response) -> dict[str, str]:
    """Return the fields from which `read_response` reads this answer."""
    if item.kind is ItemKind.ORDER:
        return {f"langkah-{option}": str(place) for place, option in enumerate(response.chosen, 1)}
    if item.kind is ItemKind.MATCH:
        return {f"pasangan-{term}": str(option) for term, option in enumerate(response.chosen)}
    chosen = {"pilih": str(response.chosen[0])}
    return chosen if response.reason is None else {**chosen, "alasan": str(response.reason)}


def chat_question(item: Item) -> str:
    """Return what one would ask in the chat about an item: its question, the claim it judges, its terms, steps or figure."""
    claim = item.stem.partition("«")[2].partition("»")[0].rstrip(".")
    if item.kind is ItemKind.MATCH:
        return f"Apa arti {', '.join(item.terms[:-1])} dan {item.terms[-1]}?"
    if item.kind is ItemKind.ORDER:
        return f"Bagaimana urutan langkah {item.stem.partition(': ')[2].rstrip('.')}?"
    if item.kind is ItemKind.TRUE_FALSE and claim:
        plain = claim[1:2].islower()
        return f"Benarkah {claim[0].lower() if plain else claim[0]}{claim[1:]}?"
    if item.kind is ItemKind.FIGURE and claim:
        return f"{claim.replace('…', 'berapa')}?"
    return item.stem.replace("Apa yang Anda catat untuk butir ini?", "Apa artinya bagi usulannya?")


def remark(item: Item) -> str:
    """Return what the explanation says beyond the key and the quote, which are shown beside it."""
    return "" if item.kind is ItemKind.MATCH else _SHOWN.sub("", item.explanation).strip()


def source_words(anchor: Anchor) -> str:
    """Return scope and status of a citation as people read them."""
    return f"{scope_name(anchor.scope)} · {anchor.status}"


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
