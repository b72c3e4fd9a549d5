"""Broken bytes of every format: never an exception out of `load`, never a hang. The long form is `benchmarks/fuzz_files.py`."""

import time

from assistant.loading import Limits, Loader
from assistant.types import Document, LoadFailure
from tests.documents import mutations

SECONDS = 6.0


def test_mutated_bytes_are_a_document_or_a_failure_and_take_no_longer_than_the_limit(tmp_path):
    tried: dict[str, int] = {}
    with Loader(Limits(seconds=5, pages=50)) as loader:
        begun = time.monotonic()
        for name, raw in mutations.stream(seed=7):
            if time.monotonic() - begun > SECONDS:
                break
            (tmp_path / name).write_bytes(raw)
            started = time.monotonic()
            found = loader.load_all(tmp_path / name, folder=tmp_path)
            assert time.monotonic() - started < 40, name
            assert found, name
            for item in found:
                assert isinstance(item, Document | LoadFailure)
                assert not isinstance(item, LoadFailure) or (item.reason and item.remedy)
            tried[name] = tried.get(name, 0) + 1
    assert len(tried) == len(mutations.originals()), "each format was tried"
