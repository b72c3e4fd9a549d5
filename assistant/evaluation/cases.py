"""Read the questions of an evaluation: one JSON object a line, with what a right answer must show."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import QuestionError
from assistant.evaluation import grade

TEXTS = ("id", "category", "question", "expect")
LISTS = ("facts", "must", "must_not", "history")


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what is expected of its answer, in the fields of the grader.

    `facts` are groups of labels, one of each group must be cited; `must` and `must_not` are patterns for the text.
    """

    id: str
    category: str
    question: str
    expect: str
    facts: tuple[tuple[str, ...], ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    history: tuple[dict[str, str], ...] = ()


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read the cases in `path`; raises QuestionError that names the file and the line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"Berkas pertanyaan {path} tidak dapat dibaca ({error}).") from None
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise QuestionError(f"Berkas {path.name} baris {number}: {_reason(error)}; perbaiki baris itu.") from None
        if case.id in cases:
            raise QuestionError(f"Berkas {path.name} baris {number}: id {case.id} sudah dipakai; beri id lain.")
        cases[case.id] = case
    if not cases:
        raise QuestionError(f"Berkas {path.name} tidak memuat pertanyaan; isi satu objek JSON tiap baris.")
    return tuple(cases.values())


def _case(values: Any) -> Case:
    if not isinstance(values, dict):
        raise TypeError("bukan objek JSON")
    for name in TEXTS:
        if not isinstance(values[name], str) or not values[name]:
            raise TypeError(f"isian {name} harus teks yang tidak kosong")
    for name in LISTS:
        if not isinstance(values.get(name, []), list):
            raise TypeError(f"isian {name} harus daftar")
    if values["expect"] not in grade.ALLOWED:
        raise ValueError(f"expect {values['expect']!r} tidak dikenal; pilih {', '.join(grade.ALLOWED)}")
    return Case(
        **{name: values[name] for name in TEXTS},
        facts=tuple(_texts("facts", group) for group in values.get("facts", [])),
        must=tuple(map(_pattern, _texts("must", values.get("must", [])))),
        must_not=tuple(map(_pattern, _texts("must_not", values.get("must_not", [])))),
        history=tuple(map(_turn, values.get("history", []))),
    )


def _texts(name: str, values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(f"isian {name} harus daftar teks" + (" di dalam daftar" if name == "facts" else ""))
    return tuple(values)


def _turn(values: Any) -> dict[str, str]:
    if not isinstance(values, dict):
        raise TypeError("isian history harus daftar objek dengan role dan content")
    return {"role": str(values["role"]), "content": str(values["content"])}


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"pola {text!r} bukan ungkapan reguler yang sah ({error})") from None
    return text


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"bukan JSON ({error.msg}, kolom {error.colno})"
    return f"isian {error.args[0]} tidak ada" if isinstance(error, KeyError) else str(error)
