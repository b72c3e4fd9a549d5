"""Settings -> what one document file may cost."""

from __future__ import annotations

from assistant.loading.content import Limits
from assistant.settings import Settings


def file_limits(settings: Settings) -> Limits:
    """Return what one document file may cost."""
    return Limits(settings.file_mb, settings.file_pages, settings.file_seconds, settings.file_memory_mb)
