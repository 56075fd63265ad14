"""Synthetic cases, each labeled as synthetic, with a known number of each fault: for trying, testing, measuring.

What enters: how many cases, and a seed. What leaves: batches of rows, and ``Made``, which says how often each fault
was put in and what an audit must find for it. A case has one fault or none, and a case without one gives no
finding. Nothing here is drawn from any person's record; the agencies' names say that they are synthetic.
"""

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.custody.case.vocabulary import events
from ledger287.law.clocks.calendar import instant, zone

BATCH = 250_000
HOUR, DAY = 3600, 86_400
FIRST, LAST = (instant(datetime(*day, tzinfo=UTC)) for day in ((2025, 3, 20), (2026, 3, 20)))
SUMMER = tuple(instant(datetime(*day, tzinfo=UTC)) for day in ((2025, 4, 20), (2025, 10, 1)))
"""Cases in the jail's own clocks lie between two changes of them, so that no time is shown twice."""

PLACES = (
    # States whose law on holds was checked, and asks for them; the last one bars them.
    ("Synthetic Brak County Jail", "FL", "America/New_York", "WSO"),
    ("Synthetic Dorv County Jail", "TX", "America/Chicago", "JEM"),
    ("Synthetic Fimp County Jail", "LA", "America/Chicago", "JEM"),
    ("Synthetic Gusk County Jail", "TN", "America/Chicago", "WSO"),
    ("Synthetic Hjel County Jail", "TX", "America/Denver", "JEM"),
    ("Synthetic Jorm County Jail", "IA", "America/Chicago", "WSO"),
    ("Synthetic Klid County Jail", "TN", "America/New_York", "WSO"),
    ("Synthetic Lupt County Jail", "CO", "America/Denver", "none"),
)
OFFICERS = ("synthetic-1", "synthetic-2", "synthetic-3", "synthetic-4", "synthetic-5")
BARRED, FREE = 7, 7
"""The place of the state whose law allows no hold, and the number of places before it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: its share of all cases, and the duties, open duties and problems that an audit must give for it."""

    name: str
    per_thousand: float
    missed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


LONG = ("over_limit", "exceeds_request")
TIMED_LIMITS = ("over_limit", "exceeds_request", "exceeds_regulation")
FAULTS = (
    Fault("held past 48 hours", 40, LONG),
    Fault("held past the regulation's ceiling", 15, (*LONG, "exceeds_regulation")),
    Fault("held past 48 hours after custody passed", 10, (*LONG, "exceeds_agreement")),
    Fault("held in a state that allows none", 10, ("over_limit", "state_forbids")),
    Fault("held on a form without a hold", 8, ("over_limit", "form_no_hold")),
    Fault("no detainer", 10, ("no_detainer",)),
    Fault("no warrant", 15, ("no_warrant",)),
    Fault("not served", 20, ("not_served",)),
    Fault("ground not enough", 6, ("ground_insufficient",)),
    Fault("officer not authorized", 5, ("officer_without_authority",)),
    Fault("claim reported late", 6, ("claim_late",)),
    Fault("complaint not forwarded", 6, ("complaint_late",)),
    Fault("no release recorded", 5, (), TIMED_LIMITS),
    Fault(
        "released before booked",
        1,
        (),
        (*TIMED_LIMITS, "no_detainer", "no_warrant", "not_served"),
        ("released_before_booked",),
    ),
)
COLUMNS = (
    "made_up", "case", "agency", "state", "zone", "model", "detainer_form", "detainer_ground", "warrant_form",
    "officer_standing", "served_by", *events(),
)  # fmt: skip
LABEL = "synthetic"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the cases, each fault's number, and what an audit must find, by duty and problem."""

    cases: int
    seed: int
    faults: dict[str, int]
    missed: dict[str, int]
    open: dict[str, int]
    problems: dict[str, int]


def made(cases: int, seed: int) -> Made:
    """What ``batches`` of so many cases hold."""
    faults = {fault.name: _count(fault, cases) for fault in FAULTS}
    totals: dict[str, dict[str, int]] = {"missed": {}, "open": {}, "problems": {}}
    for fault in FAULTS:
        for kind, found in totals.items():
            for name in getattr(fault, kind):
                found[name] = found.get(name, 0) + faults[fault.name]
    return Made(cases, seed, faults, **totals)


