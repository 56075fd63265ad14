"""A case as a row of a table and as lines of a log says the same: the same hold, the same findings, the same problems.

Every case is synthetic. Each is drawn once, and written both ways: its codes are in cells of the row, and in the log on
the line of their own event, or, where the record has no such line, on a line of another one.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger287.api import custody_audit
from ledger287.custody.case.vocabulary import codes, events

EVENTS = events()
CODES = {
    "detainer_form": ("form", "detainer_received"),
    "detainer_ground": ("ground", "detainer_received"),
    "detainer_issued_by": ("issued_by", "detainer_received"),
    "warrant_form": ("form", "warrant_received"),
    "status_outcome": ("outcome", "status_answered"),
    "officer_standing": ("standing", None),
    "model": ("model", None),
    "paid_detention": ("paid_detention", None),
    "hold_for": ("hold_for", None),
}
"""Each code of a row -> the column of a log that holds it, and the event on whose line it belongs."""
NOTHING = ("", "N/A", "n/a", "--", "NULL")
ROW_HEADS = ("case", "state", *CODES, *EVENTS)
LOG_HEADS = ("case", "state", "event", "at", *dict.fromkeys(column for column, _ in CODES.values()))
OF_PAPERS = ("detainer_received", "warrant_received", "served_on_person")
"""Events whose form is their own: a line of service whose form is a warrant's is the service of that warrant."""
UNREADABLE = "soon"
OFTEN = {"booked": 0.9, "charges_cleared": 0.85, "detainer_received": 0.7, "hold_started": 0.5, "released": 0.8}
"""How often a case has an event; the others it has one time in three."""


@dataclass(frozen=True)
class MadeUp:
    """One synthetic case: the text of each event's time, and the cell of each code."""

    case: str
    state: str
    times: dict[str, str]
    cells: dict[str, str]

    def row(self) -> dict[str, str]:
        return {"case": self.case, "state": self.state, **self.times, **self.cells}

    def lines(self, rng: random.Random) -> list[dict[str, str]]:
        """The same as lines of a log, in any order."""
        found = [{"case": self.case, "state": self.state, "event": event, "at": at} for event, at in self.times.items()]
        without: list[tuple[str, str]] = []
        for name, cell in self.cells.items():
            column, event = CODES[name]
            own = [line for line in found if line["event"] == event] if event else []
            if event and not own and cell not in (*codes(name), *NOTHING):
                # A word that is no code, of an event of which the record has no time.
                own = [{"case": self.case, "state": self.state, "event": event, "at": ""}]
                found += own
            if own:
                own[0][column] = cell
            else:
                without.append((column, cell))
        for column, cell in without:
            free = [line for line in found if column not in line and line["event"] not in OF_PAPERS]
            rng.choice(free)[column] = cell
        rng.shuffle(found)
        return found


def made_up(rng: random.Random, place: int, *, readable: bool) -> MadeUp:
    """One case whose times crowd around the ends of clocks."""
    start = datetime(2025, 6, 3, 8) + timedelta(days=rng.randrange(60))
    times = {}
    for event in EVENTS:
        if event in ("booked", "transferred", "ice_asked_time") or rng.random() < OFTEN.get(event, 0.33):
            hours = rng.choice((-30, -2, 0, 0, 1, 3, 24, 48, 49, 72, 120)) if event != "booked" else -40
            times[event] = f"{start + timedelta(hours=hours):%Y-%m-%d %H:%M}"
            if not readable and event != "booked" and rng.random() < 0.04:
                times[event] = UNREADABLE
    cells = {}
    for name in CODES:
        if rng.random() < 0.6:
            words = (*codes(name), *codes(name), rng.choice(NOTHING), "a made-up word")
            cells[name] = rng.choice(words)
    if rng.random() < 0.8:
        cells["hold_for"] = "ice"
    if rng.random() < 0.5:
        cells["detainer_form"] = "I-247A"
    return MadeUp(f"made-up-{place}", rng.choice(("TX", "IL", "NC", "CO")), times, cells)


def written(path: Path, heads: tuple[str, ...], rows: list[dict[str, str]]) -> Path:
    """A table as CSV, or as Parquet with real times."""
    if path.suffix == ".csv":
        lines = [",".join(heads), *(",".join(row.get(head, "") for head in heads) for row in rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path
    columns: dict[str, Any] = {}
    for head in heads:
        cells = [row.get(head) or None for row in rows]
        if head in (*EVENTS, "at"):
            told = [datetime.fromisoformat(cell) if cell else None for cell in cells]
            columns[head] = pa.array(told, pa.timestamp("us"))
        else:
            columns[head] = pa.array(cells, pa.string())
    pq.write_table(pa.table(columns), path)
    return path


def said(file: Path, out: Path) -> dict[str, dict[str, Any]]:
    """What an audit says of each case: its hold, its findings, and the kinds of its problems."""
    custody_audit(file, out, zone="America/Chicago")
    told = duckdb.connect()
    told.execute("set TimeZone = 'UTC'")
    of = '"case", hold, "start"::varchar, "left"::varchar, governing, limit_end::varchar, over_seconds'
    found: dict[str, dict[str, Any]] = {}
    for case, *hold in told.execute(f"select {of} from read_parquet('{out / 'cases.parquet'}')").fetchall():
        found[case] = {"hold": hold, "findings": set(), "problems": set()}
    query = f"select \"case\", duty, verdict, seconds from read_parquet('{out / 'findings.parquet'}')"
    for case, *finding in told.execute(query).fetchall():
        found[case]["findings"].add(tuple(finding))
    for case, kind in told.execute(f"select \"case\", kind from read_parquet('{out / 'problems.parquet'}')").fetchall():
        if case is not None:
            # A line without a time, and a row whose cell tells of an event without one, are two words for one thing.
            found[case]["problems"].add("unreadable_time" if kind.endswith("_untimed") else kind)
    return found


@pytest.mark.parametrize("form", ["csv", "parquet"])
@given(seed=st.integers(0, 10_000))
@settings(max_examples=2, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
def test_a_log_and_a_table_of_the_same_cases_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, form: str, seed: int
) -> None:
    rng, folder = random.Random(seed), tmp_path_factory.mktemp("both")
    made = [made_up(rng, place, readable=form == "parquet") for place in range(250)]
    rows = written(folder / f"rows.{form}", ROW_HEADS, [one.row() for one in made])
    lines = [line for one in made for line in one.lines(rng)]
    rng.shuffle(lines)
    log = written(folder / f"log.{form}", LOG_HEADS, lines)
    by_row, by_log = said(rows, folder / "of-rows"), said(log, folder / "of-log")
    wrong = {one.case: (one, by_row[one.case], by_log.get(one.case)) for one in made
             if by_row[one.case] != by_log.get(one.case)}  # fmt: skip
    assert not wrong, (len(wrong), next(iter(wrong.values())))
