"""What every program does before it opens anything: the rest of a restore or an update that was interrupted."""

from __future__ import annotations

from assistant.operations.swap import finish
from assistant.settings import Settings


def complete(settings: Settings) -> None:
    """Complete what a kill interrupted; raises PackageError when that can't be done."""
    finish(settings)
