"""The long form of the fuzz test: mutated files of every format. `python benchmarks/fuzz_files.py [SECONDS]`

Prints, by format, how many were read, refused, timed out or crashed their reader, and the slowest; stops with status 1 when an
exception leaves the loader. A file that did so stays in `data/fuzz/`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from assistant.loading import Limits, Loader
from assistant.types import Document
from tests.documents import mutations


def main() -> int:
    """Run for the seconds given (default 600)."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600.0
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    slowest: dict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as folder, Loader(Limits(seconds=10, pages=100)) as loader:
        begun = time.monotonic()
        for name, raw in mutations.stream(seed=int(begun)):
            if time.monotonic() - begun > seconds:
                break
            path = Path(folder) / name
            path.write_bytes(raw)
            started = time.monotonic()
            try:
                found = loader.load_all(path, folder=Path(folder))
            except Exception:
                kept = Path("data/fuzz") / f"{int(time.time())}-{name}"
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(raw)
                print(f"an exception left the loader; the file is {kept}")
                raise
            slowest[name] = max(slowest[name], time.monotonic() - started)
            for item in found:
                outcomes[name][_outcome(item)] += 1
    print(f"{'file':<12}{'read':>8}{'refused':>9}{'timed out':>11}{'crashed':>9}{'slowest s':>11}")
    for name, counts in outcomes.items():
        figures = [counts[kind] for kind in ("read", "refused", "timed out", "crashed")]
        print(f"{name:<12}{figures[0]:>8}{figures[1]:>9}{figures[2]:>11}{figures[3]:>9}{slowest[name]:>11.2f}")
    return 0


def _outcome(item: object) -> str:
    if isinstance(item, Document):
        return "read"
    reason = str(getattr(item, "reason", ""))
    return "timed out" if "belum selesai" in reason else "crashed" if "mendadak" in reason else "refused"


if __name__ == "__main__":
    sys.exit(main())
