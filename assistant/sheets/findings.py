"""What results say, in sentences for a page and a workbook, and what they are too few to say. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.sheets.numbers import change
from assistant.training.paired import FEWEST_FOR_INTERVAL
from assistant.training.regions import FEWEST_SHOWN
from assistant.training.results import Results
from assistant.training.statistics import FEWEST


def findings(results: Results) -> tuple[str, ...]:
    """Return in sentences what the figures say and what they are too few to say."""
    return tuple(_findings(results))


def _findings(results: Results) -> Iterator[str]:
    gain = results.gain
    if results.before and results.after:
        if gain.points is None:
            yield "Belum ada peserta yang mengikuti kedua tes, jadi kenaikan belum dapat dihitung."
        else:
            yield f"Kenaikan rata-rata {change(gain.points)} poin, dari {gain.people} peserta yang mengikuti kedua tes."
        if gain.low is not None and gain.high is not None:
            yield f"Dengan keyakinan 95%, kenaikan rata-rata ada di antara {change(gain.low)} dan {change(gain.high)} poin."
        elif 0 < gain.people < FEWEST_FOR_INTERVAL:
            yield f"Selang keyakinan baru dihitung mulai {FEWEST_FOR_INTERVAL} peserta; bacalah angka ini dengan hati-hati."
    if results.missed:
        yield f"{len(results.missed)} peserta tidak mengikuti semua tes; mereka tidak masuk kenaikan dan tidak dihitung nol."
    if any(test.people < FEWEST for test in results.tests):
        yield f"Daya beda soal tidak dihitung bila penjawabnya kurang dari {FEWEST} orang."
    if any(region.hidden for region in results.regions):
        yield (
            f"Rata-rata kabupaten/kota yang diikuti kurang dari {FEWEST_SHOWN} orang tidak ditampilkan, "
            "supaya nilai seseorang tidak terbaca; satu daerah lain dapat ikut ditutup agar tidak dapat dihitung balik."
        )
