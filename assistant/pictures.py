"""Pictures of PDF pages: made in a child process, kept on the disk by what they show."""

from __future__ import annotations

import hashlib
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from assistant.durable import write
from assistant.errors import InputError
from assistant.loading.page_image import page_png

SECONDS = 20
LONGEST_QUOTE = 2000
MOST_KEPT = 500
FAILED = "Gambar halaman ini tidak dapat dibuat; buka berkas aslinya."


class Pictures:
    """Makes and keeps pictures of pages."""

    def __init__(self, folder: Path) -> None:
        """Keep pictures in `folder`; the child process starts with the first one."""
        self._folder = folder
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def picture(self, file: Path, page: int, quote: str) -> bytes:
        """Return a page of a PDF as PNG with `quote` marked; raises InputError when it can't be made."""
        quote = quote[:LONGEST_QUOTE]
        state = file.stat()
        shown = f"{file}\n{state.st_mtime_ns}\n{state.st_size}\n{page}\n{quote}"
        kept = self._folder / f"{hashlib.sha256(shown.encode('utf-8', 'replace')).hexdigest()[:32]}.png"
        if kept.is_file():
            return kept.read_bytes()
        content = self._make(file, page, quote)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._prune()
        write(kept, content)
        return content

    def close(self) -> None:
        """End the child process."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._pool = None

    def _make(self, file: Path, page: int, quote: str) -> bytes:
        with self._lock:
            if self._pool is None:
                # A fresh process each few pages gives back what pdfium leaks; spawn, since this one has threads.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=50)
            pool = self._pool
        try:
            return pool.submit(page_png, file, page, quote).result(timeout=SECONDS)
        except (BrokenProcessPool, LateError) as error:
            self._kill(pool)
            raise InputError(FAILED) from error
        except ValueError as error:
            raise InputError(str(error)) from error
        except (RuntimeError, OSError, MemoryError) as error:  # pdfium's error is a RuntimeError
            raise InputError(FAILED) from error

    def _kill(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)

    def _prune(self) -> None:
        kept = sorted(self._folder.glob("*.png"), key=lambda path: path.stat().st_mtime)
        for path in kept[: max(0, len(kept) - MOST_KEPT + 1)]:
            path.unlink(missing_ok=True)
