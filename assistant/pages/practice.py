"""Latihan: somebody learns alone. Progress, one question at a time, its key with the source sentence. All of it plain pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AForm, AQuery, AVisit, Text, check_form, go, page
from assistant.pages.questions import chat_question, read_response, source_words, to_fields
from assistant.practice import Asked
from assistant.training.items import TOPICS
from assistant.training.lessons import NEW_A_DAY, day_of
from assistant.wording import day

GONE = "Soal tadi sudah diganti atau sumbernya berubah, jadi tidak dinilai. Ini soal berikutnya."
NOTICES = {"berganti": GONE}
Topics = Annotated[Sequence[str], Query(alias="topik")]


def make_router(office: Office) -> APIRouter:
    """Return the pages of learning alone."""
    router = APIRouter(prefix="/latihan")
    practice = office.practice

    def overview(visit: Visit, *, status: int = 200, wrong: str = "", done: str = "") -> Response:
        found = practice.progress(visit.person)
        words = {"topik_kata": TOPICS, "sehari": NEW_A_DAY}
        return page(office, visit, "latihan.html", status=status, salah=wrong, kabar=done, maju=found, **words)

    def asked_page(
        visit: Visit,
        asked: Asked,
        topics: Sequence[str],
        *,
        status: int = 200,
        wrong: str = "",
        done: str = "",
        fields: object = None,
    ) -> Response:
        values = {"item": asked.item, "ke": asked.number, "ulangan": asked.again, "topik": topics, "isian": fields or {}}
        return page(office, visit, "latihan-soal.html", status=status, salah=wrong, kabar=done, topik_kata=TOPICS, **values)

    @router.get("")
    def start(visit: AVisit) -> Response:
        return overview(visit)

    @router.get("/soal")
    def following(visit: AVisit, topics: Topics = (), kabar: str = "") -> Response:
        chosen = [topic for topic in topics if topic in TOPICS]
        asked = practice.next(visit.person, chosen)
        if asked is None:
            found = practice.progress(visit.person)
            lagi = again_words(found.next_due, office.records.now()) if found.next_due else ""
            return page(office, visit, "latihan-selesai.html", maju=found, topik=chosen, lagi=lagi, sehari=NEW_A_DAY)
        return asked_page(visit, asked, chosen, done=NOTICES.get(kabar, ""))

    @router.post("/soal/{identity}")
    def answer(visit: AVisit, identity: str, form: AForm) -> Response:
        check_form(office, visit, form.get("token", ""))
        topics = [topic for topic in form.get("topik", "").split(",") if topic in TOPICS]
        asked = practice.question(visit.person, identity, _number(form.get("ke", "")))
        if asked is None:
            return go("/latihan/soal?" + urlencode([("kabar", "berganti"), *_query(topics)]))
        try:
            response = read_response(asked.item, form)
        except InputError as error:
            return asked_page(visit, asked, topics, status=400, wrong=str(error), fields=form)
        practice.answer(visit.person, asked, response, sure=form.get("yakin") == "ya")
        query = [("ke", str(asked.number)), *to_fields(asked.item, response).items(), *_query(topics)]
        return go(f"/latihan/hasil/{identity}?{urlencode(query)}")

    @router.get("/hasil/{identity}")
    def marked(visit: AVisit, identity: str, fields: AQuery, topics: Topics = ()) -> Response:
        chosen = [topic for topic in topics if topic in TOPICS]
        asked = practice.question(visit.person, identity, _number(fields.get("ke", "")))
        if asked is None:
            return go("/latihan/soal?" + urlencode([("kabar", "berganti"), *_query(chosen)]))
        found = practice.marked(visit.person, asked, read_response(asked.item, fields))
        lanjut = "/latihan/soal" + (f"?{urlencode(_query(chosen))}" if chosen else "")
        tanya = "/?" + urlencode({"tanya": chat_question(asked.item)})
        lagi = again_words(found.memory.due, office.records.now()) if found.memory else ""
        return page(office, visit, "latihan-hasil.html", hasil=found, lanjut=lanjut, tanya=tanya, lagi=lagi, kata=source_words)

    @router.post("/ulang")
    def forget(visit: AVisit, token: Text = "", topik: Text = "", yakin: Text = "") -> Response:
        check_form(office, visit, token)
        if yakin != "ya":
            return overview(visit, status=400, wrong="Centang kotak persetujuan dahulu; belum ada yang diulang.")
        try:
            gone = practice.forget(visit.person, topik)
        except InputError as error:
            return overview(visit, status=400, wrong=str(error))
        return overview(visit, done=f"Topik {TOPICS[topik]} mulai dari awal lagi ({gone} soal).")

    return router


def again_words(due: datetime, now: datetime) -> str:
    """Return when an item comes back, as one says it: minutes while it is today's, else days with the date."""
    days = (day_of(due) - day_of(now)).days
    if due - now < timedelta(hours=1):
        return f"sekitar {max(1, round((due - now).total_seconds() / 60))} menit lagi"
    return f"{'hari ini' if days < 1 else 'besok' if days == 1 else f'{days} hari lagi'}, {day(day_of(due).isoformat())}"


def _query(topics: Sequence[str]) -> list[tuple[str, str]]:
    return [("topik", topic) for topic in topics]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
