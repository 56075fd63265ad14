"""Words that no list had before: an unknown model makes nobody leave, and days written in other ways are read."""

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger287.api import Ledger
from ledger287.sources.ice_lists import values
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site
from making import list_name
from sequences import TFM, Row, ledger_of, participating, rows

DAYS = [date(2025, 4, 1), date(2025, 4, 8), date(2025, 4, 15)]
TRIBAL = "Tribal Task Force Model"


def record(folder: Path, *printed: list[Row]) -> Ledger:
    return ledger_of(folder, {list_name(day): participating(found) for day, found in zip(DAYS, printed, strict=False)})


def with_model(model: str, count: int = 3) -> list[Row]:
    return [row.but(model=model) if number < count else row for number, row in enumerate(rows(20))]


@pytest.mark.parametrize("model", [TRIBAL, "Made-up Model of Something Else"])
def test_an_unknown_model_makes_nobody_leave(tmp_path: Path, model: str) -> None:
    ledger = record(tmp_path, rows(20), with_model(model), rows(20))
    assert ledger.status(DAYS[1]).agreements == 20
    assert ledger.status(DAYS[2]).agreements == 20
    assert ledger.changes(DAYS[1], date(2025, 5, 1)).is_empty()
    agreement = ledger.table("agreements")["agreement_id"][0]
    assert ledger.source(agreement)


def test_an_unknown_model_is_reported_row_by_row(tmp_path: Path) -> None:
    ledger = record(tmp_path, rows(20), with_model("Made-up Model of Something Else"))
    found = ledger.table("problems").filter(kind="unknown_model")
    assert found.height == 3
    assert "Until then the model of the row is unknown" in found["remedy"][0]


def test_a_model_that_may_come_in_place_of_another_is_reported_row_by_row(tmp_path: Path) -> None:
    """Same agency, day and document: cannot tell which model, and that is said; a row next to the old one is not."""
    ledger = record(tmp_path, rows(20), with_model(TRIBAL), with_model(TRIBAL))
    found = ledger.table("problems").filter(kind="model_in_doubt")
    assert found.height == 3 and set(found["file"]) == {list_name(DAYS[1])}
    assert set(found["found"]) == {repr(TRIBAL)}
    assert all(", as ag-" in told for told in found["expected"])
    assert "Cannot tell which model is meant" in found["remedy"][0]
    new = rows(20)[0].but(model=TRIBAL, signed=date(2025, 4, 6), document="both.pdf")
    apart = record(tmp_path / "apart", rows(20), [*rows(20), new])
    assert apart.table("problems").filter(kind="model_in_doubt").is_empty()


def test_a_model_that_may_come_is_an_agreement_of_its_own(tmp_path: Path) -> None:
    new = Row("Made-up Vong Orly Tribal Police Department", "OKLAHOMA", TRIBAL, date(2025, 4, 5), document="new.pdf")
    both = rows(20)[0].but(model=TRIBAL, signed=date(2025, 4, 6), document="both.pdf")
    ledger = record(tmp_path, rows(20), [*rows(20), new, both])
    status = ledger.status(DAYS[1])
    assert (status.agreements, status.agencies) == (22, 21)
    assert ledger.as_of(DAYS[1]).filter(model="TTFM").height == 2
    told = ledger.changes(DAYS[1], DAYS[1], kinds=["listed"])
    assert set(told["model"]) == {"TTFM"}
    assert ledger.table("problems").filter(kind="unknown_model").is_empty()


def test_pages_show_a_model_that_may_come(tmp_path: Path) -> None:
    new = Row("Made-up Vong Orly Tribal Police Department", "OKLAHOMA", TRIBAL, date(2025, 4, 5), document="new.pdf")
    ledger = record(tmp_path, rows(20), [*rows(20), new])
    client = TestClient(make_app(Site(tmp_path / "record", today=lambda: DAYS[1]), watch=False))
    agency = ledger.agency(new.agency).id
    for path in ("/", f"/agency/{agency}", "/changes", "/state/OK", "/es/changes", "/feeds/changes.atom", "/model/TFM"):
        assert client.get(path).status_code == 200, path
    for path in ("changes?since=2025-04-01", "agreements", f"agencies/{agency}", "status", "agencies"):
        assert client.get(f"/api/v1/{path}").status_code == 200, path
    assert "Tribal Task Force Model" in client.get(f"/agency/{agency}").text


@pytest.mark.parametrize(
    "text",
    [
        "September 22, 2025", "Sept. 22, 2025", "Sep 22 2025", "22 September 2025", "22-Sep-25", "September 22nd, 2025",
        "Monday, September 22, 2025", "45922", "45922.0", "2025-09-22T14:30:00", "2025-09-22 00:00:00", "9/22/25",
        "09 / 22 / 2025",
        "SEPTEMBER 22, 2025",
    ],
)  # fmt: skip
def test_days_written_in_other_ways(text: str) -> None:
    assert values.signed(text).value == date(2025, 9, 22)
    assert values.signed(text).how == "exact"


@pytest.mark.parametrize("text", ["September 31, 2025", "Month 22, 2025", "3922", "99999999", "Sep", "22", "J 1, 2025"])
def test_what_is_no_day_stays_unread(text: str) -> None:
    assert values.signed(text).value is None


@pytest.mark.parametrize("style", ["{0:%B} {0.day}, {0.year}", "{1}", "{0.day} {0:%b} {0.year}"])
def test_another_way_to_print_days_corrects_nothing(tmp_path: Path, style: str) -> None:
    def printed(row: Row) -> Row:
        assert isinstance(row.signed, date)
        return row.but(signed=style.format(row.signed, (row.signed - date(1899, 12, 30)).days))

    ledger = record(tmp_path, rows(20), [printed(row) for row in rows(20)], rows(20))
    assert ledger.changes(DAYS[1], date(2025, 5, 1)).is_empty()
    assert ledger.table("problems").is_empty()


def test_days_that_cannot_be_read_correct_nothing(tmp_path: Path) -> None:
    unread = [row.but(signed="the third of March") for row in rows(20)]
    ledger = record(tmp_path, rows(20), unread, rows(20))
    assert ledger.changes(DAYS[1], date(2025, 5, 1)).is_empty()
    assert ledger.table("problems").filter(kind="unreadable_signed").height == 20
    assert ledger.status(DAYS[1]).by_model["TFM"] == sum(row.model == TFM for row in rows(20))
