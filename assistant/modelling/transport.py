"""The HTTP client for the model: follows no redirect, uses no proxy, reads no more than it has to. httpx2 is named here alone."""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2

from assistant.modelling.endpoint import check_host

MOST_BYTES = 2_000_000
"""Bytes read of one reply: the longest that is asked for has some thousand letters, each in a frame of its own."""

CONNECT_SECONDS = 5.0

NetworkError = httpx2.HTTPError
"""What the connection raises in the middle of a reply."""


def make_client(*, seconds: float, key: str) -> httpx2.Client:
    """Return a client whose single steps take at most `seconds`, and whole replies no longer; it sends `key` and no other."""
    timeout = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    return httpx2.Client(transport=_Bounded(seconds, key), timeout=timeout, follow_redirects=False, trust_env=False)


class _Bounded(httpx2.BaseTransport):
    """Looks at where a name leads before each call, refuses redirects, and ends replies that are too long or take too long."""

    def __init__(self, seconds: float, key: str) -> None:
        self._inner = httpx2.HTTPTransport(trust_env=False)
        self._seconds, self._key = seconds, key

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; a redirect is an error, for it would carry the key elsewhere, and so is a reply that is packed."""
        until = time.monotonic() + self._seconds
        check_host(request.url.host, request.url.port)
        request.headers = self._headers(request)
        response = self._inner.handle_request(request)
        if response.is_redirect:
            response.close()
            raise httpx2.RemoteProtocolError("pengalihan ditolak", request=request)
        if response.headers.get("content-encoding", "identity").strip().lower() != "identity":
            response.close()  # a few bytes would become as many as the server likes
            raise httpx2.RemoteProtocolError("balasan dimampatkan", request=request)
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Counted(response.stream, request, until),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()

    def _headers(self, request: httpx2.Request) -> httpx2.Headers:
        """Return all headers that are sent: the library adds what it finds in the environment, which is for another server."""
        return httpx2.Headers(
            {
                "host": request.url.netloc.decode("ascii"),
                "authorization": f"Bearer {self._key}",
                "accept": "application/json",
                "accept-encoding": "identity",
                "content-type": "application/json",
                "content-length": request.headers["content-length"],
                "user-agent": "asisten-uep",
            }
        )


class _Counted(httpx2.SyncByteStream):
    def __init__(self, stream: object, request: httpx2.Request, until: float) -> None:
        assert isinstance(stream, httpx2.SyncByteStream)
        self._stream, self._request, self._until = stream, request, until

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for piece in self._stream:
            read += len(piece)
            if read > MOST_BYTES:
                raise httpx2.RemoteProtocolError("balasan terlalu panjang", request=self._request)
            if time.monotonic() > self._until:  # here, for a server that sends comments alone never gives a chunk
                raise httpx2.ReadTimeout("balasan terlalu lama", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
