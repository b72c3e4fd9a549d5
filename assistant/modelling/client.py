"""Any OpenAI-compatible server as a Writer, through LangChain; the chat models of LangChain are named here alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

from assistant.answering.writing import Prompt, Usage, Writer
from assistant.errors import ModelError, SettingsError
from assistant.modelling.breaker import Breaker
from assistant.modelling.calls import Stopped
from assistant.modelling.endpoint import checked_url
from assistant.settings import Settings

MOST_TOKENS = 700
WAIT_FOR_PLACE = 1.0
"""Seconds that a question waits for one of the places at the model before it is answered by quotation."""

NO_KEY = "tanpa-kunci"
"""Sent where no key is set: the library would otherwise take OPENAI_API_KEY, which is for another server."""

OUT_OF_TIME, BUSY, RESTING = "batas waktu terlampaui", "semua tempat di model terpakai", "model diistirahatkan sesudah gagal"
TOO_LONG, UNKNOWN = "pertanyaan dan kutipan terlalu panjang untuk model", "balasan model tidak dapat dibaca"
UNREACHABLE, BROKEN_OFF = "server model tidak dapat dihubungi", "sambungan ke model terputus atau ditolak"

_FULL: dict[str, Any] = {
    # In the body, past the library: it would raise where a reply ends at the limit, and its sentences until there are whole.
    "extra_body": {"max_tokens": MOST_TOKENS},
    "stream_options": {"include_usage": True},
    "temperature": 0,
}
_BARE: dict[str, Any] = {"max_completion_tokens": MOST_TOKENS}
"""For servers that refuse the wishes of the full call (JSON schema, usage, temperature, the old name of the limit)."""


def make_writer(settings: Settings) -> ChatWriter | None:
    """Return the model of `settings`, or None when no MODEL_URL is set; raises SettingsError for values that can't be."""
    if not settings.model_url:
        return None
    if not settings.model_name:
        raise SettingsError("Pengaturan MODEL_NAME kosong; isi nama model di server MODEL_URL, atau kosongkan MODEL_URL.")
    return ChatWriter(
        checked_url(settings.model_url),
        settings.model_name,
        settings.model_api_key,
        seconds=settings.model_seconds,
        places=settings.model_parallel,
    )


class ChatWriter(Writer):
    """Calls a model within the time limit; several threads may, up to `places` at a time."""

    def __init__(
        self, url: str, name: str, key: str, *, seconds: float = 20, places: int = 2, breaker: Breaker | None = None
    ) -> None:
        """Use the server at `url`; nothing is sent yet. The imports take a second or two."""
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        from assistant.modelling.transport import make_client

        self._name, self._seconds = name, float(seconds)
        self.breaker = breaker or Breaker()
        self._places = threading.BoundedSemaphore(places)
        self._bare = False
        self._model = ChatOpenAI(
            model=name,
            base_url=url,
            api_key=SecretStr(key or NO_KEY),
            http_client=make_client(seconds=self._seconds, key=key or NO_KEY),
            openai_proxy="",  # said, or the library takes one from the environment, which is for another server
            timeout=self._seconds,
            max_retries=0,
            stream_usage=False,
            use_responses_api=False,
        )

    @property
    def name(self) -> str:
        """Return the model's name."""
        return self._name

    @property
    def state(self) -> str:
        """Return the state of the circuit breaker."""
        return self.breaker.state

    def __repr__(self) -> str:
        """Return the model's name alone: neither address nor key."""
        return f"ChatWriter({self._name!r})"

    def pieces(self, prompt: Prompt) -> Iterator[str | Usage]:
        """Yield what the model writes, then the usage; raises ModelError, at the latest when the time is over."""
        if not self.breaker.allows():
            raise ModelError(RESTING)
        if not self._places.acquire(timeout=min(WAIT_FOR_PLACE, self._seconds)):
            self.breaker.unused()
            raise ModelError(BUSY)
        ended = False
        try:
            yield from Stopped(lambda stop: self._read(prompt, stop), seconds=self._seconds)
            ended = True
            self.breaker.succeeded()
        except GeneratorExit:
            ended = True
            self.breaker.unused()
            raise
        except TimeoutError:
            raise ModelError(OUT_OF_TIME) from None
        finally:
            if not ended:
                self.breaker.failed()

    def _read(self, prompt: Prompt, stop: threading.Event) -> Iterator[str | Usage]:
        """Read the reply, in the thread of `Stopped`, and give the place free when it ends, however late."""
        from langsmith import tracing_context

        try:
            with tracing_context(enabled=False):  # questions go to the model's server and nowhere else
                yield from self._tried(prompt, stop)
        finally:
            self._places.release()

    def _tried(self, prompt: Prompt, stop: threading.Event) -> Iterator[str | Usage]:
        import openai

        from assistant.modelling.transport import NetworkError

        try:
            if not self._bare:
                try:
                    yield from self._stream(prompt, _FULL, stop)
                    return
                except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                    if _is_too_long(error):
                        raise
            yield from self._stream(prompt, _BARE, stop)
            self._bare = True
        except ModelError:
            raise
        except (openai.APITimeoutError, TimeoutError):
            raise ModelError(OUT_OF_TIME) from None
        except openai.APIStatusError as error:
            raise ModelError(TOO_LONG if _is_too_long(error) else f"server model menolak (HTTP {error.status_code})") from None
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, ModelError):
                raise error.__cause__ from None
            raise ModelError(UNREACHABLE) from None
        except (NetworkError, ConnectionError):
            raise ModelError(BROKEN_OFF) from None
        except Exception:  # what a broken reply makes the library raise has no common base; this is its adapter
            raise ModelError(UNKNOWN) from None

    def _stream(self, prompt: Prompt, wishes: dict[str, Any], stop: threading.Event) -> Iterator[str | Usage]:
        messages = [("system", prompt.system), ("human", prompt.user)]
        usage = Usage()
        if "extra_body" in wishes:
            form = {"type": "json_schema", "json_schema": {"name": "jawaban", "strict": True, "schema": prompt.schema}}
            wishes = {**wishes, "extra_body": {**wishes["extra_body"], "response_format": form}}
        for chunk in self._model.stream(messages, **wishes):
            if stop.is_set():
                return
            if chunk.usage_metadata:
                usage = Usage(chunk.usage_metadata["input_tokens"], chunk.usage_metadata["output_tokens"])
            if isinstance(chunk.content, str) and chunk.content:
                yield chunk.content
        yield usage


def _is_too_long(error: Any) -> bool:
    told = str(error).lower()
    return "context" in told and ("exceed" in told or "length" in told or "size" in told)
