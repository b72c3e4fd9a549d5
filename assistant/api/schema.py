"""The shapes of the API, as its documentation shows them; a test holds them equal to what `assistant.lines` makes."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Cakupan(StrEnum):
    """Dokumen mana yang dipakai."""

    SEMUA = "semua"
    KALTIM = "kaltim"
    NASIONAL = "nasional"


class Shape(BaseModel):
    """A shape without room for more."""

    model_config = ConfigDict(extra="forbid")


class Cari(Shape):
    """Yang dicari."""

    question: str = Field(description="Pertanyaan dalam bahasa Indonesia; nomor pribadi disamarkan", min_length=1)
    scope: Cakupan = Field(Cakupan.SEMUA, description="Dokumen mana yang dipakai")


class Tanya(Cari):
    """Pertanyaan, dan percakapan yang dilanjutkannya."""

    conversation: str | None = Field(None, description="`conversation` jawaban sebelumnya; kosong: yang baru", max_length=80)


class Sumber(Shape):
    """Terbitan asli sebuah pernyataan."""

    title: str
    publisher: str
    date: str
    locator: str | None
    url: str | None


class Kutipan(Shape):
    """Kalimat yang dikutip persis, dan tempatnya."""

    number: int = Field(description="Nomor [n] di dalam teks jawaban")
    document: str
    title: str
    section: list[str]
    page: str | None
    quote: str
    labels: list[str]
    scope: str
    sources: list[Sumber]


class Temuan(Shape):
    """Bagian dokumen yang ditemukan, dengan nilainya."""

    passage: str
    labels: list[str]
    score: float


class TemuanLengkap(Temuan):
    """Bagian dokumen yang ditemukan, dengan tempat dan kalimatnya."""

    document: str
    title: str
    section: list[str]
    page: str | None
    sentences: list[str]


class Jawaban(Shape):
    """Jawaban dari kutipan; `status` `not_found` berarti sumber tidak memuatnya.

    `mode` `kutipan`: seluruhnya kutipan. `mode` `model`: dirangkai model bahasa, setiap kalimat sudah dicocokkan dengan kutipan.
    """

    id: str | None
    question: str
    status: str = Field(description="answered, partial, corrected, conflicting, not_found, off_topic, declined, failed")
    text: str
    mode: str
    citations: list[Kutipan]
    retrieved: list[Temuan]
    seconds: dict[str, float]
    masked: list[str] = Field(description="Jenis data pribadi yang disamarkan dari pertanyaan")
    approval: dict[str, Any] | None = Field(description="Siapa yang menyetujui, bila ini jawaban baku")
    conversation: str | None


class Pencarian(Shape):
    """Yang ditemukan, terbaik dahulu."""

    question: str
    kept: list[TemuanLengkap]


class Dokumen(Shape):
    """Kartu sebuah dokumen."""

    path: str
    title: str
    kind: str
    scope: str
    program: str
    status: str
    valid_from: str | None
    valid_to: str | None
    reviewed: str | None
    guessed: list[str]


class Kalimat(Shape):
    """Satu kalimat dengan label pernyataannya."""

    text: str
    labels: list[str]


class Bagian(Shape):
    """Satu bagian dokumen."""

    id: str
    document: str
    section: list[str]
    page: str | None
    sentences: list[Kalimat]


class Label(Shape):
    """Yang diketahui tentang sebuah pernyataan (`B-…`)."""

    id: str
    scope: str
    program: str
    status: str
    confidence: str
    sources: list[Sumber]


class Celah(Shape):
    """Yang tidak dimuat sumber mana pun (`C-…`)."""

    id: str
    missing: str
    whom: str
    searched: str


class Galat(Shape):
    """Yang tidak dapat dikerjakan, dan jalan keluarnya."""

    detail: str
