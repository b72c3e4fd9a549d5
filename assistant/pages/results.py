"""Results of a bimtek, and every paper that comes of it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.bimtek import results_of, session_of
from assistant.errors import InputError
from assistant.office import Office
from assistant.pages.frame import AVisit, attached, page
from assistant.pages.hall import joining
from assistant.sheets.attendance import Attendee, attendance_pdf
from assistant.sheets.certificate import Certificate
from assistant.sheets.certificate_pdf import certificate_pdf
from assistant.sheets.charts import confusion_chart, distribution_chart, topic_chart
from assistant.sheets.numbers import change, decimal, mark, percent
from assistant.sheets.outline import outline
from assistant.sheets.questions import QuestionSheet, question_sheet
from assistant.sheets.questions_docx import answer_key_docx, question_sheet_docx
from assistant.sheets.questions_pdf import answer_key_pdf, question_sheet_pdf
from assistant.sheets.slides import slides_pptx
from assistant.sheets.workbook import results_xlsx
from assistant.training.items import TOPICS
from assistant.training.scoring import score
from assistant.training.sittings import Participant, Sitting, Test

EMPTY_ROWS = 10
"""Rows on the attendance sheet for those who come without a phone."""


def make_router(office: Office) -> APIRouter:
    """Return the pages; each use case checks the role and the owner itself."""
    router = APIRouter()
    bimtek = office.bimtek

    @router.get("/bimtek/{identity}/hasil")
    def results_page(visit: AVisit, identity: str) -> Response:
        state = bimtek.running(visit.person, identity)
        found = results_of(state)
        charts = [distribution_chart(found), topic_chart(found), *(confusion_chart(test) for test in found.tests if test.people)]
        words: dict[str, Any] = {"nilai": mark, "ubah": change, "persen": percent, "desimal": decimal}
        return page(office, visit, "hasil.html", sesi=state.sitting, hasil=found, diagram=charts, **words)

    @router.get("/bimtek/{identity}/hasil.xlsx")
    def workbook(visit: AVisit, identity: str) -> Response:
        return attached(results_xlsx(results_of(bimtek.running(visit.person, identity))), "hasil-bimtek.xlsx")

    @router.get("/bimtek/{identity}/daftar-hadir.pdf")
    def attendance(visit: AVisit, identity: str) -> Response:
        state = bimtek.running(visit.person, identity)
        people = [Attendee(one.number, one.name, one.kabupaten, one.joined) for one in state.participants]
        return attached(attendance_pdf(session_of(state.sitting), people, empty=EMPTY_ROWS), "daftar-hadir.pdf")

    @router.get("/bimtek/{identity}/sertifikat.pdf")
    def all_certificates(request: Request, visit: AVisit, identity: str) -> Response:
        state = bimtek.running(visit.person, identity)
        earned = [one for one in state.participants if one.certificate]
        if not earned:
            raise InputError("Belum ada sertifikat: sertifikat diberikan saat sesi diakhiri, kepada peserta post-test.")
        answers = {attempt.person: attempt for attempt in state.after}
        made = [certificate(request, state.sitting, one, answers.get(one.id)) for one in earned]
        return attached(certificate_pdf(made), "sertifikat-semua.pdf")

    @router.get("/ikut/{code}/{identity}/sertifikat.pdf")
    def own_certificate(request: Request, visit: AVisit, code: str, identity: str) -> Response:
        seat = office.attending.seat(identity)
        if seat.sitting.code != code or not seat.participant.certificate:
            raise InputError("Sertifikat diberikan saat sesi diakhiri, kepada peserta yang mengerjakan post-test.")
        return attached(certificate_pdf([certificate(request, seat.sitting, seat.participant, seat.after)]), "sertifikat.pdf")

    def certificate(request: Request, sitting: Sitting, person: Participant, attempt: Any) -> Certificate:
        address = f"{joining(request, office.settings).address}/periksa/{person.code}"
        share = score(sitting.after, attempt).total.share if sitting.plan.scored and attempt else None
        return Certificate(person.name, person.kabupaten, session_of(sitting), person.code, address, share)

    @router.get("/bimtek/{identity}/{paper}-{test}.{ending}")
    def sheet(visit: AVisit, identity: str, paper: str, test: str, ending: str) -> Response:
        sitting = bimtek.sitting(visit.person, identity)
        makers = {
            ("soal", "pdf"): question_sheet_pdf,
            ("soal", "docx"): question_sheet_docx,
            ("kunci", "pdf"): answer_key_pdf,
            ("kunci", "docx"): answer_key_docx,
        }
        if (paper, ending) not in makers or test not in {str(one) for one in sitting.tests}:
            raise InputError("Berkas ini tidak ada; buka lagi halaman sesi.")
        return attached(makers[paper, ending](_sheet(sitting, Test(test))), f"{paper}-{test}.{ending}")

    @router.get("/bimtek/slide/{topic}")
    def slides(visit: AVisit, topic: str) -> Response:
        items = office.bank.listed(visit.person)
        if topic not in TOPICS:
            raise InputError("Topik ini tidak ada; pilih dari daftar.")
        course = office.assistant.course()
        asked = [entry.item for entry in items if entry.item.topic == topic]
        return attached(slides_pptx(outline(course.statements, asked, topic)), f"slide-{topic}.pptx")

    return router


def _sheet(sitting: Sitting, test: Test) -> QuestionSheet:
    return question_sheet(session_of(sitting), sitting.items(test), form="Pre-test" if test is Test.BEFORE else "Post-test")
