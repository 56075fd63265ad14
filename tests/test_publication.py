"""When a list was published: from its name, and from its content where the name cannot be right."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ledger287.api import Ledger
from ledger287.core.time import at_eastern
from ledger287.sources.ice_lists.page_links import A_LIST
from ledger287.sources.ice_lists.printed import PrintedList
from ledger287.sources.ice_lists.publication import publication
from sequences import Row, history, ledger_of, participating, pending, rows, saved, verdicts, without_stamp

# Synthetic lists: twenty agreements signed at the beginning of January 2026.
JANUARY = rows(20, signed=date(2025, 12, 30)) + rows(4, start=20, signed=date(2026, 1, 3))


def placed(folder: Path, name: str, data: bytes) -> datetime:
    """The publication time of one list alone."""
    (row,) = ledger_of(folder, {name: data}).lists().iter_rows(named=True)
    assert row["verdict"] == "accepted"
    at: datetime = row["published_at"]
    return at.astimezone(UTC)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("participatingAgencies01062026am.xlsx", datetime(2026, 1, 6, 14, tzinfo=UTC)),
        ("participatingAgencies01062026mid.xlsx", datetime(2026, 1, 6, 17, tzinfo=UTC)),
        ("participatingAgencies01062026pm.xlsx", datetime(2026, 1, 6, 22, tzinfo=UTC)),
        ("participatingAgencies01062026PM.xlsx", datetime(2026, 1, 6, 22, tzinfo=UTC)),
        ("participatingAgencies01062026_pm.xlsx", datetime(2026, 1, 6, 22, tzinfo=UTC)),
        ("participatingAgencies01062026.xlsx", datetime(2026, 1, 6, 17, tzinfo=UTC)),
        ("participatingAgencies01062026am_b.xlsx", datetime(2026, 1, 6, 14, 1, tzinfo=UTC)),
        ("participatingAgencies01062026amB.xlsx", datetime(2026, 1, 6, 14, 1, tzinfo=UTC)),
        ("participatingAgencies01062026am2.xlsx", datetime(2026, 1, 6, 14, 1, tzinfo=UTC)),
        ("participatingAgencies01062026am copy.xlsx", datetime(2026, 1, 6, 14, tzinfo=UTC)),
        ("participatingAgencies001062026am.xlsx", datetime(2026, 1, 6, 14, tzinfo=UTC)),
        ("participatingAgencies010062026am.xlsx", datetime(2026, 1, 6, 14, tzinfo=UTC)),
        ("participatingAgencies010620026am.xlsx", datetime(2026, 1, 6, 14, tzinfo=UTC)),
        ("participatingAgencies011102026am.xlsx", datetime(2026, 1, 10, 14, tzinfo=UTC)),
        ("participatingAgenciesJan062026am.xlsx", datetime(2026, 1, 6, 14, tzinfo=UTC)),
        ("Participating Agencies January 6, 2026.xlsx", datetime(2026, 1, 6, 17, tzinfo=UTC)),
        ("participatingAgencies_6-Jan-2026pm.xlsx", datetime(2026, 1, 6, 22, tzinfo=UTC)),
        ("participatingAgencies_20260106.xlsx", datetime(2026, 1, 6, 17, tzinfo=UTC)),
        ("participatingAgencies-20260106030000.xlsx", datetime(2026, 1, 6, 3, tzinfo=UTC)),
    ],
)
@pytest.mark.parametrize("stamped", [True, False])
def test_a_right_name_is_taken_at_its_word(tmp_path: Path, name: str, expected: datetime, stamped: bool) -> None:
    data = participating(JANUARY, saved_at=datetime(2026, 1, 5, 20))
    assert placed(tmp_path, name, data if stamped else without_stamp(data)) == expected


@pytest.mark.parametrize("name", ["01062025pm", "01062024pm", "001062025pm"])
@pytest.mark.parametrize("stamped", [True, False])
def test_a_wrong_year(tmp_path: Path, name: str, stamped: bool) -> None:
    data = participating(JANUARY, saved_at=datetime(2026, 1, 5, 20))
    at = placed(tmp_path, f"participatingAgencies{name}.xlsx", data if stamped else without_stamp(data))
    assert at == datetime(2026, 1, 6, 22, tzinfo=UTC)


@pytest.mark.parametrize("stamped", [True, False])
def test_a_wrong_month(tmp_path: Path, stamped: bool) -> None:
    printed = rows(30) + rows(8, start=30, signed=date(2025, 8, 27))
    data = participating(printed, saved_at=datetime(2025, 9, 2, 15))
    name = "participatingAgencies08022025pm.xlsx"
    assert placed(tmp_path, name, data if stamped else without_stamp(data)) == datetime(2025, 9, 2, 21, tzinfo=UTC)


def test_a_wrong_day_is_told_by_the_last_saving(tmp_path: Path) -> None:
    """No slip of year or month fits what the workbook says of itself: June 26, 2025 is taken, not July 15."""
    printed = rows(30) + rows(8, start=30, signed=date(2025, 6, 25))
    data = participating(printed, saved_at=datetime(2025, 6, 26, 15, 30))
    at = placed(tmp_path, "participatingAgencies06152025am.xlsx", data)
    assert at == datetime(2025, 6, 26, 15, 30, tzinfo=UTC)


def test_a_misprinted_row_rules_no_name_out(tmp_path: Path) -> None:
    """One row of a later year is a misprint of the row; and it moves no list whose name is wrong."""
    misprinted = [*JANUARY, Row(signed=date(2062, 1, 3))]
    data = participating(misprinted, saved_at=datetime(2026, 1, 5, 20))
    assert placed(tmp_path / "right", "participatingAgencies01062026am.xlsx", data).date() == date(2026, 1, 6)
    assert placed(tmp_path / "wrong", "participatingAgencies01062025am.xlsx", data).date() == date(2026, 1, 6)
    alone = without_stamp(data)
    assert placed(tmp_path / "undated", "participatingAgencies.xlsx", alone).date() == date(2026, 1, 4)


def test_a_capture_before_its_rows_were_signed(tmp_path: Path) -> None:
    data = participating(JANUARY, saved_at=datetime(2026, 1, 5, 20))
    name = "participatingAgencies-20250106030000.xlsx"
    assert placed(tmp_path / "stamped", name, data) == datetime(2026, 1, 5, 20, tzinfo=UTC)
    assert placed(tmp_path / "bare", name, without_stamp(data)).date() == date(2026, 1, 4), "the end of 3 January"


def test_pending_lists_with_a_wrong_year(tmp_path: Path) -> None:
    """They print no signing days: only the last saving can show the day, and where it cannot the name is used."""
    name = "pendingAgencies01092025pm.xlsx"
    other = {"participatingAgencies01062026am.xlsx": participating(JANUARY)}
    for folder, data, expected in (
        ("stamped", pending(rows(5), saved_at=datetime(2026, 1, 9, 17)), date(2026, 1, 9)),
        ("the day before", pending(rows(5), saved_at=datetime(2026, 1, 8, 17)), date(2026, 1, 9)),
        ("saved again", pending(rows(5), saved_at=datetime(2026, 5, 19, 17)), date(2025, 1, 9)),
        ("bare", without_stamp(pending(rows(5))), date(2025, 1, 9)),
    ):
        ledger = ledger_of(tmp_path / folder, {name: data, **other})
        days = dict(ledger.lists().select("file", "day").iter_rows())
        assert days[name] == expected, folder


def test_captures_are_in_utc_and_days_are_eastern(tmp_path: Path) -> None:
    data = participating(rows(3))
    names = {
        "participatingAgencies-20250502035959.xlsx": date(2025, 5, 1),
        "participatingAgencies-20250502040000.xlsx": date(2025, 5, 2),
        "participatingAgencies-20260109045959.xlsx": date(2026, 1, 8),
        "participatingAgencies-20260109050000.xlsx": date(2026, 1, 9),
        # Clocks went forward on March 9 and back on November 2, 2025.
        "participatingAgencies-20250310035959.xlsx": date(2025, 3, 9),
        "participatingAgencies-20251103045959.xlsx": date(2025, 11, 2),
    }
    lists = ledger_of(tmp_path, dict.fromkeys(names, data)).lists()
    assert dict(lists.select("file", "day").iter_rows()) == names


@pytest.mark.parametrize("day", [date(2025, 3, 9), date(2025, 11, 2)])
def test_days_on_which_clocks_change(tmp_path: Path, day: date) -> None:
    parts = {part: f"participatingAgencies{day:%m%d%Y}{part}.xlsx" for part in ("am", "mid", "pm")}
    ledger = ledger_of(tmp_path, {name: participating(rows(3)) for name in parts.values()})
    lists = ledger.lists()
    assert lists["file"].to_list() == list(parts.values())
    assert lists["day"].to_list() == [day] * 3
    assert ledger.status(day).list.file == parts["pm"]  # type: ignore[union-attr]


def test_a_later_saving_on_the_same_day_orders_the_day(tmp_path: Path) -> None:
    """Two lists named for one morning: the second was saved at noon."""
    first = participating(rows(3), saved_at=datetime(2025, 5, 1, 12))
    second = participating(rows(4), saved_at=datetime(2025, 5, 1, 16))
    ledger = ledger_of(
        tmp_path,
        {"participatingAgencies05012025am_b.xlsx": second, "participatingAgencies05012025am.xlsx": first},
    )
    assert ledger.lists()["file"].to_list() == [
        "participatingAgencies05012025am.xlsx",
        "participatingAgencies05012025am_b.xlsx",
    ]
    assert ledger.status(date(2025, 5, 1)).agreements == 4


def test_an_undated_list(tmp_path: Path) -> None:
    """With its equal where there is one, else by its last saving, else by the last day signed."""
    dated = participating(rows(12, signed=date(2025, 5, 6)))
    undated = participating(rows(12, signed=date(2025, 5, 6)), saved_at=datetime(2025, 6, 2, 12))
    other = participating(rows(13, signed=date(2025, 5, 6)), saved_at=datetime(2025, 6, 2, 12))
    name, beside = "participatingAgencies.xlsx", {"participatingAgencies05072025am.xlsx": dated}
    times = {}
    for folder, data in (("equal", undated), ("other", other), ("bare", without_stamp(other))):
        lists = ledger_of(tmp_path / folder, {name: data, **beside}).lists()
        times[folder] = dict(lists.select("file", "published_at").iter_rows())[name].astimezone(UTC)
    assert times["equal"] == datetime(2025, 5, 7, 13, tzinfo=UTC)
    assert times["other"] == datetime(2025, 6, 2, 12, tzinfo=UTC)
    assert times["bare"].date() == date(2025, 5, 7), "the end of 6 May"


def test_an_undated_list_without_a_day_is_reported(tmp_path: Path) -> None:
    lists = {
        "pendingAgencies.xlsx": without_stamp(pending(rows(3))),
        "participatingAgencies05072025am.xlsx": participating(rows(3)),
    }
    ledger = ledger_of(tmp_path, lists)
    assert verdicts(ledger)["pendingAgencies.xlsx"] == "undated"
    assert "undated_list" in ledger.table("problems")["kind"]
    assert ledger.list_rows("pendingAgencies.xlsx").height == 3


# -- real lists under false names ----------------------------------------------------------------------

NEIGHBOURS = (
    "participatingAgencies06272025am", "pendingAgencies06272025am", "pendingAgencies06302025am",
    "participatingAgencies07012025pm", "pendingAgencies07012025pm", "participatingAgencies07032025pm",
    "pendingAgencies07032025pm", "participatingAgencies07072025am", "participatingAgencies07082025pm",
    "pendingAgencies07082025pm", "participatingAgencies08042025pm",
)  # fmt: skip


def found_in(shared: Path, stem: str) -> Path:
    """A real list by the stem of its name."""
    (place,) = shared.rglob(f"{stem}.xlsx")
    return place


@pytest.fixture(scope="module")
def neighbours(shared_lists: Path) -> dict[str, bytes | Path]:
    return {f"{stem}.xlsx": found_in(shared_lists, stem) for stem in NEIGHBOURS}


@pytest.fixture(scope="module")
def true_record(neighbours: dict[str, bytes | Path], tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return ledger_of(tmp_path_factory.mktemp("true"), neighbours)


DAYS = [date(2025, 6, 28), date(2025, 7, 1), date(2025, 7, 2), date(2025, 7, 8), date(2025, 8, 5)]


def counts(ledger: Ledger) -> list[object]:
    """What is counted on some days."""
    found = [ledger.status(day) for day in DAYS]
    return [(s.rows, s.agreements, s.agencies, s.by_state, s.by_model, s.pending) for s in found]


@pytest.mark.parametrize("stamp", ["kept", "none"])
@pytest.mark.parametrize(
    ("stem", "false_name", "kind", "day", "verdict"),
    [
        ("participatingAgencies07012025pm", "participatingAgencies07012024pm", "participating", "2025-07-01", None),
        ("participatingAgencies07012025pm", "participatingAgencies02012025pm", "participating", "2025-07-01", None),
        ("participatingAgencies07012025pm", "participatingAgencies007012025pm", "participating", "2025-07-01", None),
        ("participatingAgencies07012025pm", "participatingAgencies", "participating", "2025-07-01", None),
        ("participatingAgencies07012025pm", "pendingAgencies07012025pm copy", "participating", "2025-07-01", None),
        ("participatingAgencies07012025pm", "pendingAgencies07012024pm", "participating", "2025-07-01", None),
        ("pendingAgencies07012025pm", "participatingAgencies07012025pm copy", "pending", "2025-07-01", None),
        ("pendingAgencies07012025pm", "pendingAgencies", "pending", "2025-07-01", None),
        # A name later than the content: a slip for the day of the last saving, else an older list again, excluded.
        ("participatingAgencies06272025am", "participatingAgencies07072025am_b", "participating", None, "stale"),
        ("participatingAgencies07012025pm", "participatingAgencies08012025pm", "participating", None, "stale"),
        ("participatingAgencies07012025pm", "participatingAgencies07012026pm", "participating", None, "stale"),
        ("participatingAgencies07012025pm", "participatingAgencies07012031pm", "participating", None, "stale"),
        ("pendingAgencies06272025am", "pendingAgencies07102025am", "pending", None, "stale"),
    ],
)  # fmt: skip
def test_a_real_list_under_a_false_name(
    neighbours: dict[str, bytes | Path],
    true_record: Ledger,
    tmp_path: Path,
    stem: str,
    false_name: str,
    kind: str,
    day: str | None,
    verdict: str | None,
    stamp: str,
) -> None:
    """It is placed by its content or excluded; the history and the counts remain what they were."""
    true = neighbours[f"{stem}.xlsx"]
    assert isinstance(true, Path)
    if stamp == "kept" and verdict and stem == "participatingAgencies07012025pm":
        day, verdict = "2025-07-01", None
    data = true.read_bytes() if stamp == "kept" else without_stamp(true.read_bytes())
    ledger = ledger_of(tmp_path, {**neighbours, f"{false_name}.xlsx": data})
    row = next(r for r in ledger.lists().iter_rows(named=True) if r["file"] == f"{false_name}.xlsx")
    assert (row["kind"], row["rule"]) == (kind, verdict)
    if day:
        assert row["day"] == date.fromisoformat(day)
    else:
        assert ledger.list_rows(row["file"]).height == row["rows"] > 0
    assert counts(ledger) == counts(true_record)
    by = "file" if verdict else "published_at"
    mine, theirs = history(ledger, lists_by=by), history(true_record, lists_by=by)
    for table in theirs:
        assert mine[table] == theirs[table], table


@pytest.mark.parametrize("stem", ["participatingAgencies07012025pm", "participatingAgencies07032025pm"])
@pytest.mark.parametrize("slip", ["07{}2024pm", "03{}2025pm", "07{}2019pm"])
def test_a_real_list_that_has_a_false_name_only(
    neighbours: dict[str, bytes | Path], true_record: Ledger, tmp_path: Path, stem: str, slip: str
) -> None:
    """Its own name is gone; year and month are derived from what it holds."""
    lists = dict(neighbours)
    data = lists.pop(f"{stem}.xlsx")
    false_name = f"participatingAgencies{slip.format(stem[-8:-6])}.xlsx"
    ledger = ledger_of(tmp_path, {**lists, false_name: data})
    assert set(verdicts(ledger).values()) == {"accepted"}
    assert counts(ledger) == counts(true_record)
    assert history(ledger, lists_by="sha256") == history(true_record, lists_by="sha256")


def test_the_list_without_headings_under_a_false_year(shared_lists: Path, tmp_path: Path) -> None:
    names = ("participatingAgencies02272026am", "participatingAgencies03022026am", "participatingAgencies03032026am")
    before, bare, after = (found_in(shared_lists, name) for name in names)
    ledger = ledger_of(tmp_path, {before.name: before, "participatingAgencies03022025am.xlsx": bare, after.name: after})
    (row,) = (r for r in ledger.lists().iter_rows(named=True) if r["file"] == "participatingAgencies03022025am.xlsx")
    assert (row["kind"], row["day"], row["rows"], row["verdict"]) == (
        "participating",
        date(2026, 3, 2),
        1499,
        "accepted",
    )
    assert ledger.status(date(2026, 3, 2)).agreements == 1499
    assert ledger.status(date(2026, 3, 2)).list.published_at >= at_eastern(date(2026, 3, 2), datetime.min.time())  # type: ignore[union-attr]


def test_a_list_saved_under_two_years(shared_lists: Path, tmp_path: Path) -> None:
    """A last saving years later, as of a copy made since, moves no list whose name its content allows."""
    true = found_in(shared_lists, "participatingAgencies07012025pm")
    resaved = saved(true.read_bytes(), datetime(2026, 7, 1, 12))
    (row,) = ledger_of(tmp_path, {true.name: resaved}).lists().iter_rows(named=True)
    assert row["day"] == date(2025, 7, 1)


# -- names later than the truth, and names of other styles -------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("participatingAgencies08052026am.xlsx", date(2026, 5, 8)),  # day and month exchanged
        ("participatingAgencies10082026am.xlsx", date(2026, 5, 8)),  # another month
        ("participatingAgencies05082027am.xlsx", date(2026, 5, 8)),  # another year
        ("participatingAgencies05162026am.xlsx", date(2026, 5, 16)),  # as late as a true list can be
    ],
)
def test_a_name_later_than_the_last_saving_is_a_slip(tmp_path: Path, name: str, expected: date) -> None:
    printed = rows(30) + rows(8, start=30, signed=date(2026, 5, 5))
    assert placed(tmp_path, name, participating(printed, saved_at=datetime(2026, 5, 8, 13))).date() == expected


def test_a_name_that_no_slip_explains_does_not_move_the_record_on(tmp_path: Path) -> None:
    printed = rows(30) + rows(8, start=30, signed=date(2026, 5, 5))
    lists = {
        "participatingAgencies05082026am.xlsx": participating(printed, saved_at=datetime(2026, 5, 8, 13)),
        "participatingAgencies09292026am.xlsx": participating(printed[:-1], saved_at=datetime(2026, 5, 7, 13)),
    }
    ledger = ledger_of(tmp_path, lists)
    assert verdicts(ledger)["participatingAgencies09292026am.xlsx"] == "doubted"
    assert ledger.newest_day() == date(2026, 5, 8)
    assert ledger.changes(date.min, date(2026, 12, 31), kinds=["delisted"]).is_empty()
    (problem,) = ledger.table("problems").filter(kind="doubted_name").iter_rows(named=True)
    assert "2026-09-29" in problem["found"]


def test_a_saving_before_its_rows_were_signed_doubts_no_name(tmp_path: Path) -> None:
    printed = rows(30) + rows(8, start=30, signed=date(2026, 5, 5))
    data = participating(printed, saved_at=datetime(2025, 5, 8, 13))
    assert placed(tmp_path, "participatingAgencies05082026am.xlsx", data).date() == date(2026, 5, 8)


def test_the_names_of_later_lists_are_read(shared_lists: Path) -> None:
    """Each name of ICE's later lists gives a day at most two days before a peer saw it."""
    found = list(csv.DictReader((shared_lists / "later_names.csv").read_text(encoding="utf-8").splitlines()))
    assert len(found) == 29
    for row in found:
        seen = datetime.strptime(row["seen_by_peer_utc"], "%Y%m%d_%H%M%S").replace(tzinfo=UTC)
        given = publication(PrintedList(row["ice_filename"], "", 0, None))
        assert given.basis == "its name"
        assert given.at is not None
        assert 0 <= (seen.date() - given.at.date()).days <= 2, row
        assert A_LIST.search(row["ice_filename"])


@pytest.mark.parametrize("name", ["2026-05-08", "05-08-2026", "5.8.2026", "050826", "5082026", "05_08_2026 am"])
def test_other_ways_to_write_the_day(name: str) -> None:
    given = publication(PrintedList(f"287gParticipatingAgency {name}.xlsx", "", 0, None))
    assert given.at is not None
    assert given.at.date() == date(2026, 5, 8)
