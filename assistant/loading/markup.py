"""Bytes of XML and HTML -> elements, without entities, without network; the only module of the loaders that names lxml."""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from assistant.loading.content import ReadError

_DECLARES = [mark.encode(form) for mark in ("<!DOCTYPE", "<!ENTITY") for form in ("ascii", "utf-16-le", "utf-16-be")]

DECLARED = (
    "memuat deklarasi DTD atau entitas, yang tidak pernah ada di berkas Office yang wajar",
    "Jangan pakai berkas itu; periksa pengirimnya.",
)


def parse_xml(raw: bytes) -> Any:
    """Return the root element of a part of an Office file; raises ReadError for DTDs, entities and broken XML.

    With them come "billion laughs" and reading of other files, so a part that declares any is refused unread.
    """
    if any(mark in raw for mark in _DECLARES):
        raise ReadError(*DECLARED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        raise ReadError("rusak: isinya tidak lengkap", "Buka di aplikasi asalnya, simpan ulang, lalu ulangi.") from None
    if root is None:
        raise ReadError("rusak: isinya tidak lengkap", "Buka di aplikasi asalnya, simpan ulang, lalu ulangi.")
    return root


def parse_html(text: str) -> Any | None:
    """Return the root element of a web page, however broken; None when there is nothing in it."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def is_element(node: Any) -> bool:
    """Return whether a node is an element, no comment or instruction."""
    return isinstance(node.tag, str)


def local(node: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""
