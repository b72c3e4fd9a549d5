"""The HTTP client for the model: follows no redirect, uses no proxy, reads no more than it has to. httpx2 is named here alone."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2

from assistant.modelling.endpoint import check_host

MOST_BYTES = 2_000_000
"""Bytes read of one reply: the longest that is asked for has some thousand letters, each in a frame of its own."""

CONNECT_SECONDS = 5.0

NetworkError = httpx2.HTTPError
"""What the connection raises in the middle of a reply."""


def make_client(*, seconds: float) -> httpx2.Client:
    """Return a client whose single steps take at most `seconds`."""
    timeout = httpx2.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    return httpx2.Client(transport=_Bounded(), timeout=timeout, follow_redirects=False, trust_env=False)


class _Bounded(httpx2.BaseTransport):
    """Looks at where a name leads before each call, refuses redirects, and ends replies that are too long."""

    def __init__(self) -> None:
        self._inner = httpx2.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request; a redirect is an error, for it would carry the key elsewhere."""
        check_host(request.url.host, request.url.port)
        response = self._inner.handle_request(request)
        if response.is_redirect:
            response.close()
            raise httpx2.RemoteProtocolError("pengalihan ditolak", request=request)
        return httpx2.Response(
            response.status_code,
            headers=response.headers,
            stream=_Counted(response.stream, request),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


class _Counted(httpx2.SyncByteStream):
    def __init__(self, stream: object, request: httpx2.Request) -> None:
        assert isinstance(stream, httpx2.SyncByteStream)
        self._stream, self._request = stream, request

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for piece in self._stream:
            read += len(piece)
            if read > MOST_BYTES:
                raise httpx2.RemoteProtocolError("balasan terlalu panjang", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
