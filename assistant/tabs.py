"""What Gradio sends: whose browser tab is it? It knows a tab by a `session_hash` alone, so who learns one could listen in."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from urllib.parse import parse_qs

API = "/gradio_api/"
HEARTBEAT = f"{API}heartbeat/"
MOST_TABS = 50_000


class Tabs:
    """Remembers which person used a tab first; forgets the tabs that were quiet longest beyond fifty thousand."""

    def __init__(self) -> None:
        """Know no tab."""
        self._owners: OrderedDict[str, str] = OrderedDict()
        self._lock = threading.Lock()

    def admits(self, tab: str, key: str, *, known: bool) -> bool:
        """Tell whether the person of `key` may use `tab`, and give it to them when it is nobody's.

        A browser without a cookie (`known` False) is somebody else at each request: it gets no tab.
        """
        with self._lock:
            owner = self._owners.get(tab)
            if owner is None and known:
                self._owners[tab] = owner = key
                while len(self._owners) > MOST_TABS:
                    self._owners.popitem(last=False)
            elif owner is not None:
                self._owners.move_to_end(tab)
            return owner in (None, key)


def tab_of(path: str, query: bytes, body: bytes) -> str:
    """Return the tab that a request of Gradio's names in its path, its query or its body; empty for none."""
    if not path.startswith(API):
        return ""
    if path.startswith(HEARTBEAT):
        return path.removeprefix(HEARTBEAT)
    asked = parse_qs(query.decode("latin-1")).get("session_hash")
    if asked:
        return asked[0]
    try:
        values = json.loads(body) if body else None
    except (ValueError, RecursionError):
        return ""
    found = values.get("session_hash") if isinstance(values, dict) else None
    return found if isinstance(found, str) else ""


def whole(body: bytes) -> bytes:
    """Return the JSON of an event without halves of signs (a text cut within an emoji): nothing could send them back."""
    if b"\\ud" not in body.lower():
        return body
    try:
        return json.dumps(json.loads(body), ensure_ascii=False).encode("utf-8", "ignore")
    except (ValueError, RecursionError):
        return body
