"""Ingest against the LangChain tutorial pipeline, over the same corpus, in one run. `python benchmarks/ingest_speed.py`

The rival splits with RecursiveCharacterTextSplitter and fills Chroma with the same weights in torch, from
`../shared/models/encoder`; without that folder (or langchain-text-splitters) the command says so and stops.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
WEIGHTS = ROOT.parent / "shared" / "models" / "encoder"


def main() -> int:
    """Print passages a second of both and the ratio."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    if not WEIGHTS.is_dir():
        print(f"{WEIGHTS} is absent: the rival needs the torch weights.")
        return 1
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError:
        print("The rival needs `pip install langchain-text-splitters`.")
        return 1
    from langchain_chroma import Chroma

    from assistant.encoding import load_encoder
    from assistant.settings import load_settings
    from assistant.wiring import run_ingest

    settings = load_settings()
    ours, theirs = load_encoder(settings.encoder), load_encoder(str(WEIGHTS))
    theirs._model.float()  # the weights are stored in fp16, which a CPU computes slowly
    documents = sorted(settings.corpus_dir.rglob("*.md"))[:30]  # a third of the corpus: the rival is slow
    texts = [path.read_text(encoding="utf-8") for path in documents]
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        pieces = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).create_documents(texts)
        Chroma.from_documents(pieces, theirs, persist_directory=str(Path(folder) / "rival"))
        rival = time.perf_counter() - begun
        bare = Path(folder) / "corpus"
        for path in documents:
            target = bare / path.relative_to(settings.corpus_dir)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        begun = time.perf_counter()
        report = run_ingest(replace(settings, corpus_dir=bare, data_dir=Path(folder) / "data"), encoder=ours)
        own = time.perf_counter() - begun
    print(f"tutorial: {len(pieces)} pieces in {rival:.1f} s, {len(pieces) / rival:.1f} a second")
    print(
        f"ours: {report.passages} passages ({report.encoded} texts, no stored questions) in {own:.1f} s, "
        f"{report.passages / own:.1f} passages and {report.encoded / own:.1f} texts a second; ratio in texts "
        f"{report.encoded / own / (len(pieces) / rival):.2f}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
