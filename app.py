"""Serve Asisten UEP in the browser: `python app.py [--host 127.0.0.1] [--port 7860]`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; ingests first when there is no index that can be used."""
    parser = argparse.ArgumentParser(prog="app.py", description="Jalankan Asisten UEP di peramban.")
    parser.add_argument("--host", help="alamat (bawaan: HOST atau 127.0.0.1)")
    parser.add_argument("--port", type=int, help="porta (bawaan: PORT atau 7860)")
    options = parser.parse_args(arguments)

    from assistant.errors import AssistantError
    from assistant.settings import load_settings
    from assistant.start import ready_office
    from assistant.web import serve

    try:
        settings = load_settings()
        host, port = options.host or settings.host, settings.port if options.port is None else options.port
        settings = replace(settings, host=host, port=port)  # the screens tell people on the network where to go
        serve(lambda: ready_office(settings), settings, host=host, port=port)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
