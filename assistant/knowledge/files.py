"""Read the YAML and JSONL files of a corpus; each fault is a CorpusError naming the file and the place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import CorpusError

try:
    from yaml import CSafeLoader as YamlLoader
except ImportError:  # a PyYAML without its C part reads the same, slower
    from yaml import SafeLoader as YamlLoader  # type: ignore[assignment]


def read_yaml(path: Path) -> Any:
    """Return the content of a YAML file, or None when the file is absent."""
    if not path.is_file():
        return None
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=YamlLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = "" if line is None else f" baris {line + 1}"
        raise CorpusError(f"Berkas {path.name}{where} tidak dapat dibaca sebagai YAML UTF-8; perbaiki lalu ulangi.") from None


def read_mapping(path: Path) -> dict[str, dict[str, Any]]:
    """Return a YAML file that maps names to mappings; absent is empty."""
    values = read_yaml(path)
    if values is None:
        return {}
    if not isinstance(values, dict) or not all(isinstance(value, dict) for value in values.values()):
        raise CorpusError(f"Berkas {path.name} harus berupa nama: {{...}} untuk setiap entri.")
    return {str(name): value for name, value in values.items()}


def read_list(path: Path) -> list[dict[str, Any]]:
    """Return a YAML file that is a list of mappings; absent is empty."""
    values = read_yaml(path)
    if values is None:
        return []
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise CorpusError(f"Berkas {path.name} harus berupa daftar entri.")
    return values


def read_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the line number and the object of each line of a JSONL file; absent is empty."""
    if not path.is_file():
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CorpusError(f"Berkas {path.name} bukan UTF-8; simpan ulang dengan pengodean UTF-8.") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except ValueError:
            raise CorpusError(f"Berkas {path.name} baris {number} bukan JSON yang benar.") from None
        if not isinstance(value, dict):
            raise CorpusError(f"Berkas {path.name} baris {number} harus berupa objek JSON.")
        yield number, value
