"""The small app that the long proofs run: the real web app over the sample corpus, in a process that can be killed."""

from __future__ import annotations

import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
START_SECONDS = 90


def start(folder: Path, port: int, url: str, log: Path) -> Any:
    """Start the app, wait until it answers; returns its process."""
    import httpx

    from tests.forking import FORKED

    app = FORKED.Process(target=serve, args=(folder, port, url, log), daemon=True)
    app.start()
    until = time.monotonic() + START_SECONDS
    with httpx.Client(timeout=2, trust_env=False) as client:
        while True:
            try:
                client.get(f"http://127.0.0.1:{port}/healthz").raise_for_status()
                return app
            except httpx.HTTPError as error:
                if not app.is_alive() or time.monotonic() > until:
                    raise RuntimeError(f"the app did not start; see {log}") from error
                time.sleep(0.02)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(folder: Path, port: int, url: str, log: Path) -> None:
    """Serve the sample corpus until killed; what the app prints goes to `log`."""
    os.environ.update(HF_HUB_OFFLINE="1", GRADIO_ANALYTICS_ENABLED="False", GRADIO_TEMP_DIR=str(folder / "gradio"))
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    import uvicorn

    from assistant.operations.logs import start_log
    from assistant.web import make_app, server_options
    from tests.factories import make_index, make_office, open_assistant
    from tests.fakes import FakeEncoder

    index = folder / "index"
    if not index.exists():
        make_index(folder)
    office = make_office(folder, open_assistant(index, FakeEncoder()), url=url, questions_per_minute=10_000)
    start_log(office.settings)
    office.assistant.listen(office.operations.metrics.answered)
    uvicorn.run(make_app(office), host="127.0.0.1", port=port, **server_options(office.settings))
