"""An address as a QR code: SVG for a screen, rows of modules for a drawing. The one module that names segno."""

from __future__ import annotations

import io

import segno

QUIET_ZONE = 4
"""Blank modules that a reader needs around the code."""


def qr_modules(address: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of the code, True for a dark module, without its quiet zone; the same address gives the same code.

    The level of correction is M at least: a thumb or a fold may hide 15 %.
    """
    return tuple(tuple(bool(module) for module in row) for row in _code(address).matrix)


def qr_svg(address: str, *, name: str = "Kode QR") -> str:
    """Return the code as an SVG that fills its box; dark on white in every theme, since readers need it so.

    `name` is what a screen reader says: put the address beside it as text too.
    """
    file = io.BytesIO()
    _code(address).save(
        file,
        kind="svg",
        border=QUIET_ZONE,
        dark="#000",
        light="#fff",
        title=name,
        xmldecl=False,
        svgns=True,
        nl=False,
        omitsize=True,
    )
    return file.getvalue().decode().replace("<svg ", '<svg role="img" shape-rendering="crispEdges" ', 1)


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m")
