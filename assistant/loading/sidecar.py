"""The card of a file that has no room for front matter: `juknis.pdf` has it in `juknis.pdf.yaml` beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from assistant.durable import write
from assistant.loading.card import FIELDS, CardError


def sidecar_of(file: Path) -> Path:
    """Return where the card of a file stands."""
    return file.with_name(f"{file.name}.yaml")


def write_card(file: Path, values: Mapping[str, object]) -> None:
    """Write the card of a file, whole or not at all; values that are no field of a card are left out."""
    known = {name: values[name] for name in FIELDS if name in values}
    write(sidecar_of(file), yaml.safe_dump(known, allow_unicode=True, sort_keys=False).encode())


def remove_card(file: Path) -> None:
    """Delete the card of a file, if it has one."""
    sidecar_of(file).unlink(missing_ok=True)


def read_card(file: Path) -> tuple[dict[str, object], bytes]:
    """Return what the sidecar of a file says, and its bytes; nothing when there is none. Raises CardError for a broken one."""
    beside = sidecar_of(file)
    if not beside.is_file():
        return {}, b""
    raw = beside.read_bytes()
    try:
        values = yaml.safe_load(raw.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError):
        raise CardError(f"{beside.name} bukan YAML yang benar", "Perbaiki atau hapus berkas itu.") from None
    if values is None:
        return {}, raw
    if not isinstance(values, dict):
        raise CardError(f"{beside.name} tidak berisi nama dan nilai", f"Isi dengan {', '.join(FIELDS)}.")
    return {str(name): value for name, value in values.items()}, raw
