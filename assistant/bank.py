"""The command `items`: how many training questions the corpus gives, by topic and kind, and what is wrong with any."""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.settings import Settings
    from assistant.training.bank import Bank
    from assistant.training.items import Item


def add_items(commands: Any) -> None:
    """Add the command to the parser's `commands`."""
    items = commands.add_parser("items", help="periksa bank soal bimtek; keluar dengan 1 bila ada soal yang salah")
    items.add_argument("--report", action="store_true", help="dengan tabel topik dan jenis")
    items.add_argument("--json", action="store_true", help="cetak sebagai JSON")
    items.add_argument("--seed", type=int, default=0, metavar="S", help="benih acak untuk pengecoh, orang, dan --sample")
    items.add_argument("--sample", type=int, default=0, metavar="N", help="tampilkan N soal acak dengan kunci dan dasarnya")


def run_items(settings: Settings, options: argparse.Namespace) -> int:
    """Make the bank of the corpus, report on it, and return 1 when a written question or an item of the bank is faulty."""
    from assistant.knowledge.cases import read_cases
    from assistant.knowledge.stems import read_stems
    from assistant.reporting import gather
    from assistant.training.bank import make_bank

    folder = settings.corpus_dir
    material, stems = gather(folder), read_stems(folder)
    bank = make_bank(material, stems, read_cases(folder), seed=options.seed)
    stated = {label for passage in material.passages for label in passage.labels}
    absent = sorted({stem.label for stem in stems.questions} - stated)
    values = {**bank_values(bank, {stem.ask for stem in stems.questions}), "absent": absent}
    drawn = random.Random(options.seed).sample(bank.items, min(options.sample, len(bank.items)))
    if options.json:
        sample = {"sample": [item_values(item) for item in drawn]} if drawn else {}
        print(json.dumps({**values, "seed": options.seed, **sample}, ensure_ascii=False))
    else:
        table = _table(values) if options.report else ()
        said = f"Bank soal: {values['items']} soal, {values['faulty']} salah."
        print("\n".join([*table, said, *_faults(values), *_absent(absent), *_shown(drawn)]))
    return 1 if values["faulty"] else 0


def bank_values(bank: Bank, written: set[str]) -> dict[str, Any]:
    """Return the counts of a bank as JSON values.

    `faulty` are questions of items.yaml (`written`) that a check refuses: somebody must mend them. What the generators made
    and the checks refused is `refused`: it never reaches the bank.
    """
    faulty = [(item, found) for item, found in bank.refused if item.stem in written]
    return {
        "items": len(bank.items),
        "faulty": len(faulty),
        "topics": dict(sorted(Counter(item.topic for item in bank.items).items())),
        "kinds": dict(sorted(Counter(str(item.kind) for item in bank.items).items())),
        "refused": len(bank.refused) - len(faulty),
        "reasons": dict(sorted(Counter(str(fault) for _, found in bank.refused for fault in found).items())),
        "faults": [{"stem": item.stem, "label": item.anchor.label, "faults": [*map(str, found)]} for item, found in faulty],
    }


def item_values(item: Item) -> dict[str, Any]:
    """Return an item as JSON values, key and citations included."""
    return {
        "id": item.id,
        "kind": str(item.kind),
        "topic": item.topic,
        "stem": item.stem,
        "terms": list(item.terms),
        "options": [{"text": option.text, "why": option.why, "origin": option.origin} for option in item.options],
        "key": list(item.key),
        "reasons": [reason.text for reason in item.reasons],
        "reason": item.reason if item.reasons else None,
        "explanation": item.explanation,
        "citations": [
            {"label": anchor.label, "document": anchor.path, "quote": anchor.quote, "digest": anchor.digest}
            for anchor in item.anchors
        ],
    }


def _table(values: dict[str, Any]) -> Iterator[str]:
    for head, name in (("topik", "topics"), ("jenis", "kinds"), ("ditolak pemeriksaan", "reasons")):
        yield head
        yield from (f"  {part:<48}{number:>6}" for part, number in values[name].items())


def _faults(values: dict[str, Any]) -> Iterator[str]:
    yield from (f"{one['label']}: {', '.join(one['faults'])}: {one['stem']}" for one in values["faults"])


def _absent(labels: list[str]) -> Iterator[str]:
    if labels:
        yield f"Pertanyaan yang labelnya tidak ada lagi di dokumen: {', '.join(labels)}."


def _shown(items: list[Item]) -> Iterator[str]:
    for number, item in enumerate(items, 1):
        yield f"\n{number}. [{item.kind}; {item.topic}; {item.anchor.label or item.anchor.path}] {item.stem}"
        for ordinal, option in enumerate(item.options):
            sign = "*" if item.single and ordinal in item.key else " "
            yield f"   {sign} {chr(97 + ordinal)}. {option.text}"
        if not item.single:
            yield f"     kunci: {', '.join(chr(97 + ordinal) for ordinal in item.key)} {' | '.join(item.terms)}".rstrip()
        yield from (
            f"   {'*' if ordinal == item.reason else ' '} dasar: {reason.text}" for ordinal, reason in enumerate(item.reasons)
        )
        yield f"     {item.explanation}"
