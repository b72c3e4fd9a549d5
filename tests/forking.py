"""Processes to be killed, forked from one that has imported everything: reading the libraries would take most of a test's time.

Python keeps one such process for all of a program, so what it imports has to be named in one place.
"""

from __future__ import annotations

import multiprocessing

FORKED = multiprocessing.get_context("forkserver")
"""Each process begins without threads of this one."""
FORKED.set_forkserver_preload(
    [
        "assistant.web",
        "assistant.pages",
        "assistant.ui.page",
        "assistant.ui.theme",
        "tests.factories",
        "tests.fakes",
        "tests.browser.stand_in",
        "chromadb",
        "langchain_chroma",
        "bm25s",
        "Stemmer",
        "uvicorn",
        "uvicorn.loops.auto",
        "uvicorn.protocols.http.auto",
        "anyio._backends._asyncio",
        "gradio.routes",
        "psycopg",
        "sqlalchemy.dialects.sqlite",
        "sqlalchemy.dialects.postgresql.psycopg",
        "docx",
        "reportlab.platypus",
        "argon2",
    ]
)
