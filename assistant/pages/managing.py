"""Kelola: the ways to all pages for trainers and admins, with what waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Response

from assistant.access import Action, allowed, require
from assistant.office import Office
from assistant.pages.frame import AVisit, page


@dataclass(frozen=True, slots=True)
class Way:
    """A page, what it is for, and what waits there (empty: nothing)."""

    path: str
    name: str
    about: str
    badge: str = ""


def make_router(office: Office) -> APIRouter:
    """Return the page."""
    router = APIRouter()

    @router.get("/kelola")
    def managing(visit: AVisit) -> Response:
        require(visit.person, Action.TRAIN)
        waiting = office.unanswered.count(visit.person)
        every = office.standards.listed(visit.person)
        proposed = sum(shown.answer.state == "diajukan" for shown in every)
        due = sum(shown.answer.state == "disetujui" and not shown.stands for shown in every)
        counts = [f"{proposed} diajukan" if proposed else "", f"{due} perlu ditinjau" if due else ""]
        parts: list[tuple[str, tuple[Way, ...]]] = [
            (
                "Pertanyaan dan jawaban",
                (
                    Way(
                        "/pertanyaan",
                        "Pertanyaan belum terjawab",
                        "Yang ditanyakan petugas dan belum terjawab baik; surat dan bahan bimtek darinya",
                        f"{waiting} menunggu" if waiting else "",
                    ),
                    Way(
                        "/baku",
                        "Jawaban baku",
                        "Jawaban yang ditulis dan disetujui orang, dengan kutipan sumber",
                        ", ".join(count for count in counts if count),
                    ),
                    Way("/peta", "Peta kesenjangan sosialisasi", "Topik dan daerah mana yang perlu bimtek berikutnya"),
                    Way("/soal", "Bank soal", "Soal pelatihan: telaah, ubah, tarik"),
                ),
            )
        ]
        if allowed(visit.person, Action.MANAGE):
            parts.append(
                (
                    "Dokumen dan layanan",
                    (
                        Way("/dokumen", "Dokumen", "Unggah, terbitkan, ganti, tarik"),
                        Way("/pengguna", "Pengguna", "Akun, peran, tautan kata sandi, data pribadi"),
                        Way("/model", "Model bahasa", "Nyalakan, matikan, coba; berapa token dan detik"),
                        Way("/token", "Token API", "Kunci untuk program lain yang bertanya lewat API atau MCP"),
                        Way("/audit", "Catatan audit", "Siapa melakukan apa, kapan"),
                        Way("/sehat", "Kesehatan", "Keadaan sistem, perbaikan satu klik, cadangan"),
                    ),
                )
            )
        parts.append(("Bantuan", (Way("/panduan", "Panduan", "Cara memakai setiap halaman, langkah demi langkah"),)))
        return page(office, visit, "kelola.html", bagian=parts)

    return router
