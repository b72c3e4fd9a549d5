"""The child process that reads files: started with `python -m assistant.loading.worker`, fed with paths, killed when it hangs.

One JSON line a request (`path`, `member`, `name`, `limits`; `raw` instead of `path` for a table that stands on no disk), one
JSON line or more an answer. It gets no settings and no secrets, limits its own memory where the system can, and whatever a
parser raises becomes a failure with reason and remedy.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from assistant.loading.content import Content, Limits, ReadError, Tick
from assistant.loading.messages import content_values

Reader = Callable[[bytes, Limits, Tick], Content]

DAMAGED = ("rusak atau tidak lengkap", "Buka di aplikasi asalnya, simpan ulang, lalu ulangi.")
TOO_HEAVY = ("terlalu berat untuk dibaca", "Bagi menjadi beberapa berkas atau naikkan FILE_MEMORY_MB.")


def reader_of(form: str) -> Reader:
    """Return the reader of a format; its libraries are imported only now."""
    if form == "pdf":
        from assistant.loading.pdf import read_pdf

        return read_pdf
    if form == "gambar":
        from assistant.loading.picture import read_scan

        return read_scan
    if form == "docx":
        from assistant.loading.docx import read_docx

        return read_docx
    if form == "pptx":
        from assistant.loading.pptx import read_pptx

        return read_pptx
    if form in ("xlsx", "csv"):
        from assistant.loading.sheet import read_csv, read_xlsx

        return read_xlsx if form == "xlsx" else read_csv
    if form == "html":
        from assistant.loading.html import read_html

        return read_html
    from assistant.loading.text import read_plain

    return lambda raw, limits, tick: read_plain(raw, markdown=form == "markdown")


def main() -> int:
    """Answer requests until the parent closes the pipe."""
    answers = _own_output()
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        request = json.loads(line)
        limits = Limits(**request["limits"])
        _limit_memory(limits.memory_mb)
        for answer in _answers(request, limits, lambda done, total: _send(answers, {"page": done, "pages": total})):
            _send(answers, answer)
    return 0


def _answers(request: dict[str, Any], limits: Limits, tick: Tick) -> list[dict[str, Any]]:
    from assistant.loading.archive import member_bytes, members
    from assistant.loading.sniffing import checked_format

    name = request["name"]
    try:
        if "raw" in request:
            return [_cells(base64.b64decode(request["raw"]), name, Limits(**request["limits"]))]
        raw = Path(request["path"]).read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        if request.get("list"):
            found, refused = members(raw, limits)
            return [{"members": found, "refused": refused, "digest": digest}]
        if request.get("member"):
            raw = member_bytes(raw, request["member"], limits)
            name = request["member"]
            digest = hashlib.sha256(raw).hexdigest()
        _check_filled(raw)
        content = reader_of(checked_format(raw, name))(raw, limits, tick)
        return [{"content": content_values(content), "digest": digest}]
    except ReadError as error:
        return [{"failure": [str(error), error.remedy]}]
    except (MemoryError, RecursionError):
        return [{"failure": list(TOO_HEAVY), "worn": True}]
    except Exception:
        return [{"failure": list(DAMAGED)}]


def _cells(raw: bytes, name: str, limits: Limits) -> dict[str, Any]:
    from assistant.loading.cells import cells_of

    _check_filled(raw)
    return dict(cells_of(raw, name, limits))


def _check_filled(raw: bytes) -> None:
    if not raw.strip(b"\x00 \t\r\n"):
        raise ReadError("berkas kosong", "Isi berkas itu atau hapus.")


def _own_output() -> TextIO:
    """Return the pipe to the parent, and let everything that libraries print go nowhere."""
    pipe = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return pipe


def _limit_memory(megabytes: int) -> None:
    """Let the system refuse more memory than this; where it can't (Windows, macOS), the limit of time has to do."""
    try:
        import resource
    except ImportError:
        return
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = megabytes * 1_048_576
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):
        return


def _send(pipe: TextIO, values: dict[str, Any]) -> None:
    pipe.write(json.dumps(values) + "\n")
    pipe.flush()


if __name__ == "__main__":
    sys.exit(main())
