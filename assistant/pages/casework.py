"""Kasus: work on a case alone. One form holds all of it, so whatever button is pressed, all that was typed is stored first."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from assistant.casework import LONGEST_REASON, Desk, missing
from assistant.criteria import Standing, Step
from assistant.errors import InputError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AForm, AVisit, Fields, Text, check_form, go, page
from assistant.pages.questions import source_words
from assistant.records.casework import Notes
from assistant.training.items import Anchor
from assistant.training.marking import Mark, Point

STANDINGS = {
    Standing.MET: "sesuai dengan yang disebut sumber",
    Standing.UNMET: "bertentangan dengan yang disebut sumber",
    Standing.EVIDENCE: "belum bisa dinilai, data atau buktinya kurang",
    Standing.UNREGULATED: "sumber tidak mengaturnya; jangan menolak, jangan menjanjikan",
    Standing.NOT_PREFERRED: "di luar yang didahulukan; bukan penolakan",
    Standing.UNRELATED: "butir ini tidak mengenai calon ini",
}
STEPS = {
    Step.PROPOSE: "tidak ada yang menghalangi",
    Step.NOT_PREFERRED: "jangan ditolak, dahulukan yang lain",
    Step.ASK: "aturannya belum ada atau belum jelas",
    Step.HOLD: "ada yang belum bisa dinilai",
    Step.STOP: "ada ketentuan yang tidak terpenuhi",
}
SAVED = "Tersimpan. Anda boleh menutup halaman ini dan melanjutkan kapan saja."
PARTS = {"tanya": "Yang perlu ditanyakan", "lembar": "Lembar kriteria", "langkah": "Langkah", "alasan": "Alasan"}


def make_router(office: Office) -> APIRouter:
    """Return the pages of the cases."""
    router = APIRouter(prefix="/kasus")
    casework = office.casework

    def shown(visit: Visit, desk: Desk, *, status: int = 200, wrong: str = "", typed: str | None = None, **said: str) -> Response:
        if desk.case is None:
            return page(office, visit, "kasus-berubah.html", meja=desk)
        if desk.file.finished is not None:
            found = casework.mark(desk)
            parts = {part: [(point, numbers) for point, numbers in numbered(found) if point.part == part] for part in PARTS}
            quoted = {anchor.quote for point in found.points for anchor in point.citations}
            shows: dict[str, Any] = {"poin_bagian": parts, "dikutip": quoted, "bagian": PARTS}
            return page(office, visit, "kasus-hasil.html", meja=desk, hasil=found, kata=source_words, **shows)
        reason = desk.file.notes.reason if typed is None else typed
        words: dict[str, Any] = {
            "putusan": STANDINGS,
            "langkah": STEPS,
            "paling": LONGEST_REASON,
            "kurang": "",
            "kabar": "",
            **said,
        }
        return page(office, visit, "kasus.html", status=status, salah=wrong, meja=desk, alasan=reason, **words)

    @router.get("")
    def overview(visit: AVisit) -> Response:
        offers, history = casework.offers(visit.person), casework.history(visit.person)
        return page(office, visit, "kasus-daftar.html", tawaran=offers, riwayat=history, hari=office.settings.retention_days)

    @router.post("/mulai")
    def begin(visit: AVisit, token: Text = "", kasus: Text = "") -> Response:
        check_form(office, visit, token)
        return go(f"/kasus/{casework.begin(visit.person, kasus).id}")

    @router.get("/{identity}")
    def desk(visit: AVisit, identity: str, kurang: str = "", simpan: str = "") -> Response:
        found = casework.desk(visit.person, identity)
        return shown(visit, found, kurang=", ".join(missing(found)) if kurang else "", kabar=SAVED if simpan else "")

    @router.post("/{identity}")
    def work(visit: AVisit, identity: str, form: AForm) -> Response:
        check_form(office, visit, form.get("token", ""))
        try:
            found = casework.keep(visit.person, identity, _notes(form))
        except InputError as error:
            return shown(visit, casework.desk(visit.person, identity), status=400, wrong=str(error), typed=form.get("alasan"))
        if "tanya" in form:
            return go(f"/kasus/{identity}#jawab-{form['tanya']}")
        if form.get("lanjut") == "nilai" and missing(found):
            return go(f"/kasus/{identity}?kurang=ya#selesai")
        if form.get("lanjut") in ("nilai", "nilai-saja"):
            casework.finish(visit.person, identity)
            return go(f"/kasus/{identity}")
        return go(f"/kasus/{identity}?simpan=ya#selesai")

    return router


def numbered(found: Mark) -> list[tuple[Point, list[tuple[int, Anchor, bool]]]]:
    """Return each point with its citations: number, citation, and whether it is the first time that it stands on the page."""
    numbers: dict[tuple[str, str], int] = {}

    def number(anchor: Anchor) -> tuple[int, Anchor, bool]:
        key = (anchor.path, anchor.quote)
        first = key not in numbers
        return numbers.setdefault(key, len(numbers) + 1), anchor, first

    return [(point, [number(anchor) for anchor in point.citations]) for point in found.points]


def _notes(fields: Fields) -> Notes:
    sheet = {name.removeprefix("lembar-"): value for name, value in fields.items() if name.startswith("lembar-")}
    option = fields.get("pilihan", "")
    return Notes(
        asked=(fields["tanya"],) if "tanya" in fields else (),
        sheet=sheet,
        step=fields.get("langkah", ""),
        option=int(option) if option.isascii() and option.isdigit() and len(option) < 3 else None,
        reason=fields.get("alasan", "").replace("\r\n", "\n").strip(),
    )
