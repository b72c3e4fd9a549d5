"""Attending: what a participant of a bimtek does, without an account; their address is their key."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.access import check_kabupaten
from assistant.bimtek import Running, checked_name, running
from assistant.errors import InputError
from assistant.limits import Limiter, Rates
from assistant.records import Records, seats, sittings
from assistant.training.scoring import Attempt, Response
from assistant.training.sittings import Participant, Sitting, Stage, Test, seconds_left

JOINS_A_MINUTE, GUESSES_A_MINUTE = 120, 20
"""Of one address: a hall may come through one router, but nobody needs to guess codes."""
NO_CODE = "Kode sesi enam angka, seperti di layar."


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant with their sitting and what they have answered."""

    sitting: Sitting
    participant: Participant
    before: Attempt
    after: Attempt
    left: int | None

    def attempt(self, test: Test) -> Attempt:
        """Return what they have answered of a test."""
        return self.before if test is Test.BEFORE else self.after

    @property
    def writing(self) -> bool:
        """Tell whether a test is open to them now."""
        test = self.sitting.test
        return test is not None and bool(self.left) and self.participant.done(test) is None


class Attending:
    """The use cases of participants, of the projector and of whoever checks a certificate."""

    def __init__(self, records: Records, *, limiter: Rates | None = None) -> None:
        """Read and write in `records`."""
        self._records = records
        self._limiter: Rates = limiter or Limiter()

    def find(self, code: str, *, address: str) -> Sitting:
        """Return the sitting of a code as people type it; raises InputError for none, AccessError after many wrong ones."""
        digits = "".join(sign for sign in code if sign.isdigit())
        if len(digits) != 6:
            raise InputError(NO_CODE)
        try:
            return sittings.sitting_by_code(self._records, digits)
        except InputError:
            self._limiter.take(f"kode:{address}", GUESSES_A_MINUTE, what="kode yang salah")
            raise

    def join(self, sitting: Sitting, name: str, kabupaten: str, *, owner: str, address: str) -> Participant:
        """Take a seat; raises InputError for a name or kabupaten that can't be taken."""
        self._limiter.take(f"ikut:{address}", JOINS_A_MINUTE, what="peserta baru dari satu alamat")
        return seats.join(self._records, sitting.id, checked_name(name), check_kabupaten(kabupaten), owner=owner)

    def known(self, sitting: Sitting, owner: str) -> Participant | None:
        """Return the participant who joined last from this browser."""
        return seats.participant_by(self._records, sitting.id, owner=owner)

    def resume(self, sitting: Sitting, pin: str, *, address: str) -> Participant:
        """Return the participant of a PIN; raises InputError for none, AccessError after many wrong ones."""
        typed = "".join(sign for sign in pin.upper() if sign.isalnum())
        found = seats.participant_by(self._records, sitting.id, pin=typed) if typed else None
        if found is None:
            self._limiter.take(f"pin:{address}", GUESSES_A_MINUTE, what="PIN yang salah")
            raise InputError("PIN itu tidak ada di sesi ini; periksa lagi, atau ikut sebagai peserta baru.")
        return found

    def seat(self, identity: str) -> Seat:
        """Return a participant's seat; raises InputError when there is none."""
        participant = seats.participant_of(self._records, identity)
        sitting = sittings.sitting_of(self._records, participant.sitting)
        before, after = (seats.attempt_of(self._records, identity, test) for test in Test)
        return Seat(sitting, participant, before, after, seconds_left(sitting, self._records.now()))

    def state(self, identity: str) -> tuple[Stage, int | None]:
        """Return the stage of a participant's sitting and the seconds left, for a page that waits."""
        sitting = sittings.sitting_of(self._records, seats.participant_of(self._records, identity).sitting)
        return sitting.stage, seconds_left(sitting, self._records.now())

    def answer(self, identity: str, test: Test, response: Response) -> None:
        """Keep an answer; raises InputError when the test isn't open to them."""
        seats.respond(self._records, identity, test, response)

    def hand_in(self, identity: str, test: Test) -> None:
        """Hand a test in; a second time changes nothing."""
        if seats.participant_of(self._records, identity).done(test) is None:
            seats.hand_in(self._records, identity, test)

    def screen(self, code: str, *, address: str) -> Running:
        """Return what the projector shows."""
        return running(self._records, self.find(code, address=address))

    def left(self, sitting: Sitting) -> int | None:
        """Return the seconds that the open test has left."""
        return seconds_left(sitting, self._records.now())

    def certificate(self, code: str, *, address: str) -> tuple[Participant, Sitting]:
        """Return whose certificate a code is; raises InputError for none, AccessError after many wrong ones."""
        typed = "".join(sign for sign in code.upper().removeprefix("UEP") if sign.isalnum())
        found = seats.participant_certified(self._records, typed) if typed else None
        if found is None:
            self._limiter.take(f"sertifikat:{address}", GUESSES_A_MINUTE, what="kode yang salah")
            raise InputError("Tidak ada sertifikat dengan kode itu di sini; periksa lagi kode di lembarnya.")
        return found, sittings.sitting_of(self._records, found.sitting)
