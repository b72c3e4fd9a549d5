"""Questions that wait -> a letter to whom they are put, or the agenda of a bimtek, as paper. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from assistant.inbox import Group
from assistant.sheets.paper import Heading, Paper, Part, Text, Tone
from assistant.sheets.values import AUTHOR
from assistant.wording import day, moment

MOST_WORDINGS = 3


class Purpose(StrEnum):
    """What the list is for."""

    LETTER = "surat"
    AGENDA = "agenda"


TITLES = {
    Purpose.LETTER: "Permohonan penjelasan ketentuan UEP",
    Purpose.AGENDA: "Bahan bimbingan teknis: pertanyaan lapangan",
}
OPENINGS = {
    Purpose.LETTER: (
        "Pertanyaan berikut disampaikan petugas dan pendamping di lapangan, dan belum ditemukan jawabannya di sumber yang "
        "kami miliki. Mohon penjelasan tertulis beserta dasar hukumnya, supaya petugas memberi "
        "jawaban yang sama di semua kabupaten/kota."
    ),
    Purpose.AGENDA: (
        "Pertanyaan berikut paling sering diajukan dan belum terjawab penuh. Bahas satu per satu; bila ada jawabannya, catat "
        "sumbernya supaya dapat ditulis sebagai jawaban baku."
    ),
}
BLANKS = {
    Purpose.LETTER: "Penjelasan dan dasar hukum:",
    Purpose.AGENDA: "Hasil bahasan dan sumber:",
}


def waiting_paper(groups: Sequence[Group], topics: Mapping[str, str], *, purpose: Purpose, at: datetime) -> Paper:
    """Return the list of some groups, by topic, each with how often and where it was asked and room for an answer."""
    asked = sum(len(group.members) for group in groups)
    since = min((member.at for group in groups for member in group.members), default=at)
    return Paper(
        title=TITLES[purpose],
        about="",
        subject=TITLES[purpose],
        at=at,
        foot=AUTHOR,
        facts=(
            ("Dibuat", moment(at)),
            ("Isi", f"{len(groups)} pertanyaan, diajukan {asked} kali sejak {day(since.date().isoformat())}"),
        ),
        parts=tuple(_parts(groups, topics, purpose)),
        notes=("Nomor pribadi dalam pertanyaan disamarkan; penanya tidak disebut.",),
    )


def places_text(group: Group) -> str:
    """Return where a group was asked, e.g. `Berau (3), Paser (1)`; the province and visitors are counted together."""
    return ", ".join(f"{name or 'provinsi atau tanpa akun'} ({count})" for name, count in group.places)


def reasons_text(group: Group) -> str:
    """Return why a group waits, e.g. `belum ada di sumber (4), dinilai tidak membantu (1)`."""
    return ", ".join(f"{reason} ({count})" for reason, count in group.reasons)


def _parts(groups: Sequence[Group], topics: Mapping[str, str], purpose: Purpose) -> Iterator[Part]:
    yield Text(OPENINGS[purpose])
    number = 0
    for topic in dict.fromkeys(group.topic for group in groups):
        yield Heading(topics.get(topic, topic.capitalize()))
        for group in (one for one in groups if one.topic == topic):
            number += 1
            yield Text(f"{number}. {group.question}", Tone.STRONG)
            others = group.wordings[1 : 1 + MOST_WORDINGS]
            if others:
                yield Text("Ditanyakan juga sebagai: " + "; ".join(f"«{text}»" for text in others), Tone.QUIET)
            yield Text(
                f"Diajukan {len(group.members)} kali: {places_text(group)}. {reasons_text(group).capitalize()}.", Tone.QUIET
            )
            yield Text(f"{BLANKS[purpose]} ……………………………………")
