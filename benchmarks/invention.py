"""Measure what the check of worded sentences lets through: true rewordings of the corpus's statements and false ones.

    python benchmarks/invention.py [--statements 1000] [--seed 7] [--table]

True: the statement word for word, forms that say the same exchanged, signs and figures written otherwise, a list as one
sentence, and how `facts.jsonl` and `items.yaml` say the same (written by people, freely). False: what `benchmarks/mutations.py`
names, from a figure changed to a comma moved, and the statement alone where its quote says more around it or beside it (a
neighbour that denies it, a lead, a question mark, a tail). Many of these are harmless in one statement and false in another; all
must be dropped. A mutation that leaves the text as it was is not counted. Prints how many of each kind pass, exit status 1 when a
false one does; with --table also how many would with less strict checks.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.answering.checking import DraftSentence, check
from assistant.answering.evidence import Evidence
from assistant.answering.grounding import one_line, tokens_of
from assistant.knowledge.stems import read_stems
from assistant.language import words
from assistant.reporting import gather
from assistant.settings import load_settings
from assistant.training.statements import Said, Statements
from benchmarks.mutations import AROUND, BESIDE, FALSE, TRUE, Change

Rows = list[tuple[bool, str, str]]
_SAME = (
    *("sudah telah", "setiap tiap", "sesudah setelah", "tidak tak", "bila jika apabila", "mendapat memperoleh mendapatkan"),
    *("adalah ialah merupakan", "yaitu yakni", "tetapi tapi", "berupa berbentuk", "hanya cuma"),
)
_FORM = {word: group.split()[0] for group in _SAME for word in group.split()}


def passes(sentence: str, said: Said, shorten: Callable[[str], str], *, quote: str = "") -> bool:
    """Tell whether `sentence` would be shown with the statement, or `quote` in its place, as its quote."""
    passage = replace(said.passage, text=quote or said.quote)
    piece = Evidence(passage, 0, len(passage.text), said.labels, 1.0, 0.9, said.scope, said.status)
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
) -> dict[str, Rows]:
    """Return by kind each sentence with whether it passed, the statement and what became of it."""
    chance = random.Random(seed)
    others = [text for _, text in chosen]
    found: dict[str, Rows] = defaultdict(list)
    for said, text in chosen:
        for kind, change in changes.items():
            for _ in range(times):
                new = change(text, chance, others)
                if kind == "kata demi kata" or _bare(shorten(new)) != _bare(shorten(text)):
                    found[kind].append((passes(new, said, shorten), text, new))
    return found


def alone(chosen: Sequence[tuple[Said, str]], shorten: Callable[[str], str]) -> dict[str, Rows]:
    """Return by kind how the statement alone fares where its quote says more around it or beside it."""
    found: dict[str, Rows] = defaultdict(list)
    for said, text in chosen:
        bare = text.rstrip(".")
        beside = [("kalimat tetangga membantah", frame.format(text)) for frame in BESIDE]
        around = [("bagian lain kutipan membatasi", frame.format(bare)) for frame in AROUND]
        for kind, quote in (*beside, *around):
            found[kind].append((passes(text, said, shorten, quote=quote), quote, text))
    return found


def _bare(text: str) -> str:
    """Return `text` without what says nothing: blanks, capitals, the full stop, the form of a word that has two."""
    return re.sub(r"\w+", lambda match: _FORM.get(match[0], match[0]), " ".join(text.lower().split()).rstrip(" ."))


def lists(all_said: Sequence[Said]) -> Iterator[tuple[Said, str]]:
    """Yield each list with the one sentence that says it."""
    for said in all_said:
        if "\n" in said.quote:
            text = re.sub(r"\s*[;,.]?\n(?:[-*•]|\d+[.)])\s+", "; ", said.quote)
            yield said, text.replace(":; ", ": ")


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
    listed = [(passes(text, said, shorten), said.quote, text) for said, text in lists(all_said)]
    _line("daftar dalam satu kalimat", listed, options.show and -options.show)
    free = [(s, f"{fact.text}") for fact in material.facts.values() for s in all_said if fact.label in s.labels]
    claims = [(s, f"{claim.text}.") for claim in read_stems(folder).claims for s in all_said if claim.label in s.labels]
    for kind, pairs in (("facts.jsonl, bebas", free), ("items.yaml, klaim", claims)):
        best: dict[str, bool] = defaultdict(bool)
        for said, text in pairs:
            best[text] |= passes(text, said, shorten)
        print(f"  {kind:34} {sum(best.values()):5} of {len(best):5}  {sum(best.values()) / max(1, len(best)):.3f}")
    print("False sentences that pass:")
    total = [0, 0]
    false = measured(chosen, shorten, FALSE, options.seed, options.times) | alone(chosen, shorten)
    for kind, rows in false.items():
        _line(kind, rows, options.show)
        total = [total[0] + sum(ok for ok, _, _ in rows), total[1] + len(rows)]
    print(f"  {'together':34} {total[0]:5} of {total[1]:5}  {total[0] / total[1]:.5f}")
    if options.table:
        _table(false, shorten)
    return 1 if total[0] else 0


def _line(kind: str, rows: Sequence[tuple[bool, str, str]], show: int) -> None:
    passed = sum(ok for ok, _, _ in rows)
    print(f"  {kind:34} {passed:5} of {len(rows):5}  {passed / len(rows):.4f}")
    for _, text, new in [row for row in rows if row[0] is (show > 0)][: abs(show)]:
        print(f"      {text}\n   -> {new}")


def _table(false: dict[str, Rows], shorten: Callable[[str], str]) -> None:
    """Print how many false sentences would pass if the named tokens were free."""
    print("False sentences that would pass if these could come and go:")
    for name, free in (("comma", ","), ("all signs", ", : ; ( ) / - \" '"), ("yang", "yang"), ("dan", "dan"), ("juga", "juga")):
        left = frozenset(free.split())

        def form(text: str, left: frozenset[str] = left) -> list[str]:
            return [token for token in tokens_of(shorten(one_line(text))) if token not in left]

        rows = [(form(text) == form(new)) for kind in false.values() for _, text, new in kind]
        print(f"  {name:34} {sum(rows):5} of {len(rows):5}  {sum(rows) / len(rows):.5f}")


if __name__ == "__main__":
    sys.exit(main())
