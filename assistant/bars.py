"""Progress bars and the closing report of an ingest, for a terminal."""

from __future__ import annotations

from types import TracebackType

from tqdm import tqdm

from assistant.ingestion import IngestReport

UNITS = {"berkas": "berkas", "vektor": "teks"}


class Bars:
    """One bar for each stage of an ingest."""

    def __init__(self) -> None:
        """Show nothing until the first report."""
        self._bars: dict[str, tqdm[None]] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Move the bar of `stage` to `done` of `total`."""
        if stage not in self._bars:
            self._bars[stage] = tqdm(total=total, desc=stage, unit=f" {UNITS.get(stage, stage)}", leave=True)
        bar = self._bars[stage]
        bar.update(done - bar.n)

    def __enter__(self) -> Bars:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close all bars."""
        for bar in self._bars.values():
            bar.close()


def report_lines(report: IngestReport) -> list[str]:
    """Return the closing report: counts, and for each failure the reason and the remedy."""
    plan = report.plan
    lines = [
        f"Baru {len(plan.added)}, berubah {len(plan.changed)}, dihapus {len(plan.removed)}, "
        f"tetap {len(plan.unchanged)}, gagal {len(report.failures)}."
    ]
    lines += [f"Gagal: {failure.path}: {failure.reason}. {failure.remedy}" for failure in report.failures]
    lines += [f"Perhatian: {warning}" for warning in report.warnings]
    if report.published:
        lines.append(f"Indeks {report.published} terbit: {report.passages} bagian, {report.encoded} teks dienkode.")
    else:
        lines.append("Tidak ada yang berubah; indeks tetap.")
    return lines
