"""What a new version changes is told passage by passage."""

from assistant.changes import changes
from tests.factories import make_passage

VISIT = "Pendamping mengunjungi penerima setiap bulan ganjil dan mencatat hasilnya."
REPORT = "Laporan dikirim ke dinas paling lambat tanggal sepuluh bulan berikutnya."
OTHER = "Barang bantuan tidak boleh dijual atau dipindahtangankan kepada orang lain."


def test_the_same_text_at_another_place_is_kept():
    difference = changes([make_passage(VISIT, label="A")], [make_passage(VISIT, label="B")])
    assert difference.none
    assert difference.kept == 1


def test_a_changed_figure_alters_the_passage():
    now = VISIT.replace("ganjil", "genap")
    difference = changes(
        [make_passage(VISIT), make_passage(REPORT, label="B")], [make_passage(now), make_passage(REPORT, label="B")]
    )
    assert [(item.before.text, item.after.text) for item in difference.altered] == [(VISIT, now)]
    assert (difference.added, difference.removed, difference.kept) == ((), (), 1)


def test_a_passage_that_moved_and_changed_is_one_that_was_altered():
    now = VISIT.replace("ganjil", "genap")
    difference = changes([make_passage(VISIT, label="A")], [make_passage(REPORT, label="A"), make_passage(now, label="B")])
    assert [item.after.text for item in difference.altered] == [now]
    assert [passage.text for passage in difference.added] == [REPORT]


def test_other_text_at_the_same_place_is_removed_and_added():
    difference = changes([make_passage(VISIT)], [make_passage(OTHER)])
    assert [passage.text for passage in difference.removed] == [VISIT]
    assert [passage.text for passage in difference.added] == [OTHER]


def test_a_text_that_stands_twice_and_then_once_was_removed_once():
    difference = changes([make_passage(VISIT, label="A"), make_passage(VISIT, label="B")], [make_passage(VISIT, label="A")])
    assert (len(difference.removed), difference.kept) == (1, 1)
