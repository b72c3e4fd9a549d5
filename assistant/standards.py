"""Standards: answers that people write and a named reviewer approves; every use case checks who asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.access import Action, require
from assistant.answering.standard import again, faults, given, lapsed, pin, whole, wordings
from assistant.errors import AssistantError, InputError
from assistant.language import clean
from assistant.ledger import SYSTEM, Deed, Person, Pinned, Role, StandardAnswer, State, actor_of
from assistant.privacy import mask
from assistant.records import Records, people
from assistant.records import standards as rows
from assistant.records.database import new_id
from assistant.service import Assistant
from assistant.types import Answer

HOLDS_DAYS = 365
"""How long an answer holds when its writer names no day."""
LONGEST_DAYS = 3 * 365
MOST_VARIANTS, MOST_QUOTES, LONGEST_TEXT = 30, 12, 5_000
OWN = "Jawaban yang Anda tulis sendiri disetujui oleh admin lain."
MOVED = "Jawaban ini baru diubah; rumusannya yang sekarang ada di bawah. Belum ada yang diputuskan: baca dahulu, lalu putuskan."
CUT = "Kutipan harus kalimat utuh dari sumber; cari dan centang lagi kalimatnya."


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form of a standard answer holds; `quotes` are passage id, start and end, `until` an ISO day or empty."""

    question: str
    variants: tuple[str, ...] = ()
    text: str = ""
    quotes: tuple[tuple[str, int, int], ...] = ()
    partial: bool = False
    until: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A standard answer as it stands today: what its writer has to mend, and why it is not given though approved."""

    answer: StandardAnswer
    faults: tuple[str, ...]
    lapsed: tuple[str, ...]

    @property
    def stands(self) -> bool:
        """Tell whether it is given to people."""
        return self.answer.state is State.APPROVED and not self.faults and not self.lapsed


class Standards:
    """Written by a trainer or an admin, approved by an admin who did not write it, given while every quote stands."""

    def __init__(self, assistant: Assistant, records: Records) -> None:
        """Hold answers against what `assistant` knows, keep them in `records`."""
        self._assistant = assistant
        self._records = records

    def approved(self) -> tuple[StandardAnswer, ...]:
        """Return the approved answers, for the assistant itself."""
        return rows.standards(self._records, State.APPROVED)

    def today(self) -> str:
        """Return this day on the clock of the records, as ISO day."""
        return self._records.now().date().isoformat()

    def listed(self, person: Person | None) -> tuple[Shown, ...]:
        """Return all standard answers, changed last first."""
        require(person, Action.TRAIN)
        return self._shown(*rows.standards(self._records))

    def one(self, person: Person | None, identity: str) -> Shown:
        """Return one standard answer; raises InputError when there is none."""
        require(person, Action.TRAIN)
        return self._shown(rows.standard_of(self._records, identity))[0]

    def due(self) -> int:
        """Return how many approved answers have to be looked at again, for the page of health."""
        return sum(not shown.stands for shown in self._shown(*self.approved()))

    def touching(self, person: Person | None, path: str) -> tuple[Shown, ...]:
        """Return the proposed and approved answers that quote a document: a new version of it touches them."""
        require(person, Action.TRAIN)
        return self._shown(*(answer for quoted, answer in self.quoting(person) if quoted == path))

    def quoting(self, person: Person | None) -> tuple[tuple[str, StandardAnswer], ...]:
        """Return document path and answer for each document that a proposed or approved answer quotes."""
        require(person, Action.TRAIN)
        every = rows.standards(self._records, State.APPROVED, State.PROPOSED)
        return tuple((path, answer) for answer in every for path in dict.fromkeys(pinned.path for pinned in answer.quotes))

    def preview(self, person: Person | None, draft: Draft) -> tuple[StandardAnswer, tuple[str, ...], Answer | None]:
        """Return a draft as an answer, what has to be mended, and how people would see it if it were approved."""
        require(person, Action.TRAIN)
        made = self._made(person, draft)
        known = self._assistant.known()
        approved = replace(made, history=(*made.history, replace(made.history[-1], what=State.APPROVED)))
        return made, faults(made, known), given(approved, made.question, known, today=self.today())

    def propose(self, person: Person | None, draft: Draft, *, over: str = "") -> StandardAnswer:
        """Write an answer, or a new wording of the one with the id `over`; raises InputError with what has to be mended.

        An approved answer goes on being given until its new wording is approved.
        """
        require(person, Action.TRAIN)
        made = self._made(person, draft)
        found = faults(made, self._assistant.known())
        if found:
            raise InputError(f"Jawaban belum dapat diajukan: {'; '.join(found)}.")
        if over:
            old = rows.standard_of(self._records, over)
            if old.state is State.APPROVED:
                made = replace(made, before=old.id)
            else:
                made = replace(made, id=old.id, history=(*old.history, made.history[0]), before=old.before)
                rows.keep(self._records, [(made, old)], actor=actor_of(person))
                return made
        rows.keep(self._records, [(made, None)], actor=actor_of(person))
        return made

    def approve(self, person: Person | None, identity: str, seen: str) -> StandardAnswer:
        """Approve a proposed answer, or one that had to be looked at again; its quotes are pinned as they stand today.

        `seen` is the digest of what was on the screen. Every other wording of the same answer is withdrawn.
        Raises InputError for one's own (while another admin could), for a wrong state, for another wording than the one
        that was seen, and with what has to be mended.
        """
        require(person, Action.MANAGE)
        old = self._read(identity, seen)
        if old.state not in (State.PROPOSED, State.APPROVED):
            raise InputError("Hanya jawaban yang diajukan yang dapat disetujui; ubah dan ajukan lagi.")
        self._require_another(person, old)
        known = self._assistant.known()
        found = faults(old, known)
        if found:
            raise InputError(f"Jawaban belum dapat disetujui: {'; '.join(found)}.")
        fresh = tuple(again(pinned, known) or pinned for pinned in old.quotes)
        until = old.until if old.until > self.today() else self._day("")
        new = replace(self._moved(person, old, State.APPROVED), quotes=fresh, until=until)
        changed: list[tuple[StandardAnswer, StandardAnswer | None]] = [(new, old)]
        for other in wordings(old, rows.standards(self._records), State.APPROVED):
            changed.append((self._moved(person, other, State.WITHDRAWN, "diganti rumusan baru"), other))
        rows.keep(self._records, changed, actor=actor_of(person))
        return new

    def reject(self, person: Person | None, identity: str, seen: str, comment: str) -> StandardAnswer:
        """Send a proposed answer back with a comment; the questions that it was written for wait again.

        Raises InputError without a comment, and for another wording than the one with the digest `seen`.
        """
        require(person, Action.MANAGE)
        old = self._read(identity, seen)
        if not comment.strip():
            raise InputError("Tulis alasannya, supaya penulis tahu apa yang perlu diperbaiki.")
        return self._move(person, old, State.PROPOSED, State.REJECTED, comment)

    def withdraw(self, person: Person | None, identity: str, comment: str = "") -> StandardAnswer:
        """Stop giving an approved answer; the search answers again, and the questions that it answered wait again."""
        require(person, Action.MANAGE)
        old = rows.standard_of(self._records, identity)
        return self._move(person, old, State.APPROVED, State.WITHDRAWN, comment)

    def answering(self, person: Person | None, question: str) -> tuple[StandardAnswer, ...]:
        """Return the approved answers that a question would get, nearest first."""
        require(person, Action.TRAIN)
        return tuple(self._assistant.matching(question, self.approved()))

    def _read(self, identity: str, seen: str) -> StandardAnswer:
        found = rows.standard_of(self._records, identity)
        if found.seen != seen:
            raise InputError(MOVED)
        return found

    def _move(self, person: Person | None, old: StandardAnswer, before: State, after: State, comment: str) -> StandardAnswer:
        if old.state is not before:
            raise InputError(f"Jawaban ini sekarang {old.state}; muat ulang halaman.")
        new = self._moved(person, old, after, comment)
        replaced = wordings(old, rows.standards(self._records), State.WITHDRAWN) if after is State.WITHDRAWN else ()
        rows.keep(self._records, [(new, old)], actor=actor_of(person), reopened=[other.id for other in (old, *replaced)])
        return new

    def _moved(self, person: Person | None, old: StandardAnswer, state: State, comment: str = "") -> StandardAnswer:
        return replace(old, state=state, history=(*old.history, self._deed(person, state, comment)))

    def _deed(self, person: Person | None, what: str, comment: str = "") -> Deed:
        name = person.user.display if person and person.user else SYSTEM
        return Deed(self._records.now(), actor_of(person), name, str(what), mask(comment.strip())[0][:LONGEST_TEXT])

    def _made(self, person: Person | None, draft: Draft) -> StandardAnswer:
        question = self._assistant.checked(mask(draft.question)[0])
        variants = tuple(dict.fromkeys(mask(clean(line))[0] for line in draft.variants if clean(line)))
        text = mask(clean(draft.text))[0]
        if len(variants) > MOST_VARIANTS or len(draft.quotes) > MOST_QUOTES or len(text) > LONGEST_TEXT:
            raise InputError(
                f"Terlalu banyak: paling banyak {MOST_VARIANTS} cara bertanya, {MOST_QUOTES} kutipan, {LONGEST_TEXT} huruf."
            )
        quotes = tuple(self._pinned(place) for place in draft.quotes)
        asked = tuple(variant for variant in variants if variant != question)
        deed = self._deed(person, State.PROPOSED)
        until = self._day(draft.until)
        return StandardAnswer(new_id(), question, asked, text, quotes, draft.partial, until, State.PROPOSED, (deed,))

    def _pinned(self, place: tuple[str, int, int]) -> Pinned:
        identity, start, end = place
        known = self._assistant.known()
        passage = known.passage(identity)
        if passage is None or not 0 <= start < end <= len(passage.text):
            raise InputError("Kutipan yang dipilih tidak ada lagi di sumber; cari dan pilih lagi.")
        if not whole(passage, start, end):
            raise InputError(CUT)
        return pin(passage, start, end, known.knowledge)

    def _day(self, text: str) -> str:
        today = self._records.now().date()
        if not text:
            return (today + timedelta(days=HOLDS_DAYS)).isoformat()
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise InputError(f"Tanggal tinjau «{text}» tidak terbaca; tulis seperti 2027-03-31.") from None
        if not today < day <= today + timedelta(days=LONGEST_DAYS):
            raise InputError("Tanggal tinjau harus sesudah hari ini dan paling lama tiga tahun lagi.")
        return day.isoformat()

    def _require_another(self, person: Person | None, answer: StandardAnswer) -> None:
        """Refuse who wrote any of an answer; where every admin did, who wrote its last wording; nobody who is alone."""
        users = people.users(self._records)
        admins = {f"user:{user.id}" for user in users if user.role is Role.ADMIN and user.active and user.ready}
        wrote = [deed.actor for deed in answer.history if deed.what == State.PROPOSED]
        for authors in (set(wrote), set(wrote[-1:])):
            if actor_of(person) in authors and admins - authors:
                raise InputError(OWN)

    def _shown(self, *answers: StandardAnswer) -> tuple[Shown, ...]:
        """Return answers as they stand today, all held against one look at the index."""
        try:
            known = self._assistant.known()
        except AssistantError as error:  # no index: nothing is given, and the page says why
            return tuple(Shown(answer, (str(error),), ()) for answer in answers)
        today = self.today()
        shown = []
        for answer in answers:
            old = lapsed(answer, known, today=today) if answer.state is State.APPROVED else ()
            shown.append(Shown(answer, faults(answer, known) if not old else (), old))
        return tuple(shown)
