"""Start of the app: load the encoder once, ingest when there is no usable index, hand out the Assistant."""

from __future__ import annotations

from assistant.bars import Bars, report_lines
from assistant.encoding import load_encoder
from assistant.errors import IndexBrokenError, IndexMissingError
from assistant.index.reader import SnapshotReader
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.wiring import make_assistant, run_ingest


def ready_assistant(settings: Settings) -> Assistant:
    """Return an Assistant whose index can be asked; raises AssistantError when none can be made."""
    encoder = load_encoder(settings.encoder)
    reader = SnapshotReader(settings.index_dir, signature=encoder.signature)
    try:
        reader.current()
    except (IndexMissingError, IndexBrokenError) as error:
        print(f"{error} Indeks dibuat sekarang …")
        with Bars() as bars:
            report = run_ingest(settings, encoder=encoder, progress=bars)
        print("\n".join(report_lines(report)))
    finally:
        reader.close()
    return make_assistant(settings, encoder=encoder)
