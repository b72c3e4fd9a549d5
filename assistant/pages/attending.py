"""A bimtek for those who sit in the hall: join by code, answer, read one's own results. No account; works without scripts."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, Request
from fastapi import Response as Reply
from fastapi.responses import FileResponse, JSONResponse

from assistant.attending import Seat
from assistant.errors import InputError
from assistant.gate import Visit
from assistant.headers import wants_page
from assistant.office import Office
from assistant.pages.frame import FOLDER, AForm, AVisit, Text, check_form, go, page
from assistant.pages.questions import read_response
from assistant.sheets.numbers import hundredths
from assistant.training.items import Item
from assistant.training.scoring import Response, points, score
from assistant.training.sittings import Participant, Sitting, Stage, Test

WAITING = "Belum ada tes yang dibuka untuk Anda."
SCRIPT = FOLDER / "ikut.js"


def make_router(office: Office) -> APIRouter:
    """Return the pages of participants."""
    router = APIRouter()
    attending = office.attending

    def home(sitting: Sitting, participant: Participant) -> str:
        return f"/ikut/{sitting.code}/{participant.id}"

    def seated(code: str, identity: str) -> Seat:
        seat = attending.seat(identity)
        if seat.sitting.code != code:
            raise InputError("Halaman peserta ini bukan dari sesi itu; buka lagi lewat kode sesi.")
        return seat

    @router.get("/ikut.js")
    def script() -> Reply:
        return FileResponse(SCRIPT, media_type="text/javascript", headers={"cache-control": "max-age=300"})

    @router.get("/ikut")
    def enter(visit: AVisit) -> Reply:
        return page(office, visit, "ikut.html", salah="", kode="")

    @router.post("/ikut")
    def entered(visit: AVisit, token: Text = "", kode: Text = "") -> Reply:
        check_form(office, visit, token)
        try:
            return go(f"/ikut/{attending.find(kode, address=visit.address).code}")
        except InputError as error:
            return page(office, visit, "ikut.html", status=400, salah=str(error), kode=kode[:20])

    def door(visit: Visit, sitting: Sitting, *, status: int = 200, wrong: str = "", name: str = "") -> Reply:
        known = attending.known(sitting, visit.person.key)
        return page(office, visit, "ikut_sesi.html", status=status, sesi=sitting, dikenal=known, salah=wrong, nama=name[:120])

    @router.get("/ikut/{code}")
    def join_page(visit: AVisit, code: str) -> Reply:
        return door(visit, attending.find(code, address=visit.address))

    @router.post("/ikut/{code}")
    def join(visit: AVisit, code: str, token: Text = "", nama: Text = "", wilayah: Text = "") -> Reply:
        check_form(office, visit, token)
        sitting = attending.find(code, address=visit.address)
        try:
            seat = attending.join(sitting, nama, wilayah, owner=visit.person.key, address=visit.address)
        except InputError as error:
            return door(visit, sitting, status=400, wrong=str(error), name=nama)
        return go(home(sitting, seat))

    @router.post("/ikut/{code}/pin")
    def resume(visit: AVisit, code: str, token: Text = "", pin: Text = "") -> Reply:
        check_form(office, visit, token)
        sitting = attending.find(code, address=visit.address)
        try:
            return go(home(sitting, attending.resume(sitting, pin, address=visit.address)))
        except InputError as error:
            return door(visit, sitting, status=400, wrong=str(error))

    @router.get("/ikut/{code}/{identity}")
    def seat_page(visit: AVisit, code: str, identity: str, n: str = "") -> Reply:
        seat = seated(code, identity)
        if not seat.writing:
            return page(
                office, visit, "peserta.html", duduk=seat, nilai=marks(seat), kode_sertifikat=seat.participant.certificate
            )
        return question(visit, seat, n)

    @router.get("/ikut/{code}/{identity}/keadaan")
    def state(visit: AVisit, code: str, identity: str) -> Reply:
        stage, left = attending.state(identity)
        return JSONResponse({"tahap": str(stage), "sisa": left}, headers={"cache-control": "no-store"})

    @router.post("/ikut/{code}/{identity}/jawab")
    def answer(request: Request, visit: AVisit, form: AForm, code: str, identity: str) -> Reply:
        check_form(office, visit, form.get("token", ""))
        seat = seated(code, identity)
        test = seat.sitting.test
        if test is None:
            raise InputError(WAITING)
        items = seat.sitting.items(test)
        place = next((number for number, item in enumerate(items) if item.id == form.get("soal")), None)
        if place is None:
            raise InputError("Soal ini bukan bagian tes ini; muat ulang halaman.")
        page_wanted = wants_page(request.scope["headers"])
        try:
            attending.answer(identity, test, read_response(items[place], form))
        except InputError as error:
            if not page_wanted:
                raise
            return question(visit, attending.seat(identity), str(place + 1), wrong=str(error))
        following = f"{home(seat.sitting, seat.participant)}?n={place + 2 if place + 1 < len(items) else 'ringkas'}"
        return go(following) if page_wanted else JSONResponse({"lanjut": following})

    @router.post("/ikut/{code}/{identity}/selesai")
    def hand_in(visit: AVisit, code: str, identity: str, token: Text = "", tes: Text = "") -> Reply:
        check_form(office, visit, token)
        seat = seated(code, identity)
        if tes not in {str(test) for test in Test}:
            raise InputError(WAITING)
        attending.hand_in(identity, Test(tes))
        return go(home(seat.sitting, seat.participant))

    @router.get("/ikut/{code}/{identity}/tinjau")
    def own_review(visit: AVisit, code: str, identity: str) -> Reply:
        seat = seated(code, identity)
        if seat.sitting.stage is not Stage.DONE:
            raise InputError("Pembahasan dibuka setelah pelatih menutup sesi.")
        return page(office, visit, "tinjau.html", duduk=seat, bagian=list(reviewed(seat)), nilai=marks(seat))

    def question(visit: Visit, seat: Seat, n: str, *, wrong: str = "") -> Reply:
        test = seat.sitting.test
        if test is None or not seat.writing:
            return page(
                office, visit, "peserta.html", duduk=seat, nilai=marks(seat), kode_sertifikat=seat.participant.certificate
            )
        items, attempt = seat.sitting.items(test), seat.attempt(test)
        answered = [bool(attempt.response(item.id).chosen) for item in items]
        place = int(n) - 1 if n.isascii() and n.isdigit() and len(n) < 4 else -1
        if not 0 <= place < len(items):
            place = answered.index(False) if n != "ringkas" and False in answered else len(items)
        values = {"duduk": seat, "tes": test, "soal_soal": items, "terjawab": answered, "tempat": place, "salah": wrong}
        current = items[place] if place < len(items) else None
        reply = attempt.response(current.id) if current and answered[place] else None
        return page(office, visit, "tes.html", status=400 if wrong else 200, satu=current, jawaban=reply, **values)

    def reviewed(seat: Seat) -> Iterator[tuple[Test, list[tuple[Item, Response, float]]]]:
        """Yield each test that was answered with its items, what was answered and what it earned."""
        for test in seat.sitting.tests:
            attempt = seat.attempt(test)
            pairs = [(item, attempt.response(item.id)) for item in seat.sitting.items(test)]
            if attempt.responses:
                yield test, [(item, response, points(item, response)) for item, response in pairs]

    def marks(seat: Seat) -> dict[str, int]:
        """Return the score out of 100 of each test that is closed and was answered, as it stands on the certificate."""
        closed = [test for test in seat.sitting.tests if test is not seat.sitting.test]
        taken = [test for test in closed if seat.attempt(test).responses]
        return {str(test): hundredths(score(seat.sitting.items(test), seat.attempt(test)).total.share) for test in taken}

    return router
