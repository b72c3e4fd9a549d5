"""The log: JSON lines of what happened, never of what was asked or by whom."""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import AssistantError
from assistant.privacy import mask
from assistant.settings import Settings

OWN = ("assistant", "uvicorn")
"""Loggers whose words are ours to judge; of others only name, place and error class stay: a library may quote a question."""
FIELDS = "fields"
requests = logging.getLogger("assistant.requests")


class JsonLines(logging.Formatter):
    """One JSON object a record; all text masked, of an error its class and where it arose, not what it says."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        values: dict[str, object] = {
            "waktu": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "tingkat": record.levelname,
            "pencatat": record.name,
        }
        fields = getattr(record, FIELDS, None)
        if isinstance(fields, dict):
            values |= {name: mask(item)[0] if isinstance(item, str) else item for name, item in fields.items()}
        elif record.name.partition(".")[0] in OWN:
            values["pesan"] = mask(record.getMessage())[0]
        else:
            values["tempat"] = f"{Path(record.pathname).name}:{record.lineno}"
        if record.exc_info and record.exc_info[0] is not None:
            values["galat"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            values["jejak"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
        return json.dumps(values, ensure_ascii=False)


class PrivateRotating(logging.handlers.RotatingFileHandler):
    """A rotating file that its owner alone may read."""

    def _open(self):  # type: ignore[no-untyped-def]
        return open(  # an opener is what makes it private
            self.baseFilename, self.mode, encoding=self.encoding, opener=lambda path, flags: os.open(path, flags, 0o600)
        )


def start_log(settings: Settings) -> logging.Handler | None:
    """Send what is logged to where the settings say; returns the handler, None when it is off.

    Raises AssistantError when the file can't be opened.
    """
    if settings.log_to == "off":
        return None
    handler: logging.Handler
    if settings.log_to == "stderr":
        handler = logging.StreamHandler(sys.stderr)
    else:
        file = settings.data_dir / "log" / "asisten.jsonl"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handler = PrivateRotating(file, maxBytes=settings.log_mb * 1_000_000, backupCount=settings.log_keep, encoding="utf-8")
        except OSError as error:
            raise AssistantError(
                f"Log {file} tidak dapat ditulis ({error.strerror}); periksa izin atau atur LOG_TO=off."
            ) from error
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("assistant").setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Take a handler of `start_log` away again."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()
