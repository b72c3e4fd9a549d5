"""The texts that a model is given, from the files of `prompts/`. Read once."""

from __future__ import annotations

from functools import cache
from string import Template

from assistant.settings import ROOT

FOLDER = ROOT / "prompts"


@cache
def read_prompt(name: str) -> Template:
    """Return the prompt `prompts/NAME.txt` with its $placeholders."""
    return Template((FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip())


def wording_prompts() -> tuple[Template, Template]:
    """Return rules and data of model mode."""
    return read_prompt("kalimat-sistem"), read_prompt("kalimat-data")
