"""What custody commands ask about and never guess or do unasked: the order of day and month, and files written over."""

import itertools
from datetime import date
from pathlib import Path

import pytest
import typer

from commands import run_command
from ledger287.api import custody_clock
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError
from ledger287.custody.case.vocabulary import events
from ledger287.custody.clock.asking import FIELDS
from ledger287.custody.intake.times.moments import ORDERS, two_days
from ledger287.custody.report.record import instant_of
from ledger287.custody.testing.simulate import write
from ledger287.law.officers.roster_file import read_roster
from ledger287.web.forms.holding import START, read_case

TWO_WAYS = ("7/3/2025 10:00", "07/03/25 1000", "3-7-2025 10:00 AM", "Thu 7/3/2025 10:00", "7.3.2025 10:00", "7/3/2025")
ONE_WAY = ("7/13/2025 10:00", "13/7/2025 10:00", "7/7/2025 10:00", "2025-07-03 10:00", "Jul 3, 2025 10:00")


@pytest.mark.parametrize("text", TWO_WAYS)
def test_a_day_that_can_be_read_in_two_orders_names_both(text: str) -> None:
    asked = two_days(text)
    assert asked is not None
    assert "2025-07-03" in asked and "2025-03-07" in asked


@pytest.mark.parametrize("text", ONE_WAY)
def test_a_day_that_can_be_read_in_one_order_only_is_not_asked_about(text: str) -> None:
    assert two_days(text) is None
    assert custody_clock(text, zone="America/Chicago").no_later_than is not None


@pytest.mark.parametrize("text", [text for text in TWO_WAYS if ":" in text or "1000" in text])
def test_every_time_of_the_clock_asks_which_day_is_meant(text: str) -> None:
    """Whichever option has such a day: it is refused under its name, with both days."""
    words = {"charges_cleared": "2025-07-03 10:00"}
    for event, name in FIELDS.items():
        given = {FIELDS[one]: at for one, at in (words | {event: text}).items()}
        with pytest.raises(QueryError, match=r"may be (March 7|July 3), 2025 or (March 7|July 3)") as told:
            custody_clock(zone="America/Chicago", **given)  # type: ignore[arg-type]
        assert name in str(told.value)


def test_the_page_and_the_interface_ask_for_every_event() -> None:
    for event in events():
        given = {START: "2025-07-03 10:00", "zone": "America/Chicago", event: "7/3/2025 10:00"}
        _, faults = read_case(given)
        assert [fault.code for fault in faults] == ["two_days"], event
        assert "year first" in str(faults[0])


def test_times_asked_with_an_audit_go_by_the_order_that_was_given_and_else_are_asked_about() -> None:
    for name in ("as_of", "run_at"):
        with pytest.raises(QueryError, match="July 3, 2025 or March 7, 2025"):
            instant_of(name, "7/3/2025 10:00", "America/Chicago")
    read = {order: instant_of("as_of", "7/3/2025 10:00", "America/Phoenix", order) for order in ORDERS}
    expected = {
        order: instant_of("as_of", text, "America/Phoenix")
        for order, text in zip(ORDERS, ("2025-07-03 10:00", "2025-03-07 10:00"), strict=True)
    }
    assert read == expected


