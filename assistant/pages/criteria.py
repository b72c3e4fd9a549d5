"""Cek Kriteria: one candidate by a form whose result has an address of its own, or a table of candidates without names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile

from assistant.candidates.form import form_groups
from assistant.candidates.paper import ASIDE_HEAD, GROUP_HEADS, criteria_paper
from assistant.candidates.query import read_query, write_query
from assistant.candidates.reading import table_of
from assistant.candidates.results import NAME as RESULTS
from assistant.candidates.results import results_bytes
from assistant.candidates.sheet import CriteriaSheet, criteria_sheet
from assistant.candidates.steps import SIMULATION, STANDING_SIGNS, STANDING_WORDS, STEP_WORDS, short
from assistant.candidates.table import CandidateTable
from assistant.candidates.template import NAME as TEMPLATE
from assistant.candidates.template import template_bytes
from assistant.course import Course
from assistant.criteria import judge
from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, download, go, page
from assistant.sheets.docx import docx_bytes
from assistant.sheets.pdf import pdf_bytes
from assistant.wording import DECISION

WORDS: dict[str, Any] = {
    "keputusan": DECISION,
    "simulasi": SIMULATION,
    "kata": STANDING_WORDS,
    "tanda": STANDING_SIGNS,
    "langkah": STEP_WORDS,
    "judul_kelompok": GROUP_HEADS,
    "judul_samping": ASIDE_HEAD,
    "pendek": short,
}
NO_FILE = "Pilih berkas .xlsx atau .csv dahulu."
OPEN_ROWS = 30
"""Longer tables come with their groups closed: a telephone lays them out only when they are opened."""


def make_router(office: Office) -> APIRouter:
    """Return the pages of Cek Kriteria."""
    router = APIRouter(prefix="/kriteria")

    def sheet_of(request: Request) -> CriteriaSheet:
        course = office.assistant.course()
        asked = read_query(course.criteria, request.query_params.multi_items())
        verdicts = judge(course.criteria, asked.answers)
        return criteria_sheet(course.criteria, verdicts, course.statements, at=datetime.now(UTC), snapshot=snapshot_of(course))

    def tabled(visit: Visit, *, status: int = 200, wrong: str = "", table: CandidateTable | None = None) -> Response:
        values: dict[str, Any] = {"salah": wrong, "tabel": table, "batas_terbuka": OPEN_ROWS}
        return page(office, visit, "kriteria_tabel.html", status=status, **WORDS, **values)

    @router.get("")
    def form(request: Request, visit: AVisit) -> Response:
        criteria = office.assistant.course().criteria
        asked = read_query(criteria, request.query_params.multi_items())
        groups = form_groups(criteria, asked.answers)
        return page(office, visit, "kriteria.html", **WORDS, kelompok=groups, dijawab=asked.answers)

    @router.get("/hasil")
    def result(request: Request, visit: AVisit) -> Response:
        criteria = office.assistant.course().criteria
        asked = read_query(criteria, request.query_params.multi_items())
        query = write_query(criteria, asked.answers)
        if not asked.strange and request.url.query != query:
            return go(f"/kriteria/hasil?{query}" if query else "/kriteria/hasil")
        return page(office, visit, "kriteria_hasil.html", **WORDS, lembar=sheet_of(request), asing=asked.strange)

    @router.get("/hasil.pdf")
    def pdf(request: Request, visit: AVisit) -> Response:
        return download(pdf_bytes(criteria_paper(sheet_of(request))), "cek-kriteria.pdf")

    @router.get("/hasil.docx")
    def docx(request: Request, visit: AVisit) -> Response:
        return download(docx_bytes(criteria_paper(sheet_of(request))), "cek-kriteria.docx")

    @router.get("/templat.xlsx")
    def template(visit: AVisit) -> Response:
        return download(template_bytes(office.assistant.course().criteria, at=datetime.now(UTC)), TEMPLATE)

    @router.get("/tabel")
    def table_form(visit: AVisit) -> Response:
        return tabled(visit)

    @router.post("/tabel")
    def table(
        visit: AVisit, berkas: Annotated[UploadFile | None, File()] = None, token: Text = "", hasil: Text = "layar"
    ) -> Response:
        check_form(office, visit, token)
        course = office.assistant.course()
        try:
            if berkas is None or not berkas.filename:
                raise InputError(NO_FILE)
            found = table_of(berkas.file.read(), berkas.filename, course.criteria)
        except InputError as error:
            return tabled(visit, status=400, wrong=str(error))
        if hasil == "xlsx":
            content = results_bytes(found, course.statements, at=datetime.now(UTC), snapshot=snapshot_of(course))
            return download(content, RESULTS)
        return tabled(visit, table=found)

    return router


def snapshot_of(course: Course) -> str:
    """Return the snapshot that a course was made from; its id also names what was withdrawn since."""
    return course.id.partition("|")[0]
