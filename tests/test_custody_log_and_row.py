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


ALWAYS = ("booked", "charges_cleared", "hold_started", "released", "transferred", "ice_asked_time")


def made_up(rng: random.Random, place: int, *, readable: bool, without: frozenset[str] = frozenset()) -> MadeUp:
    """One case whose times crowd around the ends of clocks, of a jail that does not record the events ``without``."""
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
    times = {event: at for event, at in times.items() if event not in without}
    cells = {name: cell for name, cell in cells.items() if CODES[name][1] not in without}
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
    without = frozenset(event for event in EVENTS if event not in ALWAYS and rng.random() < 0.3)
    without_codes = {name for name, (_, event) in CODES.items() if event in without}
    made = [made_up(rng, place, readable=form == "parquet", without=without) for place in range(250)]
    heads = tuple(head for head in ROW_HEADS if head not in without | without_codes)
    rows = written(folder / f"rows.{form}", heads, [one.row() for one in made])
    lines = [line for one in made for line in one.lines(rng)]
    rng.shuffle(lines)
    log = written(folder / f"log.{form}", LOG_HEADS, lines)
    by_row, by_log = said(rows, folder / "of-rows"), said(log, folder / "of-log")
    wrong = {one.case: (one, by_row[one.case], by_log.get(one.case)) for one in made
             if by_row[one.case] != by_log.get(one.case)}  # fmt: skip
    assert not wrong, (len(wrong), next(iter(wrong.values())))


def test_what_no_line_of_a_log_has_is_not_said_to_be_missing(tmp_path: Path) -> None:
    """A jail that logs no warrants, no service and no judge's order is accused of none of them, as by its table."""
    log = tmp_path / "log.csv"
    log.write_text(
        "case,state,event,at,form\nmade-up-1,NC,detainer_received,2025-07-02 09:00,I-247A\n"
        "made-up-1,NC,charges_cleared,2025-07-08 10:00,\nmade-up-1,NC,hold_started,2025-07-08 10:00,\n"
        "made-up-1,NC,ice_took_person,2025-07-09 10:00,\n"
    )
    row = tmp_path / "row.csv"
    row.write_text(
        "case,state,detainer_received,detainer_form,charges_cleared,hold_started,ice_took_person\n"
        "made-up-1,NC,2025-07-02 09:00,I-247A,2025-07-08 10:00,2025-07-08 10:00,2025-07-09 10:00\n"
    )
    found = said(log, tmp_path / "of-log")
    assert found == said(row, tmp_path / "of-row")
    duties = {duty: verdict for duty, verdict, _ in found["made-up-1"]["findings"]}
    assert duties.get("no_judges_order") == "cannot tell"
    assert not {"no_warrant", "not_served", "notice_missing_on_service"} & set(duties)


def test_a_day_exported_as_midnight_is_no_time_in_either_form(tmp_path: Path) -> None:
    """Times of a file all at midnight are reported once for each event, and no hold is measured from them."""
    log, row = tmp_path / "log.csv", tmp_path / "row.csv"
    log.write_text(
        "case,state,event,at,form\nmade-up-1,TX,detainer_received,2025-06-02 00:00:00,I-247A\n"
        "made-up-1,TX,charges_cleared,2025-06-08 00:00:00,\nmade-up-1,TX,released,2025-06-11 00:00:00,\n"
    )
    row.write_text(
        "case,state,detainer_received,detainer_form,charges_cleared,released\n"
        "made-up-1,TX,2025-06-02 00:00:00.000,I-247A,2025-06-08 00:00:00.000,2025-06-11 00:00:00.000\n"
    )
    for file in (log, row):
        found = said(file, tmp_path / f"of-{file.stem}")["made-up-1"]
        assert found["hold"][1:3] == [None, None]
        assert {verdict for _, verdict, _ in found["findings"]} == {"cannot tell"}
        kinds = duckdb.execute(f"select kind from read_parquet('{tmp_path / f'of-{file.stem}' / 'problems.parquet'}')")
        assert [kind for (kind,) in kinds.fetchall()].count("midnight_only") == 3


def test_an_event_whose_times_are_all_at_midnight_is_known_by_its_day_alone(tmp_path: Path) -> None:
    """One column of days among columns of times is no column of times; one midnight among other times is a time."""
    file = tmp_path / "row.csv"
    lines = [
        f"made-up-{place},TX,2025-06-0{place} {time},I-247A,2025-06-0{place} 10:00,2025-06-1{place} 00:00"
        for place, time in enumerate(("00:00", "09:00", "11:00"), 1)
    ]
    file.write_text("\n".join(("case,state,detainer_received,detainer_form,charges_cleared,released", *lines)) + "\n")
    found = said(file, tmp_path / "out")
    assert [one["hold"][2] for one in found.values()] == [None] * 3
    assert all(one["hold"][1] for one in found.values())


def test_hours_despite_an_answer_count_from_the_hold(tmp_path: Path) -> None:
    """ICE's answer came weeks before the hold of five hours: five hours are counted."""
    file = tmp_path / "row.csv"
    file.write_text(
        "case,state,model,detainer_received,detainer_form,charges_cleared,hold_started,status_answered,status_outcome,"
        "released\nmade-up-1,FL,JEM,2025-06-02 09:00,I-247A,2025-06-20 10:00,2025-06-20 10:00,2025-06-02 12:00,"
        "US citizen,2025-06-20 15:00\n"
    )
    findings = said(file, tmp_path / "out")["made-up-1"]["findings"]
    assert ("held_despite_answer", "missed", 5 * 3600) in findings


def test_a_hand_over_of_minutes_is_no_hold_for_certain(tmp_path: Path) -> None:
    """ICE took a person as soon as a release takes; without a recorded hold it is open, and beyond it it is a hold."""
    file = tmp_path / "row.csv"
    starts = {"made-up-1": ("", "10:01"), "made-up-2": ("2025-05-03 10:00", "10:01"), "made-up-3": ("", "14:01")}
    file.write_text(
        "case,state,model,detainer_received,detainer_form,charges_cleared,hold_started,ice_took_person\n"
        + "".join(
            f"{case},CA,none,2025-05-02 09:00,I-247A,2025-05-03 10:00,{hold},2025-05-03 {taken}\n"
            for case, (hold, taken) in starts.items()
        )
    )
    found = said(file, tmp_path / "out")
    forbids = {case: {one[1] for one in of["findings"] if one[0] == "state_forbids"} for case, of in found.items()}
    assert forbids == {"made-up-1": {"cannot tell"}, "made-up-2": {"missed"}, "made-up-3": {"missed"}}


def test_of_two_forms_the_limit_that_is_certain_under_both_is_accused_of(tmp_path: Path) -> None:
    """Under I-247A 48 hours were passed by one hour; that I-247G asks for no hold adds nothing that is certain."""
    log = tmp_path / "log.csv"
    log.write_text(
        "case,state,event,at,form\nmade-up-1,TX,detainer_received,2025-07-02 09:00,I-247A\n"
        "made-up-1,TX,detainer_received,2025-07-03 09:00,I-247G\nmade-up-1,TX,charges_cleared,2025-07-08 10:00,\n"
        "made-up-1,TX,hold_started,2025-07-08 10:00,\nmade-up-1,TX,ice_took_person,2025-07-10 11:00,\n"
    )
    found = said(log, tmp_path / "out")["made-up-1"]
    assert ("over_limit", "missed", 3600) in found["findings"]
    assert found["hold"][-2:] == ["2025-07-10 15:00:00+00", 3600]
