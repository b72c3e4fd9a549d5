"""A chat exported from WhatsApp -> questions with their answers; names become roles, numbers are masked. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.language import clean
from assistant.loading.content import Content, Item, ItemKind, sections_of
from assistant.types import Kind

_DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}"
_TIME = r"\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?"
_LINE = re.compile(
    rf"^[\u200e\u200f\ufeff]*\[?(?P<date>{_DATE}),?\s+(?:pukul\s+)?(?P<time>{_TIME})\]?\s*(?:[-–]\s*)?(?P<rest>.*)$", re.S
)
_SENDER = re.compile(r"^(?P<name>[^:\n]{1,60}):\s(?P<text>.*)$", re.S)
_EMPTY = re.compile(
    r"<?\s*(?:media (?:tidak disertakan|omitted)|pesan ini (?:telah )?dihapus|this message was deleted|you deleted this message"
    r"|anda menghapus pesan ini|null|(?:image|video|audio|sticker|gif|document|gambar|stiker|dokumen)"
    r" (?:omitted|tidak disertakan))\s*>?\.?",
    re.I,
)
_ATTACHED = re.compile(r"\S+\.(?:jpg|jpeg|png|pdf|docx?|xlsx?|opus|mp4|webp|vcf)\s*\((?:file terlampir|file attached)\)", re.I)
_ASKS = re.compile(
    r"\?|^(?:(?:izin|ijin|mohon|maaf|permisi|assalam\S*|selamat \w+|pak|bu|min|kak|admin)[\s,.]+)*"
    r"(?:apa(?:kah)?|siapa|kapan|di ?mana|ke ?mana|mengapa|kenapa|bagaimana|gimana|berapa|bolehkah|bisakah"
    r"|(?:izin|mau|numpang|mohon) (?:ber)?tanya)\b",
    re.I,
)
_MENTION = re.compile(r"@[\u2068\u2069]?(?:\+?[\d\s-]{6,}|[\w.]+(?: [A-Z][\w.]+)?[\u2068\u2069]?)")
_TITLED = re.compile(
    r"\b((?i:pak|bapak|bpk|bu|ibu|mas|mbak|mba|kak|kang|bang|om|tante|sdri?|saudar[ai]|an|a\.n|atas nama)\.?) "
    r"([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})"
)
_OFFICES = frozenset(
    (
        "camat",
        "lurah",
        "kades",
        "gubernur",
        "bupati",
        "wali",
        "walikota",
        "kadis",
        "ketua",
        "kepala",
        "menteri",
        "sekda",
        "rt",
        "rw",
    )
)
_EDITED = re.compile(r"\s*<(?:pesan ini diedit|this message was edited)>", re.I)
MOST_TURNS = 8
"""A question keeps at most so many messages that follow it as its answer."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: the day as it is written, who sent it, and the text."""

    day: str
    sender: str
    text: str


def is_chat(text: str) -> bool:
    """Return whether most of the first lines look like an exported chat."""
    lines = [line for line in text[:20_000].split("\n") if line.strip()][:40]
    dated = [line for line in lines if _LINE.match(line)]
    sent = [line for line in dated if (found := _LINE.match(line)) and _SENDER.match(found["rest"])]
    return len(sent) >= 2 and len(dated) >= 0.3 * len(lines)


def messages(text: str) -> tuple[Message, ...]:
    """Return the messages of people in order; notices of the app, media and deleted messages are left out."""
    raw: list[list[str]] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        match = _LINE.match(line)
        if match:
            raw.append([match["date"], match["rest"]])
        elif raw:
            raw[-1][1] += "\n" + line
    found: list[Message] = []
    for day, rest in raw:
        sender = _SENDER.match(rest)
        said = _EDITED.sub("", _ATTACHED.sub("", clean(sender["text"]))).strip() if sender else ""
        if sender and said and not _EMPTY.fullmatch(said):
            found.append(Message(day, clean(sender["name"]).lstrip("~ "), said))
    return tuple(found)


def chat_content(text: str) -> Content:
    """Return the questions of a chat with what others answered, each under the question and dated.

    Senders become `Peserta 1`, `Peserta 2` … in the order of their first message, also where their names stand in messages.
    """
    found = messages(text)
    roles: dict[str, str] = {}
    for message in found:
        roles.setdefault(message.sender, f"Peserta {len(roles) + 1}")
    told = [Message(m.day, roles[m.sender], _without_names(m.text, roles)) for m in found]
    notes = (
        f"Ekspor percakapan: {len(told)} pesan dari {len(roles)} peserta; nama disamarkan. Ini pendapat peserta, bukan aturan.",
    )
    return Content(sections_of(_items(told)), "Percakapan WhatsApp", notes, Kind.FORUM)


def _items(told: Sequence[Message]) -> Iterator[Item]:
    position = 0
    while position < len(told):
        message = told[position]
        if not _ASKS.search(message.text):
            yield Item(ItemKind.HEADING, "Pesan", 1)
            yield _said(message)
            position += 1
            continue
        question, asker = " ".join(message.text.split()), message.sender
        position += 1
        answers: list[Message] = []
        while position < len(told) and len(answers) < MOST_TURNS:
            following = told[position]
            if _ASKS.search(following.text) and following.sender != asker and not answers:
                break
            if _ASKS.search(following.text) and answers:
                break
            if following.sender == asker and not answers:
                question += " " + " ".join(following.text.split())
            else:
                answers.append(following)
            position += 1
        if answers:  # a question is no statement: it is never quoted, and goes if nobody answered
            yield Item(ItemKind.HEADING, question, 1)
        for answer in answers:
            yield _said(answer, message)


def _said(message: Message, first: Message | None = None) -> Item:
    text = " ".join(message.text.split())
    return Item(ItemKind.PARAGRAPH, f"{message.sender}: {text}", page=_page(first or message))


def _page(message: Message) -> str:
    return f"pesan {message.day}"


def _without_names(text: str, roles: dict[str, str]) -> str:
    """Replace mentions, the full names of senders, and names after "Pak", "Bu" and the like."""
    text = _MENTION.sub("[peserta]", text)
    for name in sorted(roles, key=len, reverse=True):
        if len(name) > 3 and any(letter.isalpha() for letter in name):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", roles[name], text, flags=re.I)
    return _TITLED.sub(_titled, text)


def _titled(match: re.Match[str]) -> str:
    words = match[2].split()
    if words[0].lower() in _OFFICES or words[0] == "Peserta":
        return match[0]
    return f"{match[1]} [nama]"
