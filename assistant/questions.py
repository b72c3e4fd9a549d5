"""Read a question: what it asks for, which place, year and programme it names, what it takes for granted. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.language import STOPWORDS, split_sentences, words
from assistant.places import KALTIM_PLACES, OTHER_PLACES, names_place

_LIST = re.compile(
    r"\b(apa saja|apa aja|apa2|apa sj|siapa saja|sebutkan|daftar|rincian|rincikan|langkah|tahap\w*|urutan\w*|runtut\w*|alur\w*|"
    r"cara\w*|syarat\w*|dokumen|berkas|isi\w*|prosedur|mekanisme|contoh|susunan|komponen|pos|jenis|terdiri|bahan\w*)\b"
)
_CONFIRM = re.compile(
    r"(\bkan\b|\bbener\b|\bbenar kan\b|\bbetul\b|\bberarti\b|\botomatis\b|\bjadi\b.*\bya\b|\bya kan\b|\bkatanya\b|\bkata\b|"
    r"\bbener kan\b|\bya\s*\?|\biya kah\b|\bjuga kah\b|\bjg kah\b|\bsama\?|\bmasih\b|\bmsh\b)"
)
_YES_NO = re.compile(r"\b(boleh|bisa|dapat|apakah|wajib|harus|perlu|masih|sah|berlaku|kah|ga|gak|tidak|tdk)\b")
_OLD = re.compile(r"\b(dulu|dahulu|dlu|lama|sebelum\w*|kube|wrse|20(0\d|1\d|2[0-4])|dtks|riwayat|dicabut|usang)\b")
_PLAN = re.compile(r"\b(2026|2027|rencana\w*|depan|nanti|berikut\w*|mendatang)\b")
_INJECTION = re.compile(
    r"(abaikan (semua |segala )?(sumber|aturan|instruksi|perintah)\w*|ignore (all |the )?(previous|prior|above)[^.?!]*|"
    r"system\s*:|print your[^.?!]*|hidden prompt|prompt (tersembunyi|sistem)|tampilkan (prompt|instruksi)\w*|"
    r"(mulai (sekarang|skrg) )?(kamu|anda|kau) (adalah|sekarang|jadi|kepala|bukan lagi)\b[^.?!]*|pura-pura|"
    r"jailbreak|developer mode)",
    re.I,
)
_INVENT = re.compile(
    r"\b(karang(kan)?|mengarang|ngarang|palsukan|buatkan (saja )?(nomor|angka|sk|tanda ?tangan)|"
    r"buat (saja|aja) (nomor|angka|surat|sk)|"
    r"^\W*((tolong|mohon|coba|minta|bisa) )*(buat|bikin)(kan|in)?\b.{0,60}\b(palsu|fiktif|bodong)|"
    r"(make up|invent|fabricate|forge|fake) (a|an|the|some|me)\b|"
    r"dengan ini (di|me)(setujui|nyetujui)|(kasih|beri|tulis)\b.{0,40}\btanda ?tangan)\b",
    re.I,
)
_DECIDE = re.compile(
    r"(?:^|[.!?;:]\s)\W*(tolong |mohon |coba |langsung )?(putuskan|tetapkan|loloskan|luluskan|sahkan|setujui)\b|"
    r"(?:^|[.!?;:]\s)\W*(please |just )?(approve|accept|reject|decide)\b|"
    r"\b(kamu|anda|kau) (yang |yg )?(putuskan|tetapkan|loloskan|luluskan|sahkan|setujui)\b",
    re.I,
)
_ASKS_CHANGE = re.compile(r"\b(beda\w*|perbedaan|berubah|perubahan|diganti\w*|kenapa|knp|mengapa|alasan|kapan|sejak)\b")
_DENIES = re.compile(r"\b(bukan|tidak|tdk|gak?|nggak|ngga|belum|blm)\b(?!\W*(ya|sih|kah|pak|bu|min|kan)?\W*($|[?.!]))")
_ASKS = (
    r"(?:berapa|brp|siapa|sapa|kapan|apa|apakah|bagaimana|gimana|gmn|di ?mana|ke ?mana|kenapa|mengapa|boleh\w*|bisa\w*|dibagi|"
    r"dasarnya|syaratnya|langkahnya|caranya)"
)
_TURN = re.compile(
    rf"[?;]\s+|,?\s+(?:lalu|terus|trus|trs|kemudian|sekaligus|serta|dan|sama|sekalian|hingga|sampai)\s+(?=(?:{_ASKS}|minta|mohon|tolong)\b)|,\s+(?={_ASKS}\b)|"
    r",?\s+(?:lalu|terus|trus|kemudian)\s+|,\s+(?:hingga|sampai|dan)\s+",
    re.I,
)
_YEARS = re.compile(r"\b20\d\d\b")
_QUESTION = re.compile(
    rf"\b{_ASKS}\b|\?|\b(kah|tidak|tdk|ga|gak|nggak|ngga)\W*$|\b(minta|mohon|tolong|sebutkan|jelaskan|langkah\w*|cara\w*|contoh)\b|\w+kah\b"
)
PART_WORDS, MOST_PARTS, TOPIC_WORDS = 3, 4, 3
"""A part has at least so many words; of a long story the last parts are looked up (there people ask)."""

_NEUTRAL = re.compile(
    r"\b(apakah|apa (boleh|bisa|dapat|wajib|harus|perlu)|atau (tidak|tdk|bukan|gak?|nggak|enggak))\b|"
    r"\b(boleh|bisa|dapat|wajib|harus|perlu|masuk|ada|sudah|masih)\b[^.?!]*\b(tidak|tdk|ga|gak|nggak|ngga|enggak|blm|belum|kah)\b\W*([?.!]|$)|"
    r"\b\w+ kah\b|\b(boleh|bisa|wajib|harus|perlu) ?(tidak|tdk|ga|gak|nggak|ngga|enggak|kah)\b",
    re.I,
)
_ON_PERSON = re.compile(
    r"\b(usul\w*|diusul\w*|mengusul\w*|diaju\w*|layak|lolos|lulus|gugur|ditolak|dicoret|masuk|kena|berhak|boleh|bisa|memenuhi)\b"
)
_HERE = re.compile(r"\b(kaltim|kalimantan timur|di ?sini|kita|kami|tempat (saya|sy|kami))\b")
_ASKING = "berapa brp siapa sapa kapan bagaimana gimana gmn kenapa knp mengapa mana dimana apaan jadi kan tahun"
_NO_SUBJECT = STOPWORDS | frozenset(_ASKING.split())
_AREA = r"(?:prov(?:insi)?|kab(?:upaten)?|kota)\.? "
_AT = rf"(?:^\W*|\b(?:di|d|in|untuk|utk|uep|kube|dinsos|milik|versi)\.? )(?:{_AREA})?"
"""What stands before a region that a question is about, and not only from or to."""

_SMALL_ENGLISH = (
    "the is are was were what how who whom which when where why and for does do did can could to of in on much many a an may "
    "must should will would get from with it its this that there by as or not be been have has if under any at their them they "
    "i my we our you"
)
_SMALL_INDONESIAN = (
    "yang yg di ke dari dan atau itu ini ada untuk utk dengan dgn pada dalam oleh apa apakah siapa kapan berapa brp mana kah ya "
    "bagaimana gimana gmn kenapa knp mengapa tidak tdk gak ga nggak bukan sudah sdh bisa boleh kalau klo saya sy kami kita jadi "
    "kan dong sih juga jg lagi aja saja sama tapi biar buat bantuan usaha penerima tahun"
)
_ENGLISH, _INDONESIAN = frozenset(_SMALL_ENGLISH.split()), frozenset(_SMALL_INDONESIAN.split())
"""Small words of both languages: a question is English when it holds two of them and twice as many as Indonesian ones."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question says about itself; `text` is without instructions to ignore sources.

    `empty`: it has no subject; `there`: it is about a region outside Kaltim and names none in it.
    """

    text: str
    empty: bool
    places: tuple[str, ...]
    other_places: tuple[str, ...]
    wants_list: bool
    confirms: bool
    yes_no: bool
    about_old: bool
    about_plan: bool
    injection: bool
    invent: bool
    english: bool
    asks_change: bool
    denies: bool
    here: bool
    there: bool
    neutral: bool
    on_person: bool


def parts(question: str, field_words: Collection[str]) -> tuple[str, ...]:
    """Return the parts of a question that asks several things, or of a story; none for a single question.

    A part that lacks the subject gets the first words of the field (`field_words`) that the whole question holds.
    """
    pieces = [
        piece.strip(" ,.;:?")
        for sentence in split_sentences(question)
        for piece in _TURN.split(sentence)
        if piece and len(words(piece)) >= PART_WORDS
    ]
    if len(pieces) < 2:
        return ()
    topic = [word for word in dict.fromkeys(words(question)) if word in field_words][:TOPIC_WORDS]
    topic += list(dict.fromkeys(_YEARS.findall(question)))[:1]
    return tuple(" ".join([*(word for word in topic if word not in words(piece)), piece]) for piece in pieces[-MOST_PARTS:])


def is_question(part: str) -> bool:
    """Tell whether a part of a question asks something, and does not only tell."""
    return bool(_QUESTION.search(part.lower()))


def at_home(question: str) -> str:
    """Return a question about another region as if it were about Kaltim."""
    for name in OTHER_PLACES:
        question = re.sub(rf"\b{re.escape(name)}\b", "Kaltim", question, flags=re.I)
    return question


def read_question(question: str) -> Reading:
    """Return what `question` asks and presupposes."""
    lower = question.lower()
    rest = _INJECTION.sub(" ", question)
    injection = rest != question
    subject = [word for word in words(rest) if word not in _NO_SUBJECT and any(map(str.isalpha, word))]
    named_here = tuple(slug for slug, names in KALTIM_PLACES.items() if any(names_place(lower, name) for name in names))
    others = [name for name in OTHER_PLACES if names_place(lower, name)]
    return Reading(
        text=" ".join(rest.split()).strip(" .,:;") or question,
        empty=not subject,
        places=named_here,
        other_places=tuple(name for name in others if not any(name != other and name in other for other in others)),
        wants_list=bool(_LIST.search(lower)),
        confirms=bool(_CONFIRM.search(lower)),
        yes_no=bool(_YES_NO.search(lower)),
        about_old=bool(_OLD.search(lower)),
        about_plan=bool(_PLAN.search(lower)),
        injection=injection,
        invent=bool(_INVENT.search(question) or _DECIDE.search(question) or _DECIDE.search(rest)),
        english=_is_english(words(rest)),
        asks_change=bool(_ASKS_CHANGE.search(lower)),
        denies=bool(_DENIES.search(lower)),
        here=bool(_HERE.search(lower)),
        there=not any(named_here) and any(re.search(rf"{_AT}{re.escape(name)}\b", lower) for name in others),
        neutral=bool(_NEUTRAL.search(lower)),
        on_person=bool(_ON_PERSON.search(lower)),
    )


def _is_english(said: list[str]) -> bool:
    found = sum(word in _ENGLISH for word in said)
    return found >= 2 and found > 2 * sum(word in _INDONESIAN for word in said)
