"""Places: the regencies of Kaltim and other regions, with the names that people use. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

KALTIM_PLACES = {
    "kutai-kartanegara": ("kutai kartanegara", "kukar", "tenggarong", "muara badak", "samboja"),
    "kutai-timur": ("kutai timur", "kutim", "sangatta"),
    "kutai-barat": ("kutai barat", "kubar", "sendawar"),
    "penajam-paser-utara": ("penajam", "ppu"),
    "mahakam-ulu": ("mahakam ulu", "mahulu", "ujoh bilang", "long apari"),
    "paser": ("paser", "tanah grogot", "long kali"),
    "berau": ("berau", "tanjung redeb"),
    "balikpapan": ("balikpapan",),
    "samarinda": ("samarinda",),
    "bontang": ("bontang",),
}
OTHER_REGIONS = {
    "kaltara": ("kaltara", "kalimantan utara", "nunukan"),
    "kalteng": ("kalteng", "kalimantan tengah", "barito"),
    "kalsel": ("kalsel", "kalimantan selatan", "hulu sungai", "banjarmasin"),
    "jatim": ("jatim", "jawa timur", "ponorogo", "sidoarjo", "pamekasan", "malang"),
    "jateng": ("jateng", "jawa tengah", "tegal", "banyumas", "temanggung", "sragen", "magelang", "tlogojati"),
    "jabar": ("jabar", "jawa barat", "garut", "bogor", "karawang"),
    "banten": ("banten", "serang", "tangerang"),
    "jakarta": ("dki", "jakarta"),
    "yogyakarta": ("diy", "yogyakarta", "jogja", "gunungkidul"),
    "sumbar": ("sumbar", "sumatera barat", "padang", "payakumbuh"),
    "sumut": ("sumut", "sumatera utara", "asahan", "deli serdang"),
    "sumsel": ("sumsel", "sumatera selatan", "lubuklinggau", "pali"),
    "riau": ("riau", "pekanbaru"),
    "lampung": ("lampung", "tulang bawang"),
    "bengkulu": ("bengkulu", "kepahiang"),
    "babel": ("babel", "bangka belitung"),
    "sulsel": ("sulsel", "sulawesi selatan", "parepare"),
    "sultra": ("sultra", "sulawesi tenggara"),
    "sulbar": ("sulbar", "sulawesi barat", "mamuju"),
    "sulawesi": ("sulawesi",),
    "sumatera": ("sumatera",),
}
"""Provinces outside Kaltim by their short name, each with its names and the places in it that sources name."""

ANYWHERE = ("daerah lain", "kabupaten lain", "provinsi lain")
OTHER_PLACES = (*dict.fromkeys(name for names in OTHER_REGIONS.values() for name in names), *ANYWHERE)


def names_place(text: str, name: str) -> bool:
    """Tell whether a text in lower case names a place."""
    return re.search(rf"\b{re.escape(name)}\b", text) is not None


def names_region(text: str) -> bool:
    """Tell whether `text` names a region outside Kaltim."""
    lower = text.lower()
    return any(names_place(lower, name) for names in OTHER_REGIONS.values() for name in names)


def is_about(text: str, places: Iterable[str]) -> bool:
    """Tell whether `text` names one of `places`, another place in its province, or the province; any text is about `ANYWHERE`."""
    lower = text.lower()
    wanted = set(places)
    if wanted & set(ANYWHERE):
        return True
    return any(names_place(lower, name) for names in OTHER_REGIONS.values() if wanted & set(names) for name in names)
