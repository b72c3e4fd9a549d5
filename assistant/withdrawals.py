"""Documents that no answer uses though the snapshot still holds them: of this process, or (`records`) of all replicas."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol, TypeVar

Report = TypeVar("Report")


class Withdrawals(Protocol):
    """The documents that are out of all answers though the snapshot still holds them, each with a mark."""

    def paths(self) -> frozenset[str]:
        """Return the paths that no answer may use."""

    def marks(self) -> frozenset[str]:
        """Return what names the withdrawals until now."""

    def add(self, path: str) -> None:
        """Withdraw a document."""

    def remove(self, path: str) -> None:
        """Take back the withdrawal of a document."""

    def forget(self, marks: Collection[str]) -> None:
        """Forget the withdrawals of `marks`."""


def followed(withdrawals: Withdrawals, ingest: Callable[[], Report]) -> Report:
    """Run an ingest and return its report; withdrawals from before it are forgotten after it, for it read the files as of now.

    Those that come while it runs stay: it may have read the file by then. So do all when it fails.
    """
    marks = withdrawals.marks()
    report = ingest()
    withdrawals.forget(marks)
    return report


class OwnWithdrawals:
    """Withdrawals of this process alone, for commands; the app keeps them in its records."""

    def __init__(self) -> None:
        """Withdraw nothing yet."""
        self._paths: frozenset[str] = frozenset()

    def paths(self) -> frozenset[str]:
        """Return the paths that no answer may use."""
        return self._paths

    def marks(self) -> frozenset[str]:
        """Return the paths: each is its own mark."""
        return self._paths

    def add(self, path: str) -> None:
        """Withdraw a document."""
        self._paths |= {path}

    def remove(self, path: str) -> None:
        """Take back the withdrawal of a document."""
        self._paths -= {path}

    def forget(self, marks: Collection[str]) -> None:
        """Forget the withdrawals of `marks`."""
        self._paths -= frozenset(marks)
