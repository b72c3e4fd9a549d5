"""The long proofs in short: the same code as `make bench` runs with 200 kills and 200 numbers."""

import sqlite3

import pytest

from benchmarks import ingest_kills, kills, private_data


def test_what_the_app_confirmed_is_there_after_kills(tmp_path):
    found = kills.run(2, "", tmp_path)
    assert found["answers confirmed"] > 0
    assert (found["lost"], found["damage"]) == (0, 0), found


def test_answers_come_whole_from_one_snapshot_while_ingests_are_killed(tmp_path):
    found = ingest_kills.run(1, 1, 1, tmp_path)
    assert found["answers"] > 0
    assert (found["errors"], found["mixed_or_wrong"], found["newest_served"]) == ([], [], True)


def test_no_planted_number_is_found_in_files_logs_pages_and_exports(tmp_path):
    found = private_data.run(24, tmp_path)
    assert found["notes of masking in the exports"] > 0
    assert found["numbers found"] == 0, found["where"]


@pytest.mark.parametrize("written", ["{}", "NIK: {}!", "a{}b"])
def test_the_search_would_find_a_number_whatever_separates_its_digits(written, tmp_path):
    numbers = private_data.plant(64)
    assert len({item.digits for item in numbers}) == 64
    for item in numbers:
        content = written.format(item.typed).encode()
        assert private_data.traces(numbers, {"x": content})["x"] == [item.typed]
    base = sqlite3.connect(tmp_path / "c.sqlite")
    base.execute("CREATE TABLE t (x)")
    base.execute("INSERT INTO t VALUES (?)", [numbers[0].typed])
    base.commit()
    base.close()
    assert private_data.traces(numbers, private_data.files_of(tmp_path))["c.sqlite"] == [numbers[0].typed]