def test_a_roster_never_guesses_the_order_of_day_and_month(tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    head = "agency,officer,model,trained,certified,authorized"
    file.write_text(f"{head}\nMade-up Jail,synthetic-7,JEM,2025-01-02,2025-01-03,7/3/2025\n", encoding="utf-8")
    rows, problems = read_roster(file, ())
    assert not rows and [(one.kind, one.row) for one in problems] == [("unreadable_day", 2)]


def test_files_whose_days_leave_it_open_are_asked_about_in_audit_and_map(tmp_path: Path) -> None:
    """A table, and a table with days in a column of their own, of which no day is past the 12th."""
    tables = (
        "case,detainer_received,charges_cleared,released\n2025-001,7/1/2025 9:00,7/3/2025 10:00,7/4/2025 10:00\n",
        "case,Detainer,Releasable,Release Date,Release Time\n2025-001,7/1/2025 9:00,7/1/2025 9:00,7/3/2025,10:00\n",
        "case,event,at\n2025-001,detainer_received,7/1/2025 9:00\n2025-001,released,7/3/2025 9:00\n",
    )
    for place, text in enumerate(tables):
        file = tmp_path / f"{place}.csv"
        file.write_text(text, encoding="utf-8")
        audited = run_command("custody", "audit", str(file), "--zone", "America/Chicago", "--state", "TX")
        assert audited.returncode == 2 and "month-first" in audited.stderr, text
        mapped = run_command("custody", "map", str(file))
        assert mapped.returncode == 1 and "month-first or day-first?" in mapped.stdout, text
        done = run_command(
            "custody", "audit", str(file), "--zone", "America/Chicago", "--state", "TX", "--dates", "month-first"
        )
        assert done.returncode in (0, 1) and "month-first" not in done.stderr, text


def writers() -> dict[str, str]:
    """Every custody command that writes a file at a path given -> the option of the path."""
    group = typer.main.get_command(app).commands["custody"]  # type: ignore[attr-defined]
    found = {}
    for name, command in group.commands.items():
        for option in command.params:
            if set(option.opts) & {"--out", "--ics"} and option.metavar != "DIR":
                found[name] = option.opts[0]
    return found


WORDS = {
    "clock": ("--releasable", "2025-07-03T10:00-05:00"),
    "simulate": ("--cases", "5"),
    "map": ("cases.csv",),
    "exhibit": ("report", "synthetic-000000001"),
}
SUFFIX = {"clock": "end.ics", "simulate": "made.csv", "map": "jail.yml", "exhibit": "case.html"}


def test_no_custody_command_writes_over_a_file_unasked(tmp_path: Path) -> None:
    """Each refuses a file that is there and leaves it as it was; with --overwrite, and for a new name, it writes."""
    assert set(writers()) == set(WORDS)
    write(tmp_path / "cases.csv", 30, 7)
    run_command("custody", "audit", "cases.csv", "--out", "report", folder=tmp_path)
    for name, option in writers().items():
        out = tmp_path / SUFFIX[name]
        out.write_text("written by hand", encoding="utf-8")
        refused = run_command("custody", name, *WORDS[name], option, out.name, folder=tmp_path)
        assert refused.returncode == 2 and "--overwrite" in refused.stderr, name
        assert out.read_text(encoding="utf-8") == "written by hand", name
        for words in (("--overwrite",), ()):
            done = run_command("custody", name, *WORDS[name], option, out.name, *words, folder=tmp_path)
            assert done.returncode == 0, (name, done)
            assert out.read_text(encoding="utf-8") != "written by hand", name
            out.unlink()


def test_a_report_in_the_place_of_another_is_said_to_be(tmp_path: Path) -> None:
    write(tmp_path / "cases.csv", 30, 7)
    said = [run_command("custody", "audit", "cases.csv", "--out", "report", folder=tmp_path).stdout for _ in range(2)]
    assert ["in place of the one before" in text for text in said] == [False, True]


def test_the_list_of_ready_maps_takes_nothing_that_it_would_ignore() -> None:
    given = (("x.csv",), ("--out", "x.yml"), ("--dates", "month-first"))
    for many in (1, 2, 3):
        for words in itertools.combinations(given, many):
            done = run_command("custody", "map", "--ready", *itertools.chain(*words))
            assert done.returncode == 2 and "--ready" in done.stderr, words
    assert run_command("custody", "map", "--ready").returncode == 0


def test_two_days_of_one_text_are_real_days() -> None:
    with pytest.raises(Refused):
        custody_clock("2/30/2025 10:00", zone="America/Chicago")
    assert two_days("2/30/2025 10:00") is None
    assert two_days("1/2/2025 10:00") == (
        f"may be January 2, 2025 or February 1, 2025; write the year first, as {date(2025, 1, 2)} or {date(2025, 2, 1)}"
    )
