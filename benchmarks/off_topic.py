"""Where "off topic" begins: best cosines of general questions and of field questions. `python benchmarks/off_topic.py`

General questions come from `../shared/models/general-qa.json.xz` (the command says so when it is absent). Field questions are
stored ones, each asked with its own label taken out of the stored questions, so that it is new to the index.
"""

from __future__ import annotations

import json
import lzma
import random
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
GENERAL = ROOT.parent / "shared" / "models" / "general-qa.json.xz"
EACH = 600


def main() -> int:
    """Print, for several bounds, the share of general and of field questions below them, with and without words of the field."""
    if not GENERAL.is_file():
        print(f"{GENERAL} is absent: general questions are needed.")
        return 1
    from assistant.encoding import load_encoder
    from assistant.index.reader import SnapshotReader
    from assistant.index.vocabulary import whole_words
    from assistant.language import stems
    from assistant.settings import SHIPPED_ENCODER, load_settings
    from assistant.spelling import Spelling

    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    snapshot = SnapshotReader(settings.index_dir, signature=encoder.signature).current()
    chooser = random.Random(7)
    with lzma.open(GENERAL, "rt", encoding="utf-8") as file:
        general = [(row["q"], "") for row in chooser.sample(json.load(file), EACH)]
    stored = snapshot.knowledge.questions
    field = [(chooser.choice(stored[label]), label) for label in chooser.choices(sorted(stored), k=EACH)]

    def cosine(question: str, own: str) -> float:
        vector = encoder.embed_query(question)
        found = [value for _, value in snapshot.dense.nearest("kalimat", vector, count=1)]
        asked = snapshot.dense.nearest("pertanyaan", vector, count=40)
        return max([*found, *(value for label, value in asked if label != own)])

    glossary = snapshot.knowledge.glossary
    texts = (" ".join([p.document.title, *p.headings, p.text]) for p in snapshot.passages.values())
    documents = Spelling(texts, spoken={word.lower() for word in whole_words(SHIPPED_ENCODER / "tokenizer.json")})
    askers: dict[str, set[str]] = defaultdict(set)
    for label, asked in stored.items():
        for stem in stems(" ".join(asked)):
            askers[stem].add(label)

    def is_foreign(question: str, own: str) -> bool:
        lone = documents.foreign(glossary.rewrite(snapshot.spelling.repair(question)))
        return any(not any(askers[stem] - {own} for stem in stems(word)) for word in lone)

    for name, questions in (("general", general), ("field", field)):
        values = np.array([cosine(question, own) for question, own in questions])
        foreign = np.array([is_foreign(question, own) for question, own in questions])
        inside = np.array([snapshot.knowledge.glossary.in_field(question) for question, _ in questions])
        print(
            f"{name}: {len(values)} questions, {inside.mean():.1%} hold a word of the field, {foreign.mean():.1%} a foreign one"
        )
        for bound in (0.50, 0.54, 0.56, 0.57, 0.58, 0.59, 0.60, 0.62):
            outside = (values[~inside] < bound).mean() if (~inside).any() else float("nan")
            within = (values[inside] < bound).mean() if inside.any() else float("nan")
            alien = (values[~inside & foreign] < bound).sum() / (~inside).sum()
            print(
                f"  below {bound:.2f}: without such a word {outside:.1%} ({alien:.1%} with a foreign one), with one {within:.1%}"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
