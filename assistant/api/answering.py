"""What programs may do, as one function each: the HTTP API and MCP call these, so both check and mask alike."""

from __future__ import annotations

from typing import Any, Protocol

from assistant.gate import Visit
from assistant.lines import answer_line, found_line
from assistant.office import Office
from assistant.service import Assistant


class Asking(Protocol):
    """Asks and searches for one program."""

    def ask(self, question: str, *, scope: str, conversation: str | None) -> dict[str, Any]:
        """Return the line of an answer, with the id of the conversation that it continues."""

    def search(self, question: str, *, scope: str) -> dict[str, Any]:
        """Return the line of what was found."""


class OfficeAsking:
    """Asks in an office, where questions are kept, masked, as those of people are."""

    def __init__(self, office: Office, visit: Visit) -> None:
        """Ask as the program of `visit`."""
        self._office = office
        self._visit = visit

    def ask(self, question: str, *, scope: str, conversation: str | None) -> dict[str, Any]:
        """Return the line of an answer; its `id` is that of the kept entry."""
        visit = self._visit
        entry = self._office.conversations.ask(
            visit.person, question, scope=scope, conversation=conversation or None, open_chat=False, address=visit.address
        )
        assert entry.answer is not None
        line = answer_line(entry.answer, self._office.assistant.label, identity=entry.id)
        return {**line, "conversation": entry.conversation}

    def search(self, question: str, *, scope: str) -> dict[str, Any]:
        """Return the line of what was found; searches are not kept."""
        return found_line(self._office.assistant.search(question, scope=scope))


class OwnAsking:
    """Asks an assistant on this machine, keeping nothing: for MCP over standard input and output."""

    def __init__(self, assistant: Assistant) -> None:
        """Ask `assistant`."""
        self._assistant = assistant

    def ask(self, question: str, *, scope: str, conversation: str | None) -> dict[str, Any]:
        """Return the line of an answer; there are no conversations here, each question stands alone."""
        return {**answer_line(self._assistant.ask(question, scope=scope), self._assistant.label), "conversation": None}

    def search(self, question: str, *, scope: str) -> dict[str, Any]:
        """Return the line of what was found."""
        return found_line(self._assistant.search(question, scope=scope))
