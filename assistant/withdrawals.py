"""Documents that no answer uses though the snapshot still holds them: of this process, or (`records`) of all replicas."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol


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