def _count(fault: Fault, cases: int) -> int:
    return int(cases * fault.per_thousand // 1000)


def batches(cases: int, seed: int, *, local: bool = False) -> Iterator[pa.Table]:
    """The cases as tables of at most ``BATCH`` rows. ``local`` gives times as the jail's own clocks show them."""
    rng = np.random.default_rng(seed)
    ends = np.cumsum([_count(fault, cases) for fault in FAULTS])
    step = _coprime(cases)
    for first in range(0, cases, BATCH):
        places = np.arange(first, min(first + BATCH, cases), dtype=np.int64)
        # Faults are dealt out over the table, not in a block: a walk through all places in a fixed stride.
        fault = np.searchsorted(ends, (places * step + seed) % cases, side="right")
        yield _batch(rng, places, fault, local)


def _coprime(cases: int) -> int:
    step = max(1, int(cases * 0.618))
    while np.gcd(step, cases) != 1:
        step += 1
    return step


def _batch(rng: np.random.Generator, places: Any, fault: Any, local: bool) -> pa.Table:
    """One batch: cases without a fault, then each fault put into its rows."""
    count = len(places)
    has = {found.name: fault == number for number, found in enumerate(FAULTS)}
    where = rng.integers(0, FREE, count)
    where[has["held in a state that allows none"]] = BARRED
    low, high = SUMMER if local else (FIRST, LAST)
    times = _times(rng, rng.integers(low, high, count), has)
    held = ~np.isnan(times["detainer_received"]) | has["no detainer"]
    requested = held & ~has["no detainer"]
    label = pc.utf8_lpad(pa.array(places).cast(pa.string()), width=9, padding="0")
    columns = {
        "made_up": _chosen((LABEL,), np.zeros(count, np.int8)),
        "case": pc.binary_join_element_wise("synthetic", label, "-"),
        "agency": _chosen([place[0] for place in PLACES], where),
        "state": _chosen([place[1] for place in PLACES], where),
        "zone": _chosen([place[2] for place in PLACES], where),
        "model": _chosen([place[3] for place in PLACES], where),
        "detainer_form": _chosen(("I-247A", "I-247G"), has["held on a form without a hold"], requested),
        "detainer_ground": _chosen(("biometric_match", "foreign_birth_no_match"), has["ground not enough"], requested),
        "warrant_form": _chosen(("I-200",), np.zeros(count, np.int8), held & ~has["no warrant"]),
        "officer_standing": _chosen(("authorised", "not_authorised"), has["officer not authorized"], held),
        "served_by": _chosen(OFFICERS, places % len(OFFICERS), ~np.isnan(times["served_on_person"])),
    }
    offsets = _offsets(where) if local else None
    for event in events():
        columns[event] = _instants(times[event], offsets)
    return pa.table({column: columns[column] for column in COLUMNS})


def _chosen(names: Sequence[str], which: Any, given: Any = None) -> Any:
    """A column of a few texts, each by its place; blank where it is not given."""
    mask = None if given is None else ~given
    return pa.DictionaryArray.from_arrays(pa.array(which.astype(np.int8), mask=mask), pa.array(names)).cast(pa.string())


def _offsets(where: Any) -> Any:
    """The summer offset of each row's zone, in seconds."""
    return np.array([zone(place[2]).offset(SUMMER[0]) or 0 for place in PLACES])[where]


def _times(rng: np.random.Generator, start: Any, has: dict[str, Any]) -> dict[str, Any]:
    """The events of cases without a fault, then of those with one; NaN where an event did not happen."""
    count = len(start)
    start = start.astype(np.float64)
    never = np.full(count, np.nan)
    faulty = np.logical_or.reduce(list(has.values()))
    held = (rng.random(count) < 0.7) | faulty
    before = start - rng.integers(2 * HOUR, 15 * DAY, count)
    found = {event: never.copy() for event in events()}
    found["booked"] = before - rng.integers(HOUR, 5 * DAY, count)
    found["charges_cleared"] = start
    found["detainer_received"] = np.where(held & ~has["no detainer"], before, np.nan)
    found["warrant_received"] = np.where(held & ~has["no warrant"], before + 60, np.nan)
    found["served_on_person"] = np.where(held & ~has["not served"], before + HOUR, np.nan)
    found["ice_notified"] = np.where(held, before + HOUR + rng.integers(1, 1800, count), np.nan)
    found["hold_started"] = np.where(held, start, np.nan)
    found["ice_took_person"] = np.where(held, start + rng.integers(HOUR, 44 * HOUR, count), np.nan)
    found["released"] = np.where(held, np.nan, start)
    claims = (rng.random(count) < 0.02) | has["claim reported late"]
    found["citizenship_claimed"] = np.where(claims, before + 2 * HOUR, np.nan)
    late = np.where(has["claim reported late"], HOUR, 0) + rng.integers(60, HOUR, count)
    found["claim_reported"] = found["citizenship_claimed"] + late
    complaints = (rng.random(count) < 0.01) | has["complaint not forwarded"]
    found["complaint_filed"] = np.where(complaints, before + 3 * HOUR, np.nan)
    forwarded = found["complaint_filed"] + rng.integers(HOUR, 40 * HOUR, count)
    found["complaint_forwarded"] = np.where(has["complaint not forwarded"], np.nan, forwarded)
    _lengthen(rng, found, start, has)
    return found


def _lengthen(rng: np.random.Generator, found: dict[str, Any], start: Any, has: dict[str, Any]) -> None:
    """The holds that last too long, and those whose end is missing or impossible."""
    count = len(start)

    def put(event: str, fault: str, values: Any) -> None:
        found[event] = np.where(has[fault], values, found[event])

    late = rng.integers(1, 20 * HOUR, count)
    put("ice_took_person", "held past 48 hours", start + 48 * HOUR + late)
    _only_past_request(found, start, has["held past 48 hours"])
    put("ice_took_person", "held past the regulation's ceiling", start + 8 * DAY + rng.integers(0, 40 * DAY, count))
    passed = "held past 48 hours after custody passed"
    put("custody_passed_to_ice", passed, start)
    put("ice_took_person", passed, start + 48 * HOUR + late)
    _only_past_request(found, start, has[passed], moved=("custody_passed_to_ice",))
    put("ice_took_person", "no release recorded", np.nan)
    put("ice_took_person", "released before booked", np.nan)
    put("released", "released before booked", found["booked"] - HOUR)


def _only_past_request(found: dict[str, Any], start: Any, mine: Any, moved: tuple[str, ...] = ()) -> None:
    """Moves holds so that 48 consecutive hours pass over a Saturday: past the request, within the ceiling."""
    # January 1, 1970 was a Thursday: day 1 was a Friday. Noon to noon in UTC is Friday in every zone used here.
    friday = (np.floor(start / DAY) // 7) * 7 + 1
    shift = np.where(mine, friday * DAY + 18 * HOUR - start, 0)
    for event in ("booked", "charges_cleared", "detainer_received", "warrant_received", "served_on_person",
                  "ice_notified", "hold_started", "ice_took_person", "citizenship_claimed", "claim_reported",
                  "complaint_filed", "complaint_forwarded", *moved):  # fmt: skip
        if event in moved or event != "custody_passed_to_ice":
            found[event] = found[event] + shift


def _instants(values: Any, offsets: Any) -> Any:
    """Times with their zone, or where offsets are given as the jail's own clocks show them, without one."""
    missing = np.isnan(values)
    seconds = np.where(missing, 0, values).astype(np.int64) + (0 if offsets is None else offsets)
    kind = None if offsets is not None else "UTC"
    return pa.array(seconds, pa.timestamp("s", kind), mask=missing).cast(pa.timestamp("us", kind))


LOG_COLUMNS = (
    "made_up", "case", "at", "event", "agency", "state", "zone", "model", "form", "ground", "standing", "officer",
)  # fmt: skip


def as_log(batch: Any) -> Any:
    """A batch of cases as a log of their events, a line each."""
    parts = []
    for event in events():
        mine = batch.filter(pc.is_valid(batch[event]))
        none = pa.nulls(mine.num_rows, pa.string())
        form = {"detainer_received": "detainer_form", "warrant_received": "warrant_form"}.get(event)
        parts.append(
            pa.table(
                {
                    **{name: mine[name] for name in ("made_up", "case", "agency", "state", "zone", "model")},
                    "at": mine[event],
                    "event": pa.array([event] * mine.num_rows, pa.string()),
                    "form": mine[form] if form else none,
                    "ground": mine["detainer_ground"] if event == "detainer_received" else none,
                    "standing": mine["officer_standing"] if event == "served_on_person" else none,
                    "officer": mine["served_by"] if event == "served_on_person" else none,
                }
            ).select(LOG_COLUMNS)
        )
    return pa.concat_tables(parts)


def write(out: Path, cases: int, seed: int, *, local: bool = False, log: bool = False) -> Made:
    """Write synthetic cases to a file, by its extension: .parquet, .csv or .json."""
    if cases < 1:
        raise QueryError("too_few", QueryField("cases"), f": expected 1 or more, found {cases}.")
    writers = {".parquet": _write_parquet, ".csv": _write_csv, ".json": _write_json}
    if out.suffix.lower() not in writers:
        raise Refused(f"{out}: expected a name ending in {', '.join(writers)}.")
    part = out.with_name(out.name + ".part")
    found = batches(cases, seed, local=local)
    try:
        writers[out.suffix.lower()](part, map(as_log, found) if log else found)
        part.replace(out)
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(f"{out}: cannot be written: {why}. Free some room, or name another file.") from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return made(cases, seed)


def _write_parquet(out: Path, found: Iterator[pa.Table]) -> None:
    writer: Any = None
    for batch in found:
        writer = writer or pq.ParquetWriter(out, batch.schema)
        writer.write_table(batch, row_group_size=BATCH // 2)
    writer.close()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _write_csv(out: Path, found: Iterator[pa.Table]) -> None:
    import polars as pl

    with out.open("wb") as file:
        for place, batch in enumerate(found):
            frame = pl.DataFrame(pl.from_arrow(batch))
            zoned = any(isinstance(kind, pl.Datetime) and kind.time_zone for kind in frame.dtypes)
            form = "%Y-%m-%dT%H:%M:%S" + ("%:z" if zoned else "")
            frame.write_csv(file, include_header=not place, datetime_format=form)


def _write_json(out: Path, found: Iterator[pa.Table]) -> None:
    rows = [
        {key: _plain(value) for key, value in row.items() if value is not None}
        for batch in found
        for row in batch.to_pylist()
    ]
    out.write_text(json.dumps(rows, indent=0), encoding="utf-8")
