"""What a generated file says: the known truth that a reader is measured against."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Said:
    """One text that has to be found: under which last heading, and where it stands."""

    text: str
    heading: str = ""
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A file: its name, its bytes, what it says, and what must not come out of it."""

    name: str
    raw: bytes
    said: tuple[Said, ...]
    absent: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())
    """Rows of its tables; every cell of a row has to stand in one statement."""


CHAPTERS = (
    (
        "BAB I PENDAHULUAN",
        (
            (
                "A. Latar Belakang",
                (
                    "Bantuan modal alat diberikan kepada keluarga yang memulai usaha kecil tetapi belum dapat menambah alat.",
                    "Petugas lapangan di kecamatan mencatat usaha yang berjalan paling sedikit enam bulan sebelum pengajuan.",
                ),
            ),
            (
                "B. Maksud dan Tujuan",
                ("Petunjuk ini dimaksudkan agar petugas di semua kecamatan bekerja dengan langkah dan ukuran yang sama.",),
            ),
        ),
    ),
    (
        "BAB II SASARAN DAN PERSYARATAN",
        (
            (
                "A. Sasaran",
                ("Sasaran kegiatan adalah rumah tangga yang tercatat pada desil satu sampai desil empat dan tinggal menetap.",),
            ),
            (
                "B. Persyaratan",
                (
                    "Pemohon melampirkan surat keterangan usaha dari kelurahan yang masih berlaku paling lama tiga bulan.",
                    "Pemohon tidak sedang menerima bantuan alat yang sama dari dinas lain pada tahun anggaran berjalan.",
                ),
            ),
        ),
    ),
    (
        "BAB III PENYALURAN",
        (
            (
                "A. Jadwal",
                ("Penyaluran tahap pertama berlangsung pada minggu kedua bulan Juli dan dilaporkan tujuh hari kemudian.",),
            ),
            (
                "B. Berita Acara",
                ("Berita acara ditandatangani penerima, petugas pendamping dan lurah, lalu disimpan lima tahun.",),
            ),
        ),
    ),
)
"""An invented guide: no fact of it stands in the shipped corpus."""

TITLE = "Petunjuk Teknis Bantuan Modal Alat 2027"
LEAD = "Berkas permohonan terdiri atas:"
POINTS = ("salinan kartu keluarga;", "foto tempat usaha dari depan dan dalam;", "rencana belanja alat paling banyak tiga barang.")
TABLE = (
    ("Kecamatan", "Kuota 2027", "Nilai per orang"),
    ("Sungai Pinang", "35", "Rp3.750.000"),
    ("Loa Kulu", "28", "Rp4.100.000"),
    ("Muara Badak", "41", "Rp3.900.000"),
)
ARTICLES = (
    ("BAB I", "KETENTUAN UMUM", None),
    (
        "Pasal 1",
        "",
        (
            "Dalam peraturan ini yang dimaksud dengan:",
            "a. alat adalah barang modal yang dipakai berulang;",
            "b. pendamping adalah petugas yang ditunjuk camat.",
        ),
    ),
    ("BAB II", "PERSYARATAN", None),
    ("Bagian Kesatu", "Umum", None),
    (
        "Pasal 2",
        "",
        (
            "(1) Setiap pemohon berusia paling rendah dua puluh satu tahun.",
            "(2) Pemohon yang berusia lebih dari enam puluh tahun didampingi ahli waris.",
        ),
    ),
    ("Bagian Kedua", "Pengecualian", None),
    (
        "Pasal 3",
        "",
        (
            "(1) Ketentuan sebagaimana dimaksud dalam Pasal 2 ayat (1) tidak berlaku bagi kelompok.",
            "(2) Kelompok terdiri atas:",
            "a. ketua;",
            "b. bendahara; dan",
            "c. paling sedikit tiga anggota.",
        ),
    ),
    ("BAB III", "SANKSI", None),
    ("Pasal 4", "", ("Penerima yang menjual alat dalam dua tahun pertama mengembalikan nilainya ke kas daerah.",)),
)
