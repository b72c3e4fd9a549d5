"""A story from the field gets the statements that bear on it; the decision about the person stays with the team."""

import re

import pytest

from assistant.answering.evidence import MOST_SITUATIONS
from assistant.answering.quoting import OPENINGS
from assistant.answering.stories import STORY_WORDS, is_story, told
from assistant.errors import CorpusError
from assistant.knowledge import Premise
from assistant.knowledge.situations import Situation, read_situations
from assistant.questions import read_question
from assistant.types import Gap, Retrieval, Status
from tests.factories import answer_from, make_hit, make_knowledge

STORY = (
    "Bu Rahma di desa kami berjualan kue sejak lama, suaminya pegawai negeri, dan beliau pernah menerima paket. "
    "Apakah beliau masih layak diusulkan untuk UEP tahun ini?"
)
GENERAL = "Calon penerima UEP dinilai oleh tim dinas sosial."
SERVANT = "Keluarga pegawai negeri tidak diusulkan."
EARLIER = "Penerima lama dinilai ulang oleh tim."


def situation(identity, *cues, labels, needs=()):
    def any_of(phrases):
        return re.compile(rf"\b(?:{'|'.join(phrases)})\b")

    return Situation(identity, any_of(cues), tuple(labels), any_of(needs) if needs else None)


KIN = situation("pegawai", "pegawai negeri", labels=["A-071"])
AGAIN = situation("pernah", "pernah menerima", labels=["B-020"])


def heard(text, *situations, rewrite=str.lower):
    return [found.id for found in told(read_question(text), situations, rewrite)]


def padded(text):
    return f"{text} {' '.join(['begitu'] * STORY_WORDS)}"


@pytest.mark.parametrize(
    "text",
    [
        "Bu Ani jualan",
        "Pak. Budi jualan",
        "Nenek Siti jualan",
        "warga bernama joko",
        "umurnya 62",
        "seorang ibu (45) jualan",
        "janda 51 thn",
        "Pak RT minta jatah",
        "ada warga yang pindah",
        "ada seorang pendamping minta uang",
    ],
)
def test_a_long_question_about_somebody_is_a_story_and_a_short_one_is_not(text):
    assert is_story(padded(text))
    assert not is_story(text)


@pytest.mark.parametrize(
    "text",
    ["Usaha apa yang cocok", "ibu rumah tangga jualan", "sudah berjualan 10 tahun lalu", "UEP tahun 2025", "pasal 33 ayat 2"],
)
def test_a_long_question_about_nobody_is_no_story(text):
    assert not is_story(padded(text))


def test_the_last_word_that_is_needed_makes_a_story():
    text = "Bu Ani " + " ".join(["jualan"] * (STORY_WORDS - 2))
    assert is_story(text)
    assert not is_story(text.removesuffix(" jualan"))


def test_a_story_tells_of_its_situations_in_the_order_of_the_list():
    assert heard(STORY, KIN, AGAIN) == ["pegawai", "pernah"]
    assert heard(STORY, AGAIN, KIN) == ["pernah", "pegawai"]
    assert heard(STORY, situation("judi", "judi", labels=["A-076"])) == []


def test_a_situation_that_needs_a_word_is_told_only_with_it():
    assert heard(STORY, situation("kue", "kue", labels=["B-040"], needs=["uep"])) == ["kue"]
    assert heard(STORY, situation("kue", "kue", labels=["B-040"], needs=["pkh", "bpnt"])) == []


def test_field_spelling_is_understood_in_a_story():
    text = STORY.replace("pegawai negeri", "pns")
    assert heard(text, KIN) == []
    assert heard(text, KIN, rewrite=lambda story: story.lower().replace("pns", "pegawai negeri")) == ["pegawai"]


@pytest.mark.parametrize("never", ["belum pernah", "blm pernah", "tidak pernah", "tdk pernah", "ga pernah", "nggak pernah"])
def test_what_somebody_never_got_is_no_earlier_help(never):
    assert heard(STORY, AGAIN) == ["pernah"]
    assert heard(STORY.replace("pernah", never), AGAIN) == []


def test_a_short_question_and_one_about_another_region_tell_of_nothing():
    assert heard("Bu Rahma pernah menerima paket, boleh?", AGAIN) == []
    assert heard(STORY.replace("di desa kami", "di Banten"), AGAIN) == []


def asked(*hits, story=STORY, situations=(KIN, AGAIN), **knowledge):
    return answer_from(story, *hits, situations=situations, **knowledge)


def quoted(answer):
    return [citation.quote for citation in answer.citations]


HITS = (
    make_hit(GENERAL, label="B-001", path="a.md", score=0.9),
    make_hit("Kue termasuk usaha UEP.", label="B-002", path="b.md", score=0.85),
    make_hit(SERVANT, label="A-071", path="c.md", score=0.3),
    make_hit(EARLIER, label="B-020", path="d.md", score=0.2),
)


def test_a_story_is_answered_in_part_and_the_decision_stays_with_the_team():
    answer = asked(*HITS)
    assert answer.status is Status.PARTIAL
    assert answer.text.startswith(OPENINGS["kasus"])
    assert "tetap pada tim verifikasi" in answer.text


