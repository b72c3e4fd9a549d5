"""Which addresses MODEL_URL may name, and where its name may lead: never to the machine's metadata service."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from assistant.errors import ModelError, SettingsError

_METADATA = frozenset(
    map(ipaddress.ip_address, ("100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254", "fd00:42::42"))
)
"""Metadata services outside the link-local networks: Alibaba, Azure, and over IPv6 AWS, Google and Scaleway."""

_CARRIERS = tuple(map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")))
"""Networks whose addresses end in an IPv4 address: compatible, mapped, translated, and NAT64."""

_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})
_EXAMPLE = "contoh: http://127.0.0.1:11434/v1"


def checked_url(url: str) -> str:
    """Return the address without a slash at its end.

    Raises SettingsError for another scheme than http and https, for a name and password, a query, and for a forbidden host;
    the message doesn't repeat the address, which may hold a secret.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or not host or any(sign.isspace() for sign in url):
        raise SettingsError(f"Pengaturan MODEL_URL harus alamat http:// atau https://; {_EXAMPLE}.")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise SettingsError(f"Pengaturan MODEL_URL tidak boleh memuat nama, sandi, atau tanda tanya; {_EXAMPLE}.")
    if _is_forbidden_name(host):
        raise SettingsError("Pengaturan MODEL_URL menunjuk alamat khusus mesin (metadata); pakai alamat server model.")
    return url.rstrip("/")


def check_host(host: str, port: int | None) -> None:
    """Raise ModelError when the name of the server leads nowhere, or to a forbidden address, now that it is to be called."""
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # UnicodeError: a name that can't be one, such as a part over 63 letters
        raise ModelError("server model tidak ditemukan") from error
    if any(is_forbidden(str(entry[4][0])) for entry in found):
        raise ModelError("alamat server model tidak diizinkan")


def is_forbidden(address: str) -> bool:
    """Tell whether an IP address is link-local (169.254.0.0/16, fe80::/10), of a metadata service, or nobody's."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(one.is_link_local or one.is_multicast or one.is_unspecified or one in _METADATA for one in (ip, *_carried(ip)))


def _carried(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """Return the IPv4 addresses that packets to `ip` may end up at."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    last = [ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)] if any(ip in network for network in _CARRIERS) else []
    return last + ([ip.sixtofour] if ip.sixtofour else [])


def _is_forbidden_name(host: str) -> bool:
    return host.lower().rstrip(".") in _NAMES or is_forbidden(host)
