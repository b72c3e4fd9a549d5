"""Bank soal: the trainer reads, approves, rewords, rejects and retires items, and sees what answers say of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter, Response

from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AForm, AVisit, Text, check_form, go, page
from assistant.training.checks import faults
from assistant.training.items import TOPICS
from assistant.training.lifecycle import Event, State, open_events
from assistant.training.review import key_lines

ACTS = {
    "setujui": Event.APPROVE,
    "tolak": Event.REJECT,
    "tarik": Event.RETIRE,
    "buka-lagi": Event.REOPEN,
}


def make_router(office: Office) -> APIRouter:
    """Return the pages of the item bank; each use case checks the role itself."""
    router = APIRouter(prefix="/soal")
    bank = office.bank

    def listed(visit: Visit, topic: str, state: str, *, done: str = "") -> Response:
        every = bank.listed(visit.person)
        counted = Counter((entry.item.topic, entry.state) for entry in every)
        shown = [entry for entry in every if entry.item.topic == topic and state in ("", str(entry.state))] if topic else []
        values: dict[str, Any] = {"soal_soal": shown, "topik": TOPICS, "pilihan": topic, "keadaan": state, "banyak": counted}
        return page(office, visit, "bank.html", kabar=done, keadaan_semua=list(State), angka=bank.statistics(), **values)

    @router.get("")
    def overview(visit: AVisit, topik: str = "", keadaan: str = "") -> Response:
        return listed(visit, topik if topik in TOPICS else "", keadaan)

    @router.post("")
    def approve_all(visit: AVisit, token: Text = "", topik: Text = "") -> Response:
        check_form(office, visit, token)
        count = bank.approve_topic(visit.person, topik)
        return listed(visit, topik if topik in TOPICS else "", "", done=f"{count} soal rancangan disetujui.")

    def shown(visit: Visit, identity: str, sitting: str, *, status: int = 200, wrong: str = "") -> Response:
        entry = bank.entry(visit.person, identity)
        counted = bank.statistics().get(identity)
        found = faults(entry.item, office.assistant.course().statements)
        values = {"satu": entry, "angka": counted, "topik": TOPICS, "sesi": sitting, "temuan": found}
        more = {"tindakan": open_events(entry), "kunci": key_lines(entry.item), "salah": wrong}
        return page(office, visit, "butir.html", status=status, **values, **more)

    @router.get("/{identity}")
    def item_page(visit: AVisit, identity: str, sesi: str = "") -> Response:
        return shown(visit, identity, sesi)

    @router.post("/{identity}/ubah")
    def edit(visit: AVisit, form: AForm, identity: str) -> Response:
        check_form(office, visit, form.get("token", ""))
        sitting = form.get("sesi", "")
        count = len(bank.entry(visit.person, identity).item.options)
        texts = [form.get(f"pilihan-{number}", "") for number in range(count)]
        try:
            entry = bank.edit(visit.person, identity, form.get("soal", ""), texts, form.get("penjelasan", ""))
            if sitting:
                office.bimtek.reword(visit.person, sitting, identity, entry.item)
                return go(f"/bimtek/{sitting}#soal")
        except InputError as error:
            return shown(visit, identity, sitting, status=400, wrong=str(error))
        return go(f"/soal/{entry.item.id}")

    @router.post("/{identity}/{act}")
    def act(visit: AVisit, identity: str, act: str, token: Text = "", alasan: Text = "") -> Response:
        check_form(office, visit, token)
        bank.entry(visit.person, identity)
        try:
            if act not in ACTS:
                raise InputError("Tindakan ini tidak ada; muat ulang halaman.")
            bank.act(visit.person, identity, ACTS[act], reason=alasan)
        except InputError as error:
            return shown(visit, identity, "", status=400, wrong=str(error))
        return go(f"/soal/{identity}")

    return router
