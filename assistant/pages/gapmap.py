"""Peta kesenjangan sosialisasi: where the next bimtek should go and about what, on screen and on paper."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from assistant.errors import InputError
from assistant.gapmap import FEWEST_ASKED, FEWEST_PEOPLE, GapMap
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AVisit, attached, page
from assistant.sheets.docx import docx_bytes
from assistant.sheets.gap_charts import map_chart, month_chart, place_name
from assistant.sheets.gap_paper import advice_text, gap_paper
from assistant.sheets.numbers import percent
from assistant.sheets.pdf import pdf_bytes
from assistant.training.items import TOPICS

SPANS = {0: "Semua bulan", 1: "Bulan terakhir", 3: "3 bulan terakhir", 6: "6 bulan terakhir", 12: "12 bulan terakhir"}


def make_router(office: Office) -> APIRouter:
    """Return the pages; the use case checks the role itself."""
    router = APIRouter(prefix="/peta")

    def mapped(visit: Visit, months: str) -> tuple[GapMap, int]:
        last = next((span for span in SPANS if str(span) == months), 0)
        return office.unanswered.gap_map(visit.person, last=last), last

    @router.get("")
    def shown(visit: AVisit, bulan: str = "") -> Response:
        found, last = mapped(visit, bulan)
        values: dict[str, Any] = {"peta": found, "masa": last, "masa_semua": SPANS, "topik": TOPICS, "persen": percent}
        values |= {"diagram": [map_chart(found, TOPICS), month_chart(found)] if found.whole.asked else []}
        words: dict[str, Any] = {
            "saran": advice_text,
            "tempat": place_name,
            "paling_sedikit": FEWEST_ASKED,
            "orang": FEWEST_PEOPLE,
        }
        return page(office, visit, "peta.html", **values, **words)

    @router.get("/laporan.{ending}")
    def report(visit: AVisit, ending: str, bulan: str = "") -> Response:
        found, _ = mapped(visit, bulan)
        makers = {"pdf": pdf_bytes, "docx": docx_bytes}
        if ending not in makers:
            raise InputError("Laporan ini tidak ada; buka lagi Peta kesenjangan.")
        return attached(makers[ending](gap_paper(found, TOPICS, at=office.records.now())), f"peta-kesenjangan.{ending}")

    return router
