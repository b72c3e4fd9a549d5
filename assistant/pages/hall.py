"""What a hall sees: the address and QR code to join, the projector, the page that checks a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.errors import InputError
from assistant.network import lan_addresses
from assistant.office import Office
from assistant.pages.frame import AVisit, page
from assistant.settings import Settings
from assistant.sheets.qr import qr_svg
from assistant.training.sittings import Sitting

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Joining:
    """The addresses by which phones reach this app, the chosen one first; `why_not` says what to do when there is none."""

    addresses: tuple[str, ...]
    why_not: str = ""

    @property
    def address(self) -> str:
        """Return the address to show."""
        return self.addresses[0]

    def shown(self, sitting: Sitting) -> dict[str, Any]:
        """Return what a page needs to show how to join a sitting."""
        return {"masuk": self, "qr": qr_svg(f"{self.address}/ikut/{sitting.code}", name="Kode QR untuk ikut sesi")}


def joining(request: Request, settings: Settings, chosen: str = "") -> Joining:
    """Return how phones reach the app that answers `request`; `chosen` puts one of the found addresses first.

    Behind a name or an address of the network, that one; on this machine itself, its addresses on the network.
    """
    own = f"{request.url.scheme}://{request.url.netloc}"
    if (request.url.hostname or "") not in LOOPBACK:
        return Joining((own,))
    if settings.host in LOOPBACK:
        return Joining(
            (own,), "Aplikasi ini dijalankan untuk komputer ini saja. Jalankan lagi dengan HOST=0.0.0.0 agar HP dapat masuk."
        )
    port = request.url.port or settings.port
    found = [f"{request.url.scheme}://{address}:{port}" for address in lan_addresses()]
    if not found:
        return Joining(
            (own,), "Komputer ini belum tersambung ke jaringan. Sambungkan ke Wi-Fi atau nyalakan hotspot, lalu muat ulang."
        )
    return Joining(tuple(sorted(found, key=lambda address: address != chosen)))


def make_router(office: Office) -> APIRouter:
    """Return the pages that need no login: their codes are shown to everybody in the hall."""
    router = APIRouter()

    @router.get("/layar/{code}")
    def projector(request: Request, visit: AVisit, code: str, alamat: str = "") -> Response:
        shown = office.attending.screen(code, address=visit.address)
        found = joining(request, office.settings, alamat).shown(shown.sitting)
        return page(office, visit, "layar.html", sisa=office.attending.left(shown.sitting), jalan=shown, **found)

    def checked(visit: AVisit, code: str) -> Response:
        if not code:
            return page(office, visit, "periksa.html", salah="", kode="", peserta=None, sesi=None)
        try:
            person, sitting = office.attending.certificate(code, address=visit.address)
        except InputError as error:
            return page(office, visit, "periksa.html", status=404, salah=str(error), kode=code[:20], peserta=None, sesi=None)
        return page(office, visit, "periksa.html", salah="", kode="", peserta=person, sesi=sitting)

    @router.get("/periksa")
    def check_form(visit: AVisit, kode: str = "") -> Response:
        return checked(visit, kode)

    @router.get("/periksa/{code}")
    def check(visit: AVisit, code: str) -> Response:
        return checked(visit, code)

    return router
