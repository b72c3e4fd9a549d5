"""Which topic a statement belongs to: that of a question about its label, else that of its document. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.knowledge.stems import Stems
from assistant.training.statements import Said

_PATHS = (
    ("kaltim/uep-2025-seleksi", "kriteria"),
    ("nasional/kriteria-penerima", "kriteria"),
    ("nasional/larangan-penerima", "kriteria"),
    ("kaltim/uep-2025-penyaluran", "alur"),
    ("kaltim/mekanisme", "alur"),
    ("kaltim/uep-pascabantuan", "alur"),
    ("nasional/alur-usulan", "alur"),
    ("nasional/pengaduan", "dokumen"),
    ("nasional/sanksi", "dokumen"),
    ("nasional/cek-status", "data"),
    ("nasional/perbaikan-data", "data"),
    ("nasional/ground-check", "data"),
    ("nasional/desil", "data"),
    ("nasional/dtsen", "data"),
    ("nasional/apa-yang-berubah-dtks", "data"),
    ("nasional/kube", "program-lain"),
    ("nasional/apa-yang-berubah-permensos-kube", "program-lain"),
    ("nasional/tksk", "peran"),
    ("nasional/psm", "peran"),
    ("nasional/peran-pusat", "peran"),
    ("nasional/", "hukum"),
    ("kaltim/bantuan-sosial-terencana", "program-lain"),
    ("kaltim/skema-lama", "program-lain"),
    ("kaltim/pergub", "program-lain"),
    ("kaltim/uep-kaltim-dan-program-lain", "program-lain"),
    ("kaltim/dinsos-kaltim", "peran"),
    ("kaltim/dasar-hukum", "hukum"),
    ("kaltim/wilayah", "wilayah"),
    ("kaltim/kabupaten-kota", "wilayah"),
    ("kaltim/", "bantuan"),
    ("forum/", "bantuan"),
    ("program-lain/", "program-lain"),
    ("usaha/", "usaha"),
    ("bimtek/", "peran"),
    ("daerah-lain/", "daerah-lain"),
)


def topics_by_label(stems: Stems) -> Mapping[str, str]:
    """Return the topic of each label that a written question names, the first one where there are several."""
    return {stem.label: stem.topic for stem in reversed(stems.questions)}


def topic_of(said: Said, label: str, known: Mapping[str, str]) -> str:
    """Return the topic of a statement; a document of no known folder counts as `bantuan`."""
    if label in known and not (known[label] == "daerah-lain" and said.here):
        return known[label]
    return next((topic for prefix, topic in _PATHS if said.path.startswith(prefix)), "bantuan")
