"""Settings are read once and wrong ones named; the README's table and commands stay true."""

import re
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import DESCRIPTIONS, ROOT, load_settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "99999"),
        ("QUESTION_INDEX", "ya"),
        ("ENCODER", ""),
        ("CORPUS_DIR", ""),
        ("LOG_TO", "layar"),
        ("METRICS_TOKEN", "pendek"),
        ("BACKUP_KEEP", "0"),
    ],
)
def test_a_wrong_value_is_named_with_the_way_out(name, value):
    with pytest.raises(SettingsError, match=name):
        load_settings({name: value}, dotenv=None)


def test_the_environment_wins_over_the_file_and_unknown_names_in_the_file_are_refused(tmp_path):
    (tmp_path / ".env").write_text("PORT=8000\nQUESTION_INDEX=off\n")
    settings = load_settings({"PORT": "9000"}, dotenv=tmp_path / ".env")
    assert settings.port == 9000
    assert not settings.question_index
    (tmp_path / ".env").write_text("PROT=8000\n")
    with pytest.raises(SettingsError, match="PROT"):
        load_settings({}, dotenv=tmp_path / ".env")


def test_the_readme_lists_every_setting_and_no_other():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", readme, re.M)) == set(DESCRIPTIONS)


def test_the_readme_starts_with_the_two_commands():
    first = (ROOT / "README.md").read_text(encoding="utf-8")[:1200]
    assert "make run" in first
    assert "make test" in first


def test_the_makefile_has_at_most_eight_verbs():
    phony = re.search(r"^\.PHONY: (.*)$", Path(ROOT / "Makefile").read_text(), re.M)
    assert phony is not None
    assert len(phony[1].split()) <= 8
