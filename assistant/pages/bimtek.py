"""Bimtek for the trainer: make a sitting, look its items over, run it, see who learned what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AForm, AVisit, Fields, Text, check_form, go, page
from assistant.pages.hall import joining
from assistant.training.items import TOPICS
from assistant.training.review import key_lines
from assistant.training.sittings import FEWEST_ITEMS, LONGEST, MOST_ITEMS, SittingPlan, Stage, following
from assistant.wording import WITA


def make_router(office: Office) -> APIRouter:
    """Return the trainer's pages; each use case checks the role and the owner itself."""
    router = APIRouter(prefix="/bimtek")
    bimtek = office.bimtek

    def listed(visit: Visit, *, status: int = 200, wrong: str = "", done: str = "", form: Fields | None = None) -> Response:
        sittings = bimtek.mine(visit.person)
        counted = Counter(item.topic for item in office.bank.pool())
        today = datetime.now(WITA).date().isoformat()
        values = {"sesi_sesi": sittings, "topik": TOPICS, "banyak": counted, "isian": form or {}, "hari_ini": today}
        bounds = {"paling_sedikit": FEWEST_ITEMS, "paling_banyak": MOST_ITEMS, "paling_lama": LONGEST}
        return page(office, visit, "bimtek.html", status=status, salah=wrong, kabar=done, **values, **bounds)

    @router.get("")
    def overview(visit: AVisit) -> Response:
        return listed(visit)

    @router.post("")
    def create(visit: AVisit, form: AForm) -> Response:
        check_form(office, visit, form.get("token", ""))
        try:
            sitting = bimtek.create(visit.person, _plan(visit, form))
        except InputError as error:
            return listed(visit, status=400, wrong=str(error), form=form)
        return go(f"/bimtek/{sitting.id}")

    def shown(request: Request, visit: Visit, identity: str, *, chosen: str = "", status: int = 200, wrong: str = "") -> Response:
        state = bimtek.running(visit.person, identity)
        values = {"jalan": state, **joining(request, office.settings, chosen).shown(state.sitting)}
        after = following(state.sitting)
        left = office.attending.left(state.sitting)
        keys = {item.id: key_lines(item) for item in (*state.sitting.before, *state.sitting.after)}
        more = {"berikut": after, "sisa": left, "topik": TOPICS, "kunci": keys}
        return page(office, visit, "bimtek_sesi.html", status=status, salah=wrong, **values, **more)

    @router.get("/{identity}")
    def sitting_page(request: Request, visit: AVisit, identity: str, alamat: str = "") -> Response:
        return shown(request, visit, identity, chosen=alamat)

    @router.post("/{identity}/maju")
    def advance(request: Request, visit: AVisit, identity: str, token: Text = "", tahap: Text = "") -> Response:
        return acted(request, visit, identity, token, lambda: bimtek.advance(visit.person, identity, _stage(tahap)))

    @router.post("/{identity}/buka-lagi")
    def reopen(request: Request, visit: AVisit, identity: str, token: Text = "", tahap: Text = "") -> Response:
        return acted(request, visit, identity, token, lambda: bimtek.reopen(visit.person, identity, _stage(tahap)))

    @router.post("/{identity}/tambah-waktu")
    def extend(request: Request, visit: AVisit, identity: str, token: Text = "", menit: Text = "") -> Response:
        return acted(request, visit, identity, token, lambda: bimtek.extend(visit.person, identity, _number(menit, "Menit")))

    @router.post("/{identity}/ganti-soal")
    def swap(request: Request, visit: AVisit, identity: str, token: Text = "", tempat: Text = "") -> Response:
        def act() -> object:
            return bimtek.swap(visit.person, identity, _number(tempat, "Nomor soal"))

        return acted(request, visit, identity, token, act, "#soal")

    @router.post("/{identity}/tolak-soal")
    def reject(
        request: Request, visit: AVisit, identity: str, token: Text = "", tempat: Text = "", soal: Text = "", alasan: Text = ""
    ) -> Response:
        def act() -> object:
            return bimtek.reject(visit.person, identity, _number(tempat, "Nomor soal"), soal, reason=alasan)

        return acted(request, visit, identity, token, act, "#soal")

    @router.post("/{identity}/peserta/{participant}")
    def rename(
        request: Request, visit: AVisit, identity: str, participant: str, token: Text = "", nama: Text = "", wilayah: Text = ""
    ) -> Response:
        def act() -> None:
            bimtek.rename(visit.person, identity, participant, nama, wilayah)

        return acted(request, visit, identity, token, act, "#peserta")

    @router.post("/{identity}/hapus")
    def delete(request: Request, visit: AVisit, identity: str, token: Text = "", yakin: Text = "") -> Response:
        check_form(office, visit, token)
        if yakin != "ya":
            return shown(request, visit, identity, status=400, wrong="Centang kotak persetujuan dahulu; sesi belum dihapus.")
        bimtek.delete(visit.person, identity)
        return go("/bimtek")

    def acted(request: Request, visit: Visit, identity: str, token: str, act: Callable[[], object], place: str = "") -> Response:
        check_form(office, visit, token)
        bimtek.sitting(visit.person, identity)  # who may not is told so before what is wrong with a field
        try:
            act()
        except InputError as error:
            return shown(request, visit, identity, status=400, wrong=str(error))
        return go(f"/bimtek/{identity}{place}")

    return router


def _plan(visit: Visit, form: Fields) -> SittingPlan:
    user = visit.person.user
    return SittingPlan(
        title=form.get("judul", ""),
        place=form.get("tempat", ""),
        day=_day(form.get("hari", "")),
        trainer=form.get("pelatih", "") or (user.display if user else ""),
        topics=tuple(topic for topic in form.get("topik", "").split(",") if topic),
        number=_number(form.get("jumlah", ""), "Jumlah soal"),
        minutes=_number(form.get("menit", ""), "Lama tes"),
        pretest=form.get("pretest") == "ya",
        hours=_number(form.get("jam") or "0", "Jam pelajaran"),
        scored=form.get("nilai") == "ya",
        seed=random.SystemRandom().randrange(1_000_000_000),
    )


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise InputError("Isi tanggal sesi, misalnya 2026-11-24.") from None


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise InputError(f"{name} harus berupa angka.")
    return int(text)


def _stage(text: str) -> Stage:
    if text not in {str(stage) for stage in Stage}:
        raise InputError("Tahap tidak dikenal; muat ulang halaman.")
    return Stage(text)