def test_statements_of_the_situations_are_quoted_before_nearer_ones_that_the_story_did_not_ask_for():
    assert quoted(asked(*HITS))[:3] == [GENERAL, SERVANT, EARLIER]
    assert SERVANT not in quoted(asked(*HITS, situations=()))


def test_a_situation_is_told_by_its_principal_statement_and_by_the_next_when_that_was_not_found():
    two = situation("pegawai", "pegawai negeri", labels=["A-070", "A-071"])
    principal = make_hit("Pegawai negeri tidak diusulkan.", label="A-070", path="e.md", score=0.1)
    assert quoted(asked(HITS[0], HITS[2], principal, situations=[two])) == [GENERAL, principal.passage.text]
    assert quoted(asked(HITS[0], HITS[2], situations=[two])) == [GENERAL, SERVANT]


def test_of_many_situations_only_the_first_are_told():
    words = ["rahma", "desa", "kue", "suaminya", "paket"]
    many = [situation(word, word, labels=[f"A-{number}00"]) for number, word in enumerate(words, 1)]
    hits = [make_hit(f"Hal {word}.", label=f"A-{n}00", path=f"{n}.md", score=0.1) for n, word in enumerate(words, 1)]
    answer = asked(HITS[0], *hits, situations=many)
    assert quoted(answer) == [GENERAL, *(hit.passage.text for hit in hits[:MOST_SITUATIONS])]


def test_the_labels_of_all_situations_are_wanted_of_the_search():
    from assistant.answering.pipeline import answer

    wanted = []

    def find(text, also, labels):
        wanted.extend(labels)
        return Retrieval(text)

    answer(STORY, history=(), find=find, knowledge=make_knowledge(situations=(KIN, AGAIN)))
    assert wanted == ["A-071", "B-020"]


def test_a_story_that_asks_nothing_about_a_person_is_answered():
    story = (
        "Pak RT di kampung kami minta uang rokok dua puluh ribu setiap barang datang dan warga takut melapor, "
        "tindakan apa yang tepat menurut aturan?"
    )
    levy = situation("pungutan", "uang rokok", labels=["A-196"])
    answer = asked(make_hit("Pungutan dilaporkan ke dinas.", label="A-196"), story=story, situations=[levy])
    assert answer.status is Status.ANSWERED
    assert OPENINGS["kasus"] not in answer.text


def test_a_gap_that_a_story_touches_is_said_after_what_is_known():
    story = STORY.replace("masih layak diusulkan untuk UEP tahun ini", "tercatat")
    gap = Gap("C-001", "batas umur", "aturan", "Dinsos", "berita")
    open_one = make_hit("Batas umur belum ditemukan.", label="C-001", path="e.md", score=0.9)
    answer = asked(open_one, *HITS[2:], story=story, gaps={"C-001": gap})
    assert answer.status is Status.PARTIAL
    assert quoted(answer) == [SERVANT, EARLIER, open_one.passage.text]


def test_a_story_that_holds_a_wrong_belief_is_corrected():
    belief = Premise("B-001#1", "B-001", "Desa menerima paket untuk UEP", ())
    hits = (make_hit(GENERAL, premise=belief.id), *HITS[2:])
    answer = asked(*hits, story=STORY.replace("Apakah ", ""), premises={belief.id: belief})
    assert answer.status is Status.CORRECTED
    assert answer.text.startswith("Anggapan bahwa desa menerima paket untuk UEP tidak sesuai")
    assert SERVANT in answer.text


def write(folder, text):
    (folder / "situations.yaml").write_text(text, encoding="utf-8")
    return folder


def test_situations_are_read_in_order_with_their_cues_and_needs(tmp_path):
    text = "- {id: judi, cues: [judi, slot], labels: [A-1]}\n- {id: c++, cues: [c+], labels: [A-2, A-3], needs: [uep]}\n"
    first, second = read_situations(write(tmp_path, text))
    assert (first.id, first.labels, second.labels) == ("judi", ("A-1",), ("A-2", "A-3"))
    assert first.told_in("ia main slot")
    assert not first.told_in("ia berjudi"), "a cue is a whole word"
    assert not first.told_in("ia main slotan")
    assert second.needs is not None
    assert not second.told_in("cc uep"), "a cue is no pattern"


def test_without_a_file_there_are_no_situations(tmp_path):
    assert read_situations(tmp_path) == ()


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("{id: judi, labels: [A-1]}", "judi"),
        ("{id: judi, cues: [], labels: [A-1]}", "judi"),
        ("{id: judi, cues: slot, labels: [A-1]}", "judi"),
        ("{id: judi, cues: [1], labels: [A-1]}", "judi"),
        ("{id: judi, cues: [slot]}", "judi"),
        ("{id: judi, cues: [slot], labels: []}", "judi"),
        ("{id: judi, cues: [slot], labels: [A-1], needs: []}", "judi"),
        ("{id: judi, cues: [slot], labels: [A-1], needs: uep}", "judi"),
        ("{cues: [slot], labels: [A-1]}", r"\?"),
    ],
)
def test_a_faulty_situation_is_named(tmp_path, entry, name):
    sound = "- {id: sah, cues: [x], labels: [A-1]}\n"
    with pytest.raises(CorpusError, match=rf"situations\.yaml, entri {name}:"):
        read_situations(write(tmp_path, f"{sound}- {entry}\n"))
