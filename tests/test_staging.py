"""Uploaded files wait under safe names, whole or not at all."""

import io

import pytest

from assistant.errors import InputError
from assistant.staging import Staging, safe_name


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Juknis UEP 2025.PDF", "juknis-uep-2025.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Siti\\Notulen (1).docx", "notulen-1.docx"),
        (".env", "dokumen.env"),
        ("..", "dokumen"),
        ("a\x00b.pdf", "a-b.pdf"),
        ("Pédoman 📄.md", "pedoman.md"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("-rf *.txt", "rf.txt"),
        ("berkas.p/df", "df"),
    ],
)
def test_a_file_name_becomes_safe(given, safe):
    assert safe_name(given) == safe


def test_an_uploaded_file_waits_with_its_content(tmp_path):
    staging = Staging(tmp_path / "unggah", largest=100)
    staged = staging.add("1", "Juknis.txt", io.BytesIO(b"isi"))
    assert [item.name for item in staging.waiting()] == ["juknis.txt"]
    assert staging.get("1").file.read_bytes() == b"isi"
    staging.drop(staged)
    assert staging.waiting() == ()


@pytest.mark.parametrize(("content", "reason"), [(b"", "kosong"), (b"x" * 101, "lebih besar")])
def test_an_empty_or_too_large_file_is_refused_and_nothing_of_it_stays(tmp_path, content, reason):
    staging = Staging(tmp_path / "unggah", largest=100)
    with pytest.raises(InputError, match=reason):
        staging.add("1", "a.txt", io.BytesIO(content))
    assert list((tmp_path / "unggah").iterdir()) == []


def test_an_upload_that_broke_off_is_not_waiting(tmp_path):
    (tmp_path / "unggah" / "1").mkdir(parents=True)
    (tmp_path / "unggah" / "1" / "a.txt").write_text("separuh")
    assert Staging(tmp_path / "unggah", largest=100).waiting() == ()


def test_a_confirmed_file_is_no_longer_waiting(tmp_path):
    staging = Staging(tmp_path / "unggah", largest=100)
    staging.confirm(staging.add("1", "a.txt", io.BytesIO(b"isi")), {"path": "unggahan/a.txt"})
    assert staging.waiting() == ()
    assert [intent["path"] for _, intent in staging.confirmed()] == ["unggahan/a.txt"]
    with pytest.raises(InputError, match="unggah ulang"):
        staging.get("1")
