"""Admin → Dokumen: upload, confirm the card, publish, watch the job, withdraw, history. And the originals, for who may ask."""

from __future__ import annotations

import mimetypes
from collections import Counter
from typing import Annotated

from fastapi import APIRouter, File, Response, UploadFile
from fastapi.responses import FileResponse

from assistant.documents import card_values
from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, go, page
from assistant.types import Kind, Validity

OPENED = frozenset({"application/pdf", "text/plain"})
"""Kinds that a browser shows; everything else is downloaded: a page inside the corpus must not run in ours."""
CARD_FIELDS = ("title", "kind", "scope", "program", "status", "valid_from", "valid_to")


def make_router(office: Office) -> APIRouter:
    """Return the pages of the documents; each use case checks the role itself."""
    router = APIRouter(prefix="/dokumen")
    documents = office.documents

    def listed(visit: Visit, *, status: int = 200, wrong: str = "", done: str = "") -> Response:
        waiting = [(item, card_values(item.document.card) if item.document else {}) for item in documents.waiting(visit.person)]
        values = {"menunggu": waiting, "kartu": documents.cards(visit.person), "pekerjaan": documents.job(visit.person)}
        quoting = Counter(path for path, _ in office.standards.quoting(visit.person))
        choices = {"baku": quoting, "jenis": list(Kind), "status_pilihan": list(Validity), "mb": office.settings.file_mb}
        return page(office, visit, "dokumen.html", status=status, salah=wrong, kabar=done, **values, **choices)

    @router.get("")
    def overview(visit: AVisit) -> Response:
        return listed(visit)

    @router.post("/unggah")
    def upload(visit: AVisit, berkas: Annotated[list[UploadFile] | None, File()] = None, token: Text = "") -> Response:
        check_form(office, visit, token)
        chosen = [(file.filename or "", file.file) for file in berkas or () if file.filename]
        taken, refused = documents.upload(visit.person, chosen)
        if not chosen:
            refused = ["Pilih berkas dahulu."]
        done = f"{len(taken)} berkas diterima. Periksa keterangannya di bawah, lalu terbitkan." if taken else ""
        return listed(visit, status=400 if refused else 200, wrong=" ".join(refused), done=done)

    @router.post("/terbit/{identity}")
    def publish(
        visit: AVisit,
        identity: str,
        token: Text = "",
        title: Text = "",
        kind: Text = "",
        scope: Text = "",
        program: Text = "",
        status: Text = "",
        valid_from: Text = "",
        valid_to: Text = "",
        ganti: Text = "",
    ) -> Response:
        check_form(office, visit, token)
        values = zip(CARD_FIELDS, (title, kind, scope, program, status, valid_from, valid_to), strict=True)
        try:
            documents.publish(visit.person, identity, {name: value.strip() for name, value in values}, replaces=ganti)
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return go("/dokumen/pekerjaan")

    @router.post("/buang/{identity}")
    def discard(visit: AVisit, identity: str, token: Text = "") -> Response:
        check_form(office, visit, token)
        documents.discard(visit.person, identity)
        return go("/dokumen")

    @router.get("/pekerjaan")
    def job(visit: AVisit) -> Response:
        job = documents.job(visit.person)
        due = office.standards.due() if job is not None and job.state == "selesai" else 0
        return page(office, visit, "pekerjaan.html", pekerjaan=job, tinjau=due)

    @router.post("/pekerjaan/batal")
    def cancel(visit: AVisit, token: Text = "") -> Response:
        check_form(office, visit, token)
        documents.cancel(visit.person)
        return go("/dokumen/pekerjaan")

    @router.post("/perbarui")
    def refresh(visit: AVisit, token: Text = "") -> Response:
        check_form(office, visit, token)
        documents.refresh(visit.person)
        return go("/dokumen/pekerjaan")

    @router.post("/tarik")
    def withdraw(visit: AVisit, token: Text = "", path: Text = "", yakin: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            if yakin != "ya":
                raise InputError("Centang kotak persetujuan dahulu; dokumen belum ditarik.")
            documents.withdraw(visit.person, path)
        except InputError as error:
            return listed(visit, status=400, wrong=str(error))
        return go("/dokumen/pekerjaan")

    @router.get("/riwayat")
    def history(visit: AVisit, path: str = "") -> Response:
        versions = documents.history(visit.person, path)
        touched = office.standards.touching(visit.person, path) if path else ()
        return page(office, visit, "versi.html", versi=versions, path=path, salah="", baku=touched)

    @router.post("/pulihkan")
    def restore(visit: AVisit, token: Text = "", versi: Text = "") -> Response:
        check_form(office, visit, token)
        documents.restore(visit.person, versi)
        return go("/dokumen/pekerjaan")

    @router.post("/kembali")
    def roll_back(visit: AVisit, token: Text = "") -> Response:
        check_form(office, visit, token)
        identity = documents.roll_back(visit.person)
        return listed(visit, done=f"Jawaban sekarang memakai indeks {identity}. Ingest berikutnya memakai berkas yang ada lagi.")

    @router.get("/halaman")
    def picture(visit: AVisit, path: str, halaman: int, kutipan: str = "") -> Response:
        content = documents.picture(path, halaman, kutipan)
        return Response(content, media_type="image/png", headers={"cache-control": "private, max-age=3600"})

    @router.get("/asli/{path:path}")
    def original(visit: AVisit, path: str) -> Response:
        file = documents.original(path)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        shown = kind in OPENED
        return FileResponse(
            file,
            media_type=kind if shown else "application/octet-stream",
            filename=file.name,
            content_disposition_type="inline" if shown else "attachment",
        )

    return router
