"""Office files (zip) -> the same file without the time of day, so that the same values give the same bytes. Pure."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

STAMP = datetime(2025, 1, 1)
"""The time that a file gets; the day of the session stands in its text."""

_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms)")


def steady(content: bytes) -> bytes:
    """Return an office file with its parts in their order and every time in its properties set to `STAMP`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, date_time=(STAMP.year, STAMP.month, STAMP.day, 0, 0, 0))
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            data = given.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + f"{STAMP:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<2>", data)
            written.writestr(part, data)
    return file.getvalue()
