"""Jawaban baku: the list, one answer with its checks, writing with quotes chosen from the sources, approval."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Response

from assistant.access import Action, require
from assistant.errors import AssistantError, InputError
from assistant.gate import Visit
from assistant.inbox import ANSWERED
from assistant.ledger import StandardAnswer
from assistant.office import Office
from assistant.pages.figures import whole
from assistant.pages.frame import AForm, AVisit, Fields, Text, check_form, go, page
from assistant.privacy import mask
from assistant.standards import Draft
from assistant.types import Hit

GONE = (
    "Pertanyaan yang Anda jawab sudah ditangani orang lain atau dihapus pemiliknya. Jawaban ini belum diajukan; "
    "ajukan sekali lagi bila tetap diperlukan."
)
FOUND = 6
"""Passages shown for a search of quotes."""
_QUOTE = re.compile(r"kutipan-(\d{1,3})")


def make_router(office: Office) -> APIRouter:
    """Return the pages; each use case checks the role itself."""
    router = APIRouter(prefix="/baku")
    standards = office.standards

    @router.get("")
    def listed(visit: AVisit) -> Response:
        return page(office, visit, "baku.html", semua=standards.listed(visit.person))

    def writing(
        visit: Visit, draft: Draft, *, hits: tuple[Hit, ...] = (), status: int = 200, wrong: str = "", **more: Any
    ) -> Response:
        shown: dict[str, Any] = {"temuan": (), "contoh": None, "cari": "", "dari": "", "ubah": "", "serupa": (), **more}
        quoted = [(place, _quoted(office, place)) for place in draft.quotes]
        values = {"isian": draft, "kutipan": quoted, "bagian": hits, **shown}
        return page(office, visit, "baku-tulis.html", status=status, salah=wrong, **values)

    @router.get("/tulis")
    def write(visit: AVisit, dari: str = "", ubah: str = "") -> Response:
        require(visit.person, Action.TRAIN)
        if ubah:
            old = standards.one(visit.person, ubah).answer
            return writing(visit, _draft_of(old), ubah=ubah)
        if not dari:
            return writing(visit, Draft(""))
        group = office.unanswered.group(visit.person, dari)
        draft = Draft(group.question, variants=group.wordings[1:])
        return writing(visit, draft, hits=_hits(office, group.question), dari=dari, cari=group.question)

    @router.post("/tulis")
    def written(visit: AVisit, form: AForm) -> Response:
        check_form(office, visit, form.get("token", ""))
        require(visit.person, Action.TRAIN)
        draft = _draft(form)
        wanted, search = form.get("lanjut", "lihat"), mask(form.get("cari", ""))[0].strip()
        more: dict[str, Any] = {"dari": form.get("dari", ""), "ubah": form.get("ubah", ""), "cari": search}
        try:
            if wanted == "cari":
                return writing(visit, draft, hits=_hits(office, search or draft.question), **more)
            if wanted == "tambah":
                draft = _with_quotes(office, draft, form)
                return writing(visit, draft, hits=_hits(office, search or draft.question), **more)
            made, found, example = standards.preview(visit.person, draft)
            if wanted == "ajukan":
                return go(f"/baku/{proposed(visit, draft, more)}")
            alike = [one for one in standards.answering(visit.person, made.question) if one.id != more["ubah"]]
            return writing(visit, draft, temuan=found, contoh=example, serupa=alike, diperiksa=True, **more)
        except InputError as error:
            return writing(visit, draft, status=400, wrong=str(error), **more)

    def proposed(visit: Visit, draft: Draft, more: dict[str, Any]) -> str:
        """Propose an answer and mark the questions that it is for; returns its id."""
        entries: list[str] = []
        if more["dari"]:
            try:
                entries = [member.entry for member in office.unanswered.group(visit.person, more["dari"]).members]
            except InputError as error:
                more["dari"] = ""  # the next try proposes it for itself
                raise InputError(GONE) from error
        answer = standards.propose(visit.person, draft, over=more["ubah"])
        if entries:
            with suppress(InputError):  # deleted by their owner in this moment: nothing is left to be marked
                office.unanswered.handle(visit.person, entries, ANSWERED, target=answer.id)
        return answer.id

    def shown(visit: Visit, identity: str, *, status: int = 200, wrong: str = "", note: str = "") -> Response:
        found = standards.one(visit.person, identity)
        return page(office, visit, "baku-satu.html", status=status, salah=wrong, satu=found, alasan=note)

    @router.get("/{identity}")
    def one(visit: AVisit, identity: str) -> Response:
        return shown(visit, identity)

    @router.post("/{identity}/{act}")
    def act(visit: AVisit, identity: str, act: str, token: Text = "", catatan: Text = "", rumusan: Text = "") -> Response:
        check_form(office, visit, token)
        try:
            if act == "setujui":
                standards.approve(visit.person, identity, rumusan)
            elif act == "tolak":
                standards.reject(visit.person, identity, rumusan, catatan)
            elif act == "cabut":
                standards.withdraw(visit.person, identity, catatan)
            else:
                raise InputError("Tindakan ini tidak ada; muat ulang halaman.")
        except InputError as error:
            return shown(visit, identity, status=400, wrong=str(error), note=catatan)
        return go(f"/baku/{identity}")

    return router


def _hits(office: Office, text: str) -> tuple[Hit, ...]:
    return office.assistant.search(text).kept[:FOUND] if text.strip() else ()


def _quoted(office: Office, place: tuple[str, int, int]) -> tuple[str, str]:
    """Return title and words of a chosen quote; empty words when it is gone."""
    identity, start, end = place
    try:
        passage = office.assistant.known().passage(identity)
    except AssistantError:
        passage = None
    return (passage.document.title, passage.text[start:end]) if passage else (identity, "")


def _draft(form: Fields) -> Draft:
    """Return what a form holds; private numbers are masked at once, so that the writer sees what will be kept."""
    names = sorted((int(found[1]), name) for name in form if (found := _QUOTE.fullmatch(name)))
    places = [place for _, name in names if (place := _place(form[name])) is not None]
    return Draft(
        question=mask(form.get("pertanyaan", ""))[0],
        variants=tuple(line.strip() for line in mask(form.get("cara", ""))[0].splitlines() if line.strip()),
        text=mask(form.get("jawaban", ""))[0].replace("\r\n", "\n"),
        quotes=tuple(places),
        partial=form.get("sebagian") == "ya",
        until=form.get("tinjau", "").strip(),
    )


def _draft_of(answer: StandardAnswer) -> Draft:
    places = tuple((pinned.passage, pinned.start, pinned.end) for pinned in answer.quotes)
    return Draft(answer.question, answer.variants, answer.text, places, answer.partial, answer.until)


def _with_quotes(office: Office, draft: Draft, form: Mapping[str, str]) -> Draft:
    """Return the draft with the sentences that were ticked: as quotes, and word for word at the end of the text."""
    ticked = [place for name in form if name.startswith("tambah-") and (place := _place(form[name])) is not None]
    fresh = [place for place in dict.fromkeys(ticked) if place not in draft.quotes]
    if not fresh:
        raise InputError("Centang dahulu kalimat yang akan dikutip.")
    lines = [draft.text] if draft.text.strip() else []
    for number, place in enumerate(fresh, len(draft.quotes) + 1):
        lines.append(f"{' '.join(_quoted(office, place)[1].split())} [{number}]")
    return replace(draft, quotes=(*draft.quotes, *fresh), text="\n".join(lines))


def _place(value: str) -> tuple[str, int, int] | None:
    identity, *ends = value.rsplit("|", 2)
    start, end = (whole(part) for part in ends) if len(ends) == 2 else (None, None)
    return None if start is None or end is None else (identity, start, end)
