"""A juknis that nothing was tuned on: `python benchmarks/new_juknis.py`.

Makes a PDF of 20 pages (rules of an invented programme, written for this test alone, a chapter with two articles a page), puts
it beside the shipped corpus as an office would (file and card), ingests, and asks 40 questions with `QUESTION_INDEX` off and on.
Prints how often the right sentence is quoted, how often it is quoted first, and how often the page of that citation is right. The
vectors of the corpus come from DATA_DIR's cache when there is one.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reportlab.lib.styles import getSampleStyleSheet  # noqa: E402
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer  # noqa: E402

from assistant.encoding import load_encoder  # noqa: E402
from assistant.loading.sidecar import write_card  # noqa: E402
from assistant.settings import load_settings  # noqa: E402
from assistant.wiring import make_assistant, run_ingest  # noqa: E402

TITLE = "Petunjuk Teknis Gerobak Mandiri Etam Kalimantan Timur 2031"
CARD = {
    "title": TITLE,
    "kind": "juknis",
    "scope": "kaltim",
    "program": "gerobak-mandiri-etam",
    "status": "berlaku",
    "valid_from": "2031",
}
FILLER = (
    "Ketentuan pada bagian ini dijalankan dengan memperhatikan keadaan setempat dan kesepakatan para pihak. "
    "Hal yang belum jelas dibicarakan lebih dahulu dalam rapat koordinasi. Setiap pihak menyimpan salinan dokumen yang "
    "menjadi tanggung jawabnya dan menyerahkannya bila diminta."
)
TOPICS = (
    "Nama dan lambang",
    "Sasaran",
    "Pendaftaran",
    "Penilaian",
    "Penetapan",
    "Bentuk gerobak",
    "Isi awal",
    "Serah terima",
    "Pelatihan",
    "Lokasi berjualan",
    "Perawatan",
    "Buku kas",
    "Tabungan",
    "Kunjungan",
    "Pergantian penerima",
    "Pengaduan",
    "Sanksi",
    "Pelaporan",
    "Pemantauan",
    "Penutup",
)
FACTS = [json.loads(line) for line in Path(__file__).with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
"""Two a page: the sentence, a question as it is typed in the field, and what tells the sentence."""


def make_pdf(file: Path) -> None:
    """Write the juknis: a chapter with two articles a page, the fact in the middle of its article."""
    styles = getSampleStyleSheet()
    story: list[object] = []
    for number, topic in enumerate(TOPICS):
        story += [Paragraph(f"BAB {number + 1}. {topic}", styles["Heading1"])]
        for article in (2 * number, 2 * number + 1):
            story += [Paragraph(f"Pasal {article + 1}", styles["Heading2"]), Paragraph(FILLER, styles["BodyText"])]
            story += [Paragraph(FACTS[article]["fact"], styles["BodyText"]), Paragraph(FILLER, styles["BodyText"]), Spacer(1, 12)]
        story.append(PageBreak())
    SimpleDocTemplate(str(file), title=TITLE).build(story[:-1])


def main() -> int:
    """Print the figures, and the questions whose sentence was not quoted."""
    settings = load_settings()
    encoder = load_encoder(settings.encoder)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(settings.corpus_dir, place / "corpus")
        (place / "corpus" / "unggahan").mkdir(exist_ok=True)
        (place / "data").mkdir()
        if (cache := settings.data_dir / "vectors.sqlite").is_file():
            shutil.copyfile(cache, place / "data" / cache.name)
        file = place / "corpus" / "unggahan" / "juknis-gerobak.pdf"
        make_pdf(file)
        write_card(file, CARD)
        settings = replace(settings, corpus_dir=place / "corpus", data_dir=place / "data")
        report = run_ingest(settings, encoder=encoder)
        print(f"{len(report.plan.added)} documents, {len(report.failures)} failures")
        for index in (False, True):
            assistant = make_assistant(replace(settings, question_index=index), encoder=encoder)
            quoted = first = page = 0
            missed = []
            for number, fact in enumerate(FACTS):
                question, key = fact["question"], fact["key"]
                answer = assistant.ask(question)
                found = [c for c in answer.citations if key in c.quote and c.passage.document.title == TITLE]
                quoted += bool(found)
                first += bool(found) and found[0].number == 1
                page += bool(found) and found[0].passage.page == str(number // 2 + 1)
                if not found:
                    missed.append(f"{question} -> {answer.status}: {answer.text[:110]!r}")
            print(f"QUESTION_INDEX={'on' if index else 'off'}: of {len(FACTS)} quoted {quoted}, first {first}, right page {page}")
            print("\n".join(missed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
