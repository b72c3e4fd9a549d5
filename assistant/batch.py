"""Answer a file of questions: one JSON line each, in the format of `assistant/evaluation/grade.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError, SettingsError
from assistant.lines import answer_line
from assistant.service import Assistant
from assistant.types import Answer, Status, Turn


def answer_file(assistant: Assistant, questions: Path, out: Path, *, quote_only: bool = False) -> int:
    """Answer each line of `questions` (`id`, `question`, `history`) into `out`; returns how many.

    A question that can't be taken gets a line with status `failed`. Raises QuestionError for an unreadable file.
    """
    try:
        entries = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise QuestionError(f"Berkas {questions} tidak dapat dibaca sebagai JSONL ({error}).") from None
    lines = [json.dumps(answer_entry(assistant, entry, quote_only=quote_only), ensure_ascii=False) + "\n" for entry in entries]
    out.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def answer_entry(assistant: Assistant, entry: Mapping[str, Any], *, quote_only: bool = False) -> dict[str, Any]:
    """Answer one entry (`id`, `question`, `history`) as a line; a question that can't be taken gets the status `failed`."""
    history = tuple(Turn(turn["role"], turn["content"]) for turn in entry.get("history") or ())
    try:
        answer = assistant.ask(str(entry.get("question", "")), history=history, quote_only=quote_only)
    except QuestionError as error:
        answer = Answer(str(entry.get("question", "")), Status.FAILED, str(error))
    return answer_line(answer, assistant.label, identity=entry.get("id"))


MODES = ("kutipan", "model")


def is_quote_only(assistant: Assistant, mode: str | None) -> bool:
    """Tell whether a command is to answer by quotation; without a `mode` a model words the answers where one is set.

    Raises SettingsError when the model is asked for and none is set.
    """
    if mode == "model" and assistant.writer is None:
        raise SettingsError("Tidak ada model: atur MODEL_URL dan MODEL_NAME, atau pakai --mode kutipan.")
    return mode == "kutipan"
