"""What every program does before it opens anything: the rest of a restore or an update that was interrupted."""

from __future__ import annotations

from assistant.operations.corpus_merge import merge_corpus
from assistant.operations.swap import finish
from assistant.settings import HOME, ROOT, Settings


def complete(settings: Settings) -> None:
    """Complete what a kill interrupted, and lay the corpus of a new version into the office's; raises PackageError."""
    finish(settings)
    if ROOT != HOME:
        for name in merge_corpus(ROOT, settings.corpus_dir):
            print(f"Korpus: {name} dibiarkan seperti yang Anda ubah.")  # noqa: T201  # the line of a command
