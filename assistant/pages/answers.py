"""One answer by itself: to check, print, share and judge. Only its owner sees it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.conversations import REASONS
from assistant.errors import InputError
from assistant.gate import Visit
from assistant.ledger import Entry
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, download, page
from assistant.sharing import share_text
from assistant.sheets.docx import docx_bytes
from assistant.sheets.paper import Paper, proof_paper
from assistant.sheets.pdf import pdf_bytes
from assistant.sheets.values import proof_sheet


def make_router(office: Office) -> APIRouter:
    """Return the pages of an answer."""
    router = APIRouter(prefix="/jawaban")

    def shown(visit: Visit, entry: Entry, *, status: int = 200, wrong: str = "", done: str = "") -> Response:
        values = {"entry": entry, "lembar": proof_sheet(entry), "teks": share_text(entry), "alasan": REASONS}
        return page(office, visit, "jawaban.html", status=status, salah=wrong, kabar=done, **values)

    @router.get("/{identity}")
    def answer(visit: AVisit, identity: str) -> Response:
        return shown(visit, office.conversations.entry(visit.person, identity))

    def paper(visit: Visit, identity: str) -> Paper:
        return proof_paper(proof_sheet(office.conversations.entry(visit.person, identity)))

    @router.get("/{identity}/bukti.pdf")
    def pdf(visit: AVisit, identity: str) -> Response:
        return download(pdf_bytes(paper(visit, identity)), "lembar-bukti.pdf")

    @router.get("/{identity}/bukti.docx")
    def docx(visit: AVisit, identity: str) -> Response:
        return download(docx_bytes(paper(visit, identity)), "lembar-bukti.docx")

    @router.post("/{identity}/nilai")
    def rate(
        visit: AVisit, identity: str, token: Text = "", membantu: Text = "", alasan: Text = "", komentar: Text = ""
    ) -> Response:
        check_form(office, visit, token)
        entry = office.conversations.entry(visit.person, identity)
        try:
            if membantu not in ("ya", "tidak"):
                raise InputError("Pilih dahulu: membantu atau tidak membantu.")
            helpful = membantu == "ya"
            entry = office.conversations.rate(visit.person, identity, helpful=helpful, reason=alasan, comment=komentar)
        except InputError as error:
            return shown(visit, entry, status=400, wrong=str(error))
        return shown(visit, entry, done="Penilaian Anda tersimpan. Terima kasih.")

    return router
