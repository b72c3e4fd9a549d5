"""Which topic a statement or a question belongs to: that of a question about its label, else that of its document. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.knowledge.stems import Stems
from assistant.training.statements import Said
from assistant.types import Answer, Status

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
    ("celah/aplikasi", "data"),
    ("celah/aturan", "dokumen"),
    ("celah/data", "data"),
    ("celah/hasil", "alur"),
    ("celah/kejadian", "alur"),
    ("celah/pejabat", "peran"),
    ("celah/pelatihan", "hukum"),
    ("celah/pendamping", "peran"),
    ("celah/pengadaan", "alur"),
    ("celah/program-lain", "program-lain"),
    ("celah/seleksi", "kriteria"),
    ("celah/sesudah", "alur"),
    ("celah/syarat", "kriteria"),
    ("celah/teknis", "usaha"),
    ("celah/uep-kabupaten", "wilayah"),
    ("celah/", "bantuan"),
)
OUTSIDE = "luar-topik"
"""The topic of questions that have none of ours: off topic, or asking for what is never done."""


def topics_by_label(stems: Stems) -> Mapping[str, str]:
    """Return the topic of each label that a written question names, the first one where there are several."""
    return {stem.label: stem.topic for stem in reversed(stems.questions)}


def topic_of(said: Said, label: str, known: Mapping[str, str]) -> str:
    """Return the topic of a statement; a document of no known folder counts as `bantuan`."""
    if label in known and not (known[label] == "daerah-lain" and said.here):
        return known[label]
    return _topic_of_path(said.path) or "bantuan"


def topic_of_answer(answer: Answer) -> str:
    """Return the topic of a question: that of the first document it cites, else of the nearest that was found."""
    if answer.status in (Status.OFF_TOPIC, Status.DECLINED):
        return OUTSIDE
    found = [citation.passage for citation in answer.citations] + [hit.passage for hit in answer.retrieval.kept]
    return next((topic for passage in found if (topic := _topic_of_path(passage.document.path))), "bantuan")


def nearness(answer: Answer) -> float:
    """Return how near (cosine) the nearest cited text is to the question; 0 without citations, 1 for a standard answer."""
    if answer.approval is not None:
        return 1.0
    cited = {citation.passage.id for citation in answer.citations}
    matches = (match for hit in answer.retrieval.kept if hit.passage.id in cited for match in hit.matches)
    return max((match.parts.get("kosinus", 0.0) for match in matches), default=0.0)


def _topic_of_path(path: str) -> str:
    return next((topic for prefix, topic in _PATHS if path.startswith(prefix)), "")
