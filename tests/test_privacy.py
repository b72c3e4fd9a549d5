"""Personal data leaves no trace in a text, and figures that are nobody's stay."""

import random

import pytest

from assistant.privacy import mask
from assistant.settings import ROOT

DIGITS = "6472053102850007"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"NIK {DIGITS} tolong", ("NIK",)),
        ("nik 6472 0531 0285 0007", ("NIK",)),
        ("nik 6472.0531.0285.0007", ("NIK",)),
        ("nik 6472/0531/0285/0007", ("NIK",)),
        ("nik 6472 - 0531 - 0285 - 0007", ("NIK",)),
        ("nik 647205-310285-0007", ("NIK",)),
        ("nik 6472\u00a00531\u20090285\u202f0007", ("NIK",)),
        ("nik 6472\u20110531\u20130285\u20140007", ("NIK",)),
        ("nik 6472\u200b0531\u200b0285\u200b0007", ("NIK",)),
        ("ktp ６４７２０５３１０２８５０００７", ("NIK",)),
        ("a 6 4 7 2 0 5 3 1 0 2 8 5 0 0 0 7 b", ("NIK",)),
        (f"No KK: {DIGITS}", ("KK",)),
        (f"kartu keluarga beliau nomornya {DIGITS}", ("KK",)),
        (f"NIK {DIGITS} dan KK 6472 0531 0285 0008", ("NIK", "KK")),
        (f"{DIGITS} {DIGITS} {DIGITS}", ("NIK",)),
        ("NIP 19850312 201001 2 003", ("nomor",)),
        ("nip 198503122010012003", ("nomor",)),
        ("wa 0812-3456-7890 ya", ("telepon",)),
        ("+62 812 3456 7890", ("telepon",)),
        ("+62-812-3456-7890", ("telepon",)),
        ("0812.3456.7890", ("telepon",)),
        ("(0812) 3456-7890", ("telepon",)),
        ("hp 62 812 3456 7890", ("telepon",)),
        ("62812345678", ("telepon",)),
        ("+62 (812) 3456 7890", ("telepon",)),
        ("rekening 1234567890 bank", ("rekening",)),
        ("norek 0012 3456 789", ("rekening",)),
        ("rekeningnya di BRI 0123-01-012345-50-1", ("rekening",)),
        ("rek. BCA 123.456.7890", ("rekening",)),
        ("1234567890,0987654321", ("nomor",)),
        ("kirim ke budi.santoso+uep@dinsos.kaltimprov.go.id ya", ("surel",)),
        ("budi @gmail.com", ("surel",)),
        ("BUDI_S@Yahoo.co.id, hp 081234567890", ("telepon", "surel")),
    ],
)
def test_personal_data_is_masked_and_no_digit_of_it_left(text, kinds):
    masked, found = mask(text)
    assert set(found) == set(kinds)
    assert not any(character.isdecimal() for character in masked)
    assert "@" not in masked
    assert mask(masked) == (masked, ())


@pytest.mark.parametrize(
    "text",
    [
        "1.500 penerima",
        "Rp4.538.851",
        "Rp 4500000000",
        "UU 13/2011",
        "Permensos 8 Tahun 2012 dan 25/2015",
        "285.570.129 individu",
        "tahun 2025",
        "tahun 2021 2022 2023 2024 2025",
        "anggaran 2021/2022/2023/2024",
        "10 20 30 40 50 60 70 80 orang",
        "uang masuk rekening Rp10.000.000",
        "saldo rekening 10.000.000 rupiah",
        "rekening dibuka 12-08-2025",
        "rekening 2024-2025 10 orang",
        "tanggal 08-12-2025 09.00-12.00",
        "tanggal 12-08-2025 09.00-12.00",
        "2025-08-12 10:30:45",
        "telur @2.500, ayam @ 45.000",
        "ikuti @dinsos.kaltim di Instagram",
        "2.1.03.04.05.06.07.08.09.10",
    ],
)
def test_figures_that_are_nobodys_stay(text):
    assert mask(text) == (text, ())


def test_what_stands_around_a_number_stays():
    assert mask(f"Bu Ani (NIK {DIGITS}), umur 45, boleh?")[0] == "Bu Ani (NIK [NIK disamarkan]), umur 45, boleh?"
    assert mask("hubungi (0812) 3456-7890 sebelum 12 Mei")[0] == "hubungi [nomor telepon disamarkan] sebelum 12 Mei"


def test_no_text_of_the_corpus_is_changed():
    changed = []
    for path in sorted((ROOT / "corpus").rglob("*")):
        if path.suffix in (".md", ".jsonl"):
            lines = path.read_text(encoding="utf-8").splitlines()
            changed += [(path.name, line) for line in lines if "http" not in line and mask(line)[0] != line]
    assert changed == []


def test_any_number_with_any_separators_is_masked_once_and_for_all():
    draw = random.Random(11)
    signs = ["", " ", ".", "-", "/", "\u00a0", " - ", "\u2013", "_"]
    for _ in range(500):
        day, month = draw.randint(1, 31) + draw.choice((0, 40)), draw.randint(1, 12)
        number = f"6472{draw.randint(1, 20):02}{day:02}{month:02}{draw.randint(0, 99):02}{draw.randint(1, 9999):04}"
        sign, width = draw.choice(signs), draw.choice((2, 3, 4, 6))
        written = sign.join(number[at : at + width] for at in range(0, 16, width))
        masked, kinds = mask(f"Tolong cek {written} apakah layak")
        assert kinds == ("NIK",), written
        assert masked == "Tolong cek [NIK disamarkan] apakah layak"
        assert mask(masked) == (masked, ())


def test_a_long_text_without_data_is_read_quickly():
    assert mask("a" * 20_000 + " " + "1 . " * 2_000) == ("a" * 20_000 + " " + "1 . " * 2_000, ())
