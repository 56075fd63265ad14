"""For those who run the site: whether it is alive, how much it does, and what was requested, without visitors' text.

``/healthz`` and ``/metrics`` (Prometheus) report routes by their names. A line of the log has the time, method, route,
status, milliseconds and bytes: no query, no body, no IP address, and no path, which may be what the visitor typed.
"""

import json
import sys
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from time import perf_counter
from typing import TextIO

from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from ledger287 import __version__
from ledger287.web.render.rendering import as_bytes
from ledger287.web.render.response import NEVER, SAFE
from ledger287.web.server.site import Site

BUCKETS = (0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of seconds in the histogram."""
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class Meter:
    """Counts of requests by route and class of status. Used by the event loop alone, so that it needs no lock."""

    def __init__(self, log_to: TextIO | None = None) -> None:
        self.requests: dict[tuple[str, int], list[int]] = {}
        self.seconds: dict[str, float] = {}
        self.buckets: dict[str, list[int]] = {}
        self.bytes = self.running = self.refused = 0
        self.log_to = log_to

    def note(self, method: str, route: str, status: int, begun: float, size: int) -> None:
        """A request was answered. ``begun`` is by ``perf_counter``."""
        took = perf_counter() - begun
        counted = self.requests.get((route, status))
        if counted is None:
            self.requests[(route, status)] = [1]
            self.seconds.setdefault(route, 0.0)
            self.buckets.setdefault(route, [0] * (len(BUCKETS) + 1))
        else:
            counted[0] += 1
        self.seconds[route] += took
        self.buckets[route][bisect_left(BUCKETS, took)] += 1
        self.bytes += size
        if self.log_to is not None:
            self._log(self.log_to, method, route, status, took, size)

    def _log(self, out: TextIO, method: str, route: str, status: int, took: float, size: int) -> None:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method if method in METHODS else "other",
            "route": route,
            "status": status,
            "ms": round(took * 1000, 2),
            "bytes": size,
        }
        out.write(json.dumps(line, separators=(",", ":")) + "\n")
        out.flush()


class SiteMetrics(Collector):
    """What the site tells Prometheus."""

    def __init__(self, site: Site, meter: Meter) -> None:
        self.site, self.meter = site, meter

    def collect(self) -> Iterator[Metric]:
        """Every figure at this moment."""
        yield from self._requests()
        yield from self._served()

    def _requests(self) -> Iterator[Metric]:
        meter = self.meter
        requests = CounterMetricFamily("ledger287_requests", "Requests answered.", labels=("route", "status"))
        classes: dict[tuple[str, str], int] = {}
        for (route, status), counted in list(meter.requests.items()):
            group = (route, f"{status // 100}xx")
            classes[group] = classes.get(group, 0) + counted[0]
        for group, number in classes.items():
            requests.add_metric(group, number)
        yield requests
        took = HistogramMetricFamily("ledger287_request_seconds", "Seconds to answer.", labels=("route",))
        for route, buckets in list(meter.buckets.items()):
            total, bounds_reached = 0, []
            for bound, number in zip((*map(str, BUCKETS), "+Inf"), buckets, strict=True):
                total += number
                bounds_reached.append((bound, float(total)))
            took.add_metric([route], bounds_reached, meter.seconds[route])
        yield took
        yield CounterMetricFamily("ledger287_response_bytes", "Bytes of bodies sent.", value=meter.bytes)
        yield CounterMetricFamily("ledger287_refused", "Requests refused before they were read.", value=meter.refused)
        yield GaugeMetricFamily("ledger287_requests_running", "Requests being answered.", value=meter.running)

    def _served(self) -> Iterator[Metric]:
        edition, kept = self.site.edition, self.site.kept
        served = GaugeMetricFamily("ledger287_edition", "The record that is served, by version.", labels=("version",))
        served.add_metric([edition.version], 1)
        yield served
        age = (self.site.today() - edition.newest).days
        yield GaugeMetricFamily("ledger287_newest_list_age_days", "Days since the newest list.", value=age)
        changed = edition.changed_at.timestamp()
        yield GaugeMetricFamily("ledger287_edition_changed_seconds", "When its files were put in place.", value=changed)
        yield CounterMetricFamily("ledger287_swaps", "Records put in place of an older one.", value=self._swaps())
        yield GaugeMetricFamily("ledger287_kept_bytes", "Bytes of rendered bodies kept.", value=kept.bytes)
        yield GaugeMetricFamily("ledger287_kept_bodies", "Rendered bodies kept.", value=len(kept))
        yield GaugeMetricFamily("ledger287_warm", "Whether every page of the day is made.", value=int(self.site.warm))

    def _swaps(self) -> int:
        return self.site.shelf.swaps


def add(app: FastAPI, site: Site, meter: Meter) -> None:
    """Add the URLs for those who run the site."""
    registry = CollectorRegistry()
    registry.register(SiteMetrics(site, meter))
    ProcessCollector(registry=registry)

    async def health(_: Request) -> Response:
        edition = site.edition
        entry = {
            "status": "serving",
            "software": f"ledger287 {__version__}",
            "edition": edition.version,
            "newest_list": edition.newest,
            "today": site.today(),
        }
        return Response(as_bytes(entry), headers={**SAFE, "cache-control": NEVER}, media_type="application/json")

    async def metrics(_: Request) -> Response:
        data = generate_latest(registry)
        headers = {**SAFE, "cache-control": NEVER, "content-type": CONTENT_TYPE_LATEST}
        return Response(data, headers=headers)

    for path, handler, name in (("/healthz", health, "health"), ("/metrics", metrics, "metrics")):
        app.add_api_route(path, handler, name=name, methods=["GET", "HEAD"], include_in_schema=False)


def stderr() -> TextIO:
    """Where lines of the log go."""
    return sys.stderr
