"""`ingest.py --watch` follows the folder until it is stopped."""

import threading
import time

from assistant import watching
from assistant.ingestion import ingest
from assistant.settings import Settings
from tests.factories import make_index, write_document


def test_a_new_document_is_ingested_while_watching_and_hidden_files_are_not_waited_for(tmp_path, monkeypatch):
    corpus, index, encoder = make_index(tmp_path)
    stop, said = threading.Event(), []
    monkeypatch.setattr(watching, "load_encoder", lambda name: encoder)
    monkeypatch.setattr(watching, "run_ingest", lambda settings, encoder: ingest(corpus, index, encoder))
    monkeypatch.setattr(watching, "SETTLED_MS", 100)
    settings = Settings(corpus_dir=corpus, data_dir=tmp_path)
    thread = threading.Thread(target=watching.watch, args=(settings,), kwargs={"stop": stop, "say": said.append}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not any("Mengamati" in line for line in said) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(0.5)
    (corpus / ".sementara.md").write_text("x")
    write_document(corpus, "baru", "# Baru\n\n## Jadwal\n\nKunjungan UEP dilakukan tiap Kamis.\n")
    while not any("Baru 1," in line for line in said) and time.monotonic() < until:
        time.sleep(0.05)
    stop.set()
    thread.join(10)
    assert any("Baru 1," in line for line in said)
    assert not thread.is_alive()
