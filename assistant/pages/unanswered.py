"""Pertanyaan belum terjawab: the waiting questions in groups, one closely, what was done, the letter, the confirmed list."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from assistant.access import KABUPATEN
from assistant.errors import InputError
from assistant.gate import Visit
from assistant.inbox import CONFIRMED, Reason
from assistant.office import Office
from assistant.pages.figures import whole
from assistant.pages.frame import AForm, AQuery, AVisit, Fields, Text, attached, check_form, go, page
from assistant.sheets.docx import docx_bytes
from assistant.sheets.waiting import Purpose, places_text, reasons_text, waiting_paper
from assistant.training.items import TOPICS
from assistant.unanswered import ACTIONS

SHOWN = 50
"""Groups on one page."""
CHOICES = ("dokumen", "luar-topik", "diteruskan", "selesai")
"""What the page offers for a group besides a standard answer and a confirmation."""


def make_router(office: Office) -> APIRouter:
    """Return the pages; each use case checks the role itself."""
    router = APIRouter(prefix="/pertanyaan")
    unanswered, confirming = office.unanswered, office.confirming

    @router.get("")
    def listed(visit: AVisit, query: AQuery) -> Response:
        chosen = _filters(query)
        found = unanswered.groups(visit.person, **chosen)
        start = whole(query.get("mulai", "")) or 0
        values: dict[str, Any] = {"kelompok": found[start : start + SHOWN], "banyak": len(found), "mulai": start, "muat": SHOWN}
        values |= {"topik": TOPICS, "alasan": list(Reason), "pilihan": chosen, "tempat": places_text, "sebab": reasons_text}
        return page(office, visit, "pertanyaan.html", kabar=_news(query), **values)

    @router.get("/daftar.docx")
    def letter(visit: AVisit, query: AQuery) -> Response:
        purpose = Purpose(query["untuk"]) if query.get("untuk") in set(Purpose) else Purpose.LETTER
        keys = [name.removeprefix("pilih-") for name in query if name.startswith("pilih-")]
        found = unanswered.groups(visit.person, **_filters(query), among=keys)
        if not found:
            raise InputError("Tidak ada pertanyaan yang cocok; ubah saringan atau pilih pertanyaannya.")
        paper = waiting_paper(found, TOPICS, purpose=purpose, at=office.records.now())
        return attached(docx_bytes(paper), f"pertanyaan-{purpose}.docx")

    @router.get("/ditangani")
    def handled(visit: AVisit) -> Response:
        return page(office, visit, "pertanyaan-ditangani.html", satu_satu=unanswered.handled(visit.person), kata=ACTIONS)

    @router.post("/buka-lagi")
    def reopen(visit: AVisit, token: Text = "", pertanyaan: Text = "") -> Response:
        check_form(office, visit, token)
        unanswered.reopen(visit.person, pertanyaan)
        return go("/pertanyaan/ditangani")

    @router.get("/dikukuhkan")
    def confirmed(visit: AVisit) -> Response:
        return page(office, visit, "pertanyaan-dikukuhkan.html", daftar=confirming.listed(visit.person))

    @router.get("/dikukuhkan.jsonl")
    def export(visit: AVisit) -> Response:
        return attached(confirming.export(visit.person).encode(), "pertanyaan-dikukuhkan.jsonl")

    @router.post("/dikukuhkan/batal")
    def undo(visit: AVisit, token: Text = "", satu: Text = "") -> Response:
        check_form(office, visit, token)
        confirming.undo(visit.person, satu)
        return go("/pertanyaan/dikukuhkan")

    def shown(visit: Visit, key: str, *, status: int = 200, wrong: str = "") -> Response:
        found = unanswered.closer(visit.person, key)
        values: dict[str, Any] = {"dekat": found, "topik": TOPICS, "tempat": places_text, "sebab": reasons_text, "kata": ACTIONS}
        return page(office, visit, "pertanyaan-satu.html", status=status, salah=wrong, tindakan=CHOICES, **values)

    @router.get("/{key}")
    def closer(visit: AVisit, key: str) -> Response:
        return shown(visit, key)

    @router.post("/{key}")
    def act(visit: AVisit, key: str, form: AForm) -> Response:
        check_form(office, visit, form.get("token", ""))
        group = unanswered.group(visit.person, key)
        chosen = [member for member in group.members if form.get(f"pilih-{member.entry}")]
        try:
            if form.get("lanjut") == "kukuhkan":
                if not form.get("kalimat"):
                    raise InputError("Pilih dahulu kalimatnya.")
                if not chosen:
                    raise InputError("Pilih sedikitnya satu pertanyaan.")
                passage, _, ordinal = form["kalimat"].rpartition("|")
                questions = dict.fromkeys(member.question for member in chosen)
                place = whole(ordinal)
                confirming.confirm(visit.person, passage, -1 if place is None else place, questions)
                action, target = CONFIRMED, passage
            else:
                action, target = form.get("tindakan", ""), ""
                if action not in CHOICES:
                    raise InputError("Pilih dahulu apa yang dilakukan.")
            entries = [member.entry for member in chosen]
            count = unanswered.handle(visit.person, entries, action, target=target, note=form.get("catatan", ""))
        except InputError as error:
            return shown(visit, key, status=400, wrong=str(error))
        return go(f"/pertanyaan?selesai={action}&n={count}")

    return router


def _news(query: Fields) -> str:
    action, count = query.get("selesai", ""), whole(query.get("n", ""))
    if action not in ACTIONS or count is None:
        return ""
    return f"{count} pertanyaan ditandai: {ACTIONS[action].lower()}."


def _filters(query: Fields) -> dict[str, str]:
    topic, place, reason = query.get("topik", ""), query.get("wilayah", ""), query.get("alasan", "")
    return {
        "topic": topic if topic in TOPICS else "",
        "kabupaten": place if place in KABUPATEN else "",
        "reason": reason if reason in set(Reason) else "",
    }
