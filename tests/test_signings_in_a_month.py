"""Signings in a month are one number: by Python, the command, the API, the page, the chart of growth and ``check``."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import ledger287
from commands import run_command
from ledger287.analysis.answers.growth import growth
from ledger287.factcheck.checking import Checker
from ledger287.ledger.query.list_ledger import ListLedger
from ledger287.places.atlas import Atlas
from ledger287.web.server.app import make_app
from making import list_name
from sequences import Row, ledger_of, participating, rows
from sites import site_on

TODAY = date(2026, 5, 9)
pytestmark = pytest.mark.filterwarnings("ignore:cannot tell after:UserWarning")  # months after what was known

FIRSTS = [date(2021 + at // 12, 1 + at % 12, 1) for at in range(1, 65)]
MONTHS = [(first, following - timedelta(days=1)) for first, following in pairwise(FIRSTS)]
"""The months from February 2021 to April 2026, of which the lists tell every signing that ICE printed."""
KNOWN = (date(2025, 6, 30), date(2025, 7, 9), date(2025, 12, 31))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return ledger287.open(today=lambda: TODAY)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(make_app(site_on(TODAY), watch=False)) as opened:
        yield opened


def by_month(atlas: ListLedger, known_on: date | None = None) -> Counter[str]:
    """Month -> agreements that changes call signed in it."""
    found = atlas.changes(MONTHS[0][0], MONTHS[-1][1], kinds=["signed"], known_on=known_on)
    assert found["agreement_id"].is_unique().all(), "an agreement is signed once"
    return Counter(f"{day:%Y-%m}" for day in found["day"])


def figures_of_growth(atlas: Atlas, known_on: date | None = None) -> dict[str, int]:
    return {row["month"]: row["signed"] for row in growth(atlas, known_on=known_on).rows}


def test_changes_have_the_day_that_ice_printed_last(atlas: Atlas) -> None:
    signed = dict(atlas.table("agreements").select("agreement_id", "signed").iter_rows())
    found = atlas.changes(date(2021, 2, 1), TODAY - timedelta(days=1), kinds=["signed"])
    assert all(signed[one] == day for one, day in found.select("agreement_id", "day").iter_rows())
    assert atlas.signing_days() == {one: day for one, day in signed.items() if day}
    newest = atlas.signing_days(atlas.history.days[-1])
    assert newest == atlas.signing_days(), "the newest list knows what all of them know"


@pytest.mark.parametrize("known_on", [None, *KNOWN])
def test_every_month_has_one_number(atlas: Atlas, known_on: date | None) -> None:
    counted, grown = by_month(atlas, known_on), figures_of_growth(atlas, known_on)
    index = Checker(atlas).index
    for first, last in MONTHS:
        if known_on and first > known_on:
            continue
        month = f"{first:%Y-%m}"
        rows = [row for row in index.signings_known(known_on) if first <= row[0] <= last]
        assert counted[month] == len(rows) == grown[month], month


@pytest.mark.parametrize("known_on", [date(2025, 7, 9), date(2026, 5, 8)])
def test_a_story_is_held_to_the_number_known_on_its_day(atlas: Atlas, known_on: date) -> None:
    checker, counted = Checker(atlas), by_month(atlas, known_on)
    for first in FIRSTS[48:52]:
        value = counted[f"{first:%Y-%m}"]
        said = f"In {first:%B %Y}, {value} 287(g) agreements were signed."
        (answer,) = checker.check_text(said, published=known_on).answers
        assert (answer.verdict, answer.evidence[0].value) == ("supported", value), said
        wrong = said.replace(str(value), str(value + 400))
        (answer,) = checker.check_text(wrong, published=known_on).answers
        assert answer.verdict == "contradicted", wrong


def test_what_only_later_lists_give_says_so(atlas: Atlas) -> None:
    checker, day = Checker(atlas), date(2025, 7, 1)
    then, since = by_month(atlas, day)["2025-06"], by_month(atlas)["2025-06"]
    assert then < since
    (answer,) = checker.check_text(f"In June, {since} 287(g) agreements were signed.", published=day).answers
    assert answer.verdict == "cannot_tell", "nothing published after a story supports it"
    assert f"{since:,}" in answer.reason
    assert f"{then:,}" in answer.reason
    (answer,) = checker.check_text(f"In June, {then} 287(g) agreements were signed.", published=day).answers
    assert (answer.verdict, answer.notes) == ("supported", ())
    assert answer.evidence[0].day and answer.evidence[0].day <= day, "the list known on the story's day is the evidence"


def test_command_api_and_page_have_the_same_number(atlas: Atlas, client: TestClient) -> None:
    asked = {"since": "2025-06-01", "until": "2025-06-30"}
    number = by_month(atlas)["2025-06"]
    done = run_command("changes", "--since", asked["since"], "--until", asked["until"], "--kind", "signed", "--json")
    assert len(json.loads(done.stdout)["changes"]) == number
    page = client.get("/changes/2025-06.json").json()
    assert page["counts"]["signed"] == number
    rows = client.get("/api/v1/changes", params={**asked, "kind": "signed", "limit": "1000"}).json()
    assert len(rows["changes"]) == number


JUNE, JULY = date(2025, 6, 30), date(2025, 7, 2)
OTHERS = rows(4, start=11)


def redated(folder: Path) -> ListLedger:
    """A synthetic agency whose day ICE corrects from June 30 to July 2, and one whose day it fills in later."""
    one, other = Row(signed=JUNE), Row(agency="Blank County Sheriff's Office", signed=None)
    printed = {
        date(2025, 7, 3): [*OTHERS],
        date(2025, 7, 4): [*OTHERS, Row(signed=JUNE, document="blank.pdf"), other],
        date(2025, 7, 8): [*OTHERS, Row(signed=JULY, document="blank.pdf"), Row(agency=other.agency, signed=JULY)],
    }
    assert one.agency != other.agency
    return ledger_of(folder, {list_name(day): participating(found) for day, found in printed.items()})


def test_a_corrected_day_moves_the_signing_and_adds_none(tmp_path: Path) -> None:
    ledger = redated(tmp_path)

    def signed(known_on: date | None = None) -> list[tuple[date, str]]:
        found = ledger.changes(date(2025, 6, 1), date(2025, 7, 31), kinds=["signed"], known_on=known_on)
        return sorted(found.select("day", "agency").iter_rows())

    name = Row().agency
    assert signed(date(2025, 7, 5)) == [(JUNE, name)], "as known before the correction"
    assert signed() == sorted([(JULY, name), (JULY, "Blank County Sheriff's Office")])
    agency = ledger.agency(name)
    assert [row["day"] for row in agency.changes if row["kind"] == "signed"] == [JULY]
    agency = ledger.agency(name, known_on=date(2025, 7, 5))
    assert [row["day"] for row in agency.changes if row["kind"] == "signed"] == [JUNE]


def test_a_year_before_the_lists_is_headed_by_what_they_print_and_what_was_seen(client: TestClient) -> None:
    """The lists since January 2021 print 103 agreements of 2020; three of the signings were seen as changes."""
    span = "/changes?since=2020-01-01&until=2020-12-31"
    page = " ".join(client.get(span).text.split())
    said = "103 agreements have a signing day in these days, as pages or lists print it; seen as a change from one to"
    assert f"{said} the next: 3" in page and "3 agreements signed" not in page.replace("103 agreements", "")
    answer = client.get(span.replace("?", ".json?")).json()
    assert (answer["signed_as_printed"], answer["counts"]["signed"]) == (103, 3)
    assert '<span class="quiet">0</span></a>' not in page
    later = " ".join(client.get("/changes?since=2025-03-01&until=2025-03-31").text.split())
    assert "as pages or lists print it" not in later and "agreements signed" in later
    assert client.get("/changes.json?since=2020-01-01&until=2020-12-31&state=AZ").json()["signed_as_printed"] < 103
