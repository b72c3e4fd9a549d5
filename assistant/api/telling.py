"""What does not fit, in our words: fields are named, values never repeated. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FIELDS = {
    "question": "pertanyaan sebagai teks, paling banyak 10.000 huruf",
    "scope": "semua, kaltim, atau nasional",
    "conversation": "`conversation` dari jawaban sebelumnya, atau kosong",
    "path": "`path` dari daftar dokumen",
}
"""What may be sent. A name that is not here was made up by whoever sent it, and may be a number of a person."""

BODY = "isi permintaan (objek JSON yang sah, dengan content-type application/json)"
UNKNOWN = "isian yang tidak dikenal"
FAILED = "Permintaan ini gagal karena gangguan; coba lagi. Bila terulang, beri tahu pengelola."
STATUSES = {
    400: "Isi permintaan tidak dapat dibaca; kirim JSON yang sah dalam UTF-8.",
    404: "Alamat API ini tidak ada; semua alamat tertulis di panduan API.",
    405: "Alamat API ini tidak menerima cara itu; panduan API menyebut GET atau POST untuk tiap alamat.",
}
UNANSWERABLE = "Permintaan ini tidak dapat dilayani; cocokkan dengan panduan API."

MISSHAPEN, UNSUPPORTED_VERSION = -32600, -32022
PROTOCOL = {
    -32700: "Isi permintaan bukan JSON yang sah.",
    MISSHAPEN: "Permintaan MCP ini tidak sesuai bentuknya; kirim satu permintaan JSON-RPC dengan accept: application/json.",
    -32601: "Metode MCP ini tidak ada di sini; pakai tools/list dan tools/call.",
    -32602: "Isian permintaan MCP ini tidak sesuai bentuknya; bentuk argumen alat disebut tools/list.",
    -32603: FAILED,
    -32020: "Header MCP permintaan ini tidak cocok dengan isinya.",
    UNSUPPORTED_VERSION: "Versi protokol MCP ini tidak dikenal; yang dikenal disebut di data.supported.",
}
"""By the codes of JSON-RPC and MCP, which programs go by; other codes are told like a request that is misshapen."""


def misfits(errors: Iterable[Mapping[str, Any]]) -> str:
    """Return which fields do not fit, from pydantic's errors whose `loc` begins with the field's name."""
    told = dict.fromkeys(_misfit(error["type"], error["loc"]) for error in errors)
    return f"Isian tidak sesuai: {'; '.join(sorted(told))}."


def protocol_error(content: bytes, status: int) -> bytes:
    """Return an answer of the MCP library with its error told in our words; any other answer as it is."""
    try:
        values = json.loads(content)
    except ValueError:
        values = {}
    values = values if isinstance(values, dict) else {}
    if "error" not in values and status < 400:
        return content
    found = values.get("error", {})
    code = found.get("code", MISSHAPEN)
    error: dict[str, Any] = {"code": code, "message": PROTOCOL.get(code, PROTOCOL[MISSHAPEN])}
    if code == UNSUPPORTED_VERSION:
        error["data"] = {"supported": found["data"]["supported"]}
    return json.dumps({"jsonrpc": "2.0", "id": values.get("id"), "error": error}, ensure_ascii=False).encode()


def _misfit(kind: str, place: Sequence[int | str]) -> str:
    if kind == "json_invalid" or not place:
        return BODY
    name = str(place[0])
    return f"{name} ({FIELDS[name]})" if name in FIELDS else UNKNOWN
