"""The addresses of this machine on its networks, found without sending anything; works without internet."""

from __future__ import annotations

import ipaddress
import socket

PROBES = (
    "192.0.2.254",
    "10.255.255.254",
    "172.31.255.254",
    "192.168.255.254",
    "192.168.1.254",
    "192.168.0.254",
    "192.168.43.254",
)
"""Addresses that a router or an office network reaches; a datagram socket only looks up its own side."""


def lan_addresses() -> tuple[str, ...]:
    """Return the IPv4 addresses by which others on the network reach this machine, the likeliest first; may be empty."""
    found: dict[str, None] = {}
    for probe in PROBES:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as looking:
            try:
                looking.connect((probe, 9))
                found.setdefault(str(looking.getsockname()[0]))
            except OSError:
                continue  # no route there: a machine without that network
    try:
        for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found.setdefault(str(entry[4][0]))
    except OSError:
        pass  # a host name that resolves to nothing says nothing
    return tuple(address for address in found if _reachable(address))


def _reachable(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return not (known.is_loopback or known.is_unspecified or known.is_link_local)
