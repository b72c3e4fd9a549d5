"""Figures for Prometheus: how much, how fast, how often it failed; never what was asked. Its library is named here alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.core import Metric

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)
Figures = Mapping[str, tuple[str, Mapping[str, float]]]
"""Gauges that are looked up when somebody asks: name -> help, value by label; the label `""` stands for none."""


class Metrics:
    """The figures of one app."""

    def __init__(self, figures: Callable[[], Figures]) -> None:
        """Count from now on; `figures` looks up the rest when somebody asks."""
        from prometheus_client import CollectorRegistry, Counter, Histogram
        from prometheus_client.process_collector import ProcessCollector

        self._started = time.time()
        self._figures = figures
        self._registry = CollectorRegistry()
        all_ = self._registry
        self._questions = Counter("asisten_questions", "Questions by outcome since the start.", ["status"], registry=all_)
        self._seconds = Histogram("asisten_answer_seconds", "Seconds to an answer.", buckets=SECONDS, registry=all_)
        self._requests = Counter(
            "asisten_requests", "Requests by route and status.", ["method", "route", "status"], registry=all_
        )
        self._request_seconds = Histogram("asisten_request_seconds", "Seconds of a request.", buckets=SECONDS, registry=all_)
        self._errors = Counter("asisten_errors", "Errors that no page expects, by class.", ["error"], registry=all_)
        ProcessCollector(registry=self._registry)
        self._registry.register(self)  # type: ignore[arg-type]  # a collector is whatever has `collect`

    def answered(self, status: str, seconds: float) -> None:
        """Count a question."""
        self._questions.labels(status).inc()
        self._seconds.observe(seconds)

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request; `route` is the pattern of the address, never the address."""
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.observe(seconds)

    def failed(self, error: str) -> None:
        """Count an error by its class."""
        self._errors.labels(error).inc()

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)

    def describe(self) -> Iterable[Metric]:
        """Return nothing: names are known when figures are looked up."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Return the gauges of the moment; the library calls this."""
        from prometheus_client.core import GaugeMetricFamily

        yield GaugeMetricFamily("asisten_uptime_seconds", "Seconds since the start.", value=time.time() - self._started)
        for name, (words, values) in self._figures().items():
            labelled = set(values) != {""}
            gauge = GaugeMetricFamily(f"asisten_{name}", words, labels=["kind"] if labelled else [])
            for label, value in values.items():
                gauge.add_metric([label or "none"] if labelled else [], value)
            yield gauge
