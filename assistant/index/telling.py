"""What Chroma raises, in our words: its errors share no base class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from assistant.errors import AssistantError, IndexAwayError, IndexBrokenError

AWAY = "Server pencarian (Chroma) sedang tidak dapat dihubungi; coba lagi sebentar. Pengelola: periksa server itu dan CHROMA_URL."
Result = TypeVar("Result")


def told(act: Callable[[], Result], *, again: bool = False) -> Result:
    """Return what `act` returns; Chroma's errors, which share no base class, become one of ours.

    With `again` an act that changes nothing is tried once more on a fresh connection: the server may have been restarted.
    Raises IndexAwayError when the server can't be reached, IndexBrokenError for all else.
    """
    import httpx

    try:
        return act()
    except AssistantError:
        raise
    except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError) as error:
        if again:
            return told(act)
        raise IndexAwayError(AWAY) from error
    except httpx.TransportError as error:
        raise IndexAwayError(AWAY) from error
    except Exception as error:
        if "Could not connect to a Chroma server" in str(error):
            raise IndexAwayError(AWAY) from error
        raise IndexBrokenError(f"Indeks tidak dapat ditanyai ({error}); jalankan `python ingest.py`.") from error
