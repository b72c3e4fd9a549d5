"""Admin → Model bahasa: state, the switch, a trial question with both answers, figures."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.errors import InputError, QuestionError
from assistant.gate import Visit
from assistant.office import Office
from assistant.pages.frame import AVisit, Text, check_form, go, page
from assistant.types import Answer


def make_router(office: Office) -> APIRouter:
    """Return the pages of the language model; each use case checks the role itself."""
    router = APIRouter(prefix="/model")

    def shown(
        visit: Visit, *, status: int = 200, wrong: str = "", asked: str = "", both: tuple[Answer, Answer] | None = None
    ) -> Response:
        values = {"keadaan": office.model.state(visit.person), "salah": wrong, "tanya": asked, "jawaban": both}
        return page(office, visit, "model.html", status=status, **values)

    @router.get("")
    def overview(visit: AVisit) -> Response:
        return shown(visit)

    @router.post("")
    def turn(visit: AVisit, token: Text = "", nyala: Text = "") -> Response:
        check_form(office, visit, token)
        office.model.turn(visit.person, on=nyala == "ya")
        return go("/model")

    @router.post("/uji")
    def trial(visit: AVisit, token: Text = "", pertanyaan: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            both = office.model.trial(visit.person, pertanyaan)
        except (InputError, QuestionError) as error:
            return shown(visit, status=400, wrong=str(error), asked=pertanyaan)
        return shown(visit, asked=pertanyaan, both=both)

    return router
