"""Measure what the check of worded sentences lets through: true rewordings of the corpus's statements and false ones.

    python benchmarks/invention.py [--statements 1000] [--seed 7] [--table]

True: the statement word for word, a tail or an aside left out, empty words and forms that say the same exchanged, abbreviations
for names, and how `facts.jsonl` and `items.yaml` say the same (written by people, freely). False: a figure, a name, a place or
a word exchanged, two figures or two names of the statement itself exchanged, the two sides of a comparison exchanged, an ingkar
put in, taken out or moved, wajib for boleh, a condition or a limit lost, "calon" and "rencana" lost, another statement's clause
put on, another statement in its place, and plain inventions. A mutation that leaves what was said as it was is not counted.
Prints how many of each kind pass; with --table also how many would with a less strict check.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.answering import grounding
from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence
from assistant.answering.grounding import Allowance
from assistant.answering.segments import tokens_of
from assistant.knowledge.stems import read_stems
from assistant.language import words
from assistant.reporting import gather
from assistant.settings import load_settings
from assistant.training.statements import Said, Statements
from benchmarks.mutations import FALSE, TRUE, Change


def passes(sentence: str, said: Said, shorten: Callable[[str], str]) -> bool:
    """Tell whether `sentence` would be shown with the statement as its quote."""
    start = said.passage.text.index(said.quote)
    piece = Evidence(said.passage, start, start + len(said.quote), said.labels, 1.0, 0.9, said.scope, said.status)
    kept, _ = check([DraftSentence(sentence, (0,), worded=True)], [piece], question="", shorten=shorten)
    return bool(kept)


def sentences(chosen: Sequence[Said]) -> Iterator[tuple[Said, str]]:
    """Yield each statement with the sentence that a model would give back: list signs taken off."""
    for said in chosen:
        text = re.sub(r"^\s*(?:[-*•]|\d+[.)])\s+", "", said.quote)
        if "\n" not in text and len(words(text)) >= 5:
            yield said, text


def measured(
    chosen: Sequence[tuple[Said, str]], shorten: Callable[[str], str], changes: dict[str, Change], seed: int, times: int
):
    """Return by kind how many sentences there were, how many passed, and up to three that did."""
    chance = random.Random(seed)
    others = [text for _, text in chosen]
    found: dict[str, list[tuple[bool, str, str]]] = defaultdict(list)
    for said, text in chosen:
        for kind, change in changes.items():
            for _ in range(times):
                new = change(text, chance, others)
                same = words(shorten(new)) == words(shorten(text))
                same |= kind in FALSE and tokens_of(shorten(new)) == tokens_of(shorten(text))  # another form of the same word
                if kind == "kata demi kata" or not same:
                    found[kind].append((passes(new, said, shorten), text, new))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--statements", type=int, default=1000)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N sentences of each kind that passed")
    parser.add_argument("--table", action="store_true", help="also with less strict checks")
    options = parser.parse_args(arguments)
    folder = load_settings().corpus_dir
    material = gather(folder)
    shorten = material.knowledge.glossary.shorten
    statements = Statements(material)
    all_said = list(statements.all)
    chosen = list(sentences(random.Random(options.seed).sample(all_said, min(options.statements, len(all_said)))))
    print(f"{len(chosen)} statements of {len(all_said)}, seed {options.seed}")
    print("True sentences that pass:")
    for kind, rows in measured(chosen, shorten, TRUE, options.seed, 1).items():
        _line(kind, rows, options.show and -options.show)
    free = [(s, f"{fact.text}") for fact in material.facts.values() for s in all_said if fact.label in s.labels]
    claims = [(s, f"{claim.text}.") for claim in read_stems(folder).claims for s in all_said if claim.label in s.labels]
    for kind, pairs in (("facts.jsonl, bebas", free), ("items.yaml, klaim", claims)):
        best: dict[str, bool] = defaultdict(bool)
        for said, text in pairs:
            best[text] |= passes(text, said, shorten)
        print(f"  {kind:34} {sum(best.values()):5} of {len(best):5}  {sum(best.values()) / max(1, len(best)):.3f}")
    print("False sentences that pass:")
    total = [0, 0]
    for kind, rows in measured(chosen, shorten, FALSE, options.seed, options.times).items():
        _line(kind, rows, options.show)
        total = [total[0] + sum(ok for ok, _, _ in rows), total[1] + len(rows)]
    print(f"  {'together':34} {total[0]:5} of {total[1]:5}  {total[0] / total[1]:.5f}")
    if options.table:
        _table(chosen, shorten, options.seed)
    return 0


def _line(kind: str, rows: Sequence[tuple[bool, str, str]], show: int) -> None:
    passed = sum(ok for ok, _, _ in rows)
    print(f"  {kind:34} {passed:5} of {len(rows):5}  {passed / len(rows):.4f}")
    for _, text, new in [row for row in rows if row[0] is (show > 0)][: abs(show)]:
        print(f"      {text}\n   -> {new}")


def _table(chosen: Sequence[tuple[Said, str]], shorten: Callable[[str], str], seed: int) -> None:
    print("words of its own / words lost inside a segment: true pass, false pass")
    whole = grounding.STRICT
    try:
        for own in (0, 1, 2):
            for lost in (0, 1, 2):
                grounding.STRICT = Allowance(own, lost)
                rates = []
                for changes in (TRUE, FALSE):
                    rows = [row for kind in measured(chosen[:300], shorten, changes, seed, 1).values() for row in kind]
                    rates.append(sum(ok for ok, _, _ in rows) / len(rows))
                print(f"  {own} / {lost}: {rates[0]:.3f}, {rates[1]:.4f}")
    finally:
        grounding.STRICT = whole


if __name__ == "__main__":
    sys.exit(main())
