"""Contoh klien API Asisten UEP; hanya memakai pustaka standar Python.

    UEP_ALAMAT=http://127.0.0.1:7860 UEP_TOKEN=uep_… python klien_api.py "Bentuk bantuan UEP apa?"
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request


def kirim(jalan: str, isi: dict[str, object] | None = None) -> object:
    """Kirim satu permintaan; bila terlalu sering, tunggu selama yang diminta lalu ulangi sekali."""
    alamat = os.environ.get("UEP_ALAMAT", "http://127.0.0.1:7860")
    permintaan = urllib.request.Request(
        f"{alamat}/api/v1/{jalan}",
        data=None if isi is None else json.dumps(isi).encode(),
        headers={"Authorization": f"Bearer {os.environ['UEP_TOKEN']}", "Content-Type": "application/json"},
    )
    for ulang in (True, False):
        try:
            with urllib.request.urlopen(permintaan, timeout=60) as jawaban:
                return json.load(jawaban)
        except urllib.error.HTTPError as galat:
            tunggu = galat.headers.get("Retry-After")
            if not (ulang and tunggu):
                raise SystemExit(json.load(galat)["detail"]) from None
            time.sleep(int(tunggu))
    raise AssertionError


def main() -> None:
    """Tanya, lalu cetak jawaban dengan kutipan dan terbitannya."""
    jawaban = kirim("ask", {"question": sys.argv[1]})
    assert isinstance(jawaban, dict)
    print(jawaban["text"])
    for kutipan in jawaban["citations"]:
        print(f"[{kutipan['number']}] {kutipan['title']} › {' › '.join(kutipan['section'])}: {kutipan['quote']}")
        for sumber in kutipan["sources"]:
            print(f"    {sumber['title']}, {sumber['publisher']}, {sumber['date']}")


if __name__ == "__main__":
    main()
