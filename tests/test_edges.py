"""The record says where it ends: no list is not no event, whichever door the question comes through."""

import json
import warnings
from datetime import date
from typing import Any
from xml.etree import ElementTree

import jinja2
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from commands import run_command
from ledger287.cli.main import app as commands
from ledger287.custody.batch.plans.agencies import agencies_of
from ledger287.factcheck.checking import Checker
from ledger287.ledger.query.answers import PastNewestList
from ledger287.places.atlas import Atlas
from ledger287.sources.ice_lists import values
from ledger287.web.server.app import make_app
from sites import site_on

NEWEST, NEWEST_PENDING = date(2026, 5, 8), date(2026, 2, 27)


@pytest.fixture(scope="module")
def book() -> Atlas:
    return ledger287.open(today=lambda: date(2026, 6, 14))


@pytest.fixture(scope="module")
def site() -> TestClient:
    return TestClient(make_app(site_on(date(2026, 6, 14)), watch=False))


def run(*words: str) -> str:
    done = CliRunner().invoke(commands, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_days_after_the_newest_list_cannot_be_told(book: Atlas) -> None:
    assert book.cannot_tell_after(date(2026, 6, 1)) == NEWEST
    assert book.cannot_tell_after(NEWEST) is None
    assert book.cannot_tell_after(NEWEST, kind="pending") == NEWEST_PENDING
    assert book.cannot_tell_after(date(2025, 8, 20), date(2025, 8, 14)) == date(2025, 8, 14)
    assert book.status(date(2026, 6, 1)).cannot_tell_after == NEWEST
    assert book.status(date(2026, 5, 8)).cannot_tell_after is None
    assert book.status(date(2026, 6, 1), county="12021").cannot_tell_after == NEWEST
    assert book.near("Naples, FL", on=date(2026, 6, 1)).cannot_tell_after == NEWEST
    assert book.coverage(date(2026, 6, 1)).cannot_tell_after == NEWEST


def test_python_warns_of_tables_that_end_before_the_days_requested(book: Atlas) -> None:
    with pytest.warns(PastNewestList, match="May 8, 2026"):
        assert book.changes(date(2026, 6, 1)).is_empty()
    with pytest.warns(PastNewestList):
        book.as_of(date(2026, 6, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        book.changes(date(2026, 5, 1), NEWEST)
        book.as_of(NEWEST)


def test_changes_never_say_none_of_days_without_a_list() -> None:
    words = run("changes", "--since", "2026-06-01", "--until", "2026-06-14")
    assert "cannot tell after" in words
    assert "none" not in words
    told = json.loads(run("changes", "--since", "2026-06-01", "--until", "2026-06-14", "--json"))
    assert (told["changes"], told["cannot_tell_after"]) == ([], "2026-05-08")


def test_changes_answer_the_part_that_the_lists_tell() -> None:
    asked = ("changes", "--state", "KY", "--since", "2026-05-01", "--json")
    part = json.loads(run(*asked, "--until", "2026-06-14"))
    known = json.loads(run(*asked, "--until", "2026-05-08"))
    assert part["changes"] == known["changes"] != []
    assert (part["cannot_tell_after"], known["cannot_tell_after"]) == ("2026-05-08", None)
    assert known["pending_cannot_tell_after"] == "2026-02-27"


@pytest.mark.parametrize(
    ("since", "until", "edge", "none"),
    [
        ("2003-01-01", "2005-12-31", "2011-02-20", False),
        ("2007-01-01", "2008-12-31", "2011-02-20", False),
        ("2011-02-20", "2011-03-01", None, True),
        ("2025-08-01", "2025-08-02", None, False),
    ],
)
def test_days_before_the_first_page_are_not_without_events(
    site: TestClient, since: str, until: str, edge: str | None, none: bool
) -> None:
    """Agreements of 2003 were signed, though the first page of ICE that was kept is of 2011."""
    days = ("--since", since, "--until", until)
    said = run("changes", *days)
    assert ("cannot tell before Feb 20, 2011: the first page is of that day" in said) is (edge is not None)
    assert ("none on the lists" in said) is none
    assert json.loads(run("changes", *days, "--json"))["cannot_tell_before"] == edge
    assert site.get("/api/v1/changes", params={"since": since, "until": until}).json()["cannot_tell_before"] == edge
    page = site.get("/changes", params={"since": since, "until": until}).text
    assert ("Cannot tell before February 20, 2011" in page) is (edge is not None)
    assert ("Nothing of this kind in these days." in page) is none
    spanish = site.get("/es/changes", params={"since": since, "until": until}).text
    assert ("No se puede saber antes del 20 de febrero de 2011" in spanish) is (edge is not None)


def test_known_on_moves_the_edge() -> None:
    told = json.loads(
        run("changes", "--since", "2025-08-01", "--until", "2025-08-30", "--known-on", "2025-08-20", "--json")
    )
    assert told["cannot_tell_after"] is not None
    assert told["cannot_tell_after"] <= "2025-08-20"


def test_status_after_the_newest_list_says_so() -> None:
    assert "cannot tell after" in run("status", "--on", "2030-01-01")
    assert "cannot tell after" not in run("status", "--on", "2026-05-08")


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--on"), ("status", "--county", "12021", "--on"), ("status", "--known-on"), ("agreements", "--on"),
        ("near", "34102", "--on"), ("coverage", "--on"), ("ranks", "--on"), ("shares", "--on"),
        ("changes", "--since", "2026-05-01", "--until"), ("rules", "--on"),
    ],
)  # fmt: skip
def test_of_a_day_to_come_every_command_says_that_it_is(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(commands, [*words, "2150-01-01"])
    assert (done.exit_code, done.stderr) == (0, "ledger287: Jan 1, 2150 is still to come\n")
    assert CliRunner().invoke(commands, [*words, "2026-05-08"]).stderr == ""
    done = CliRunner().invoke(commands, [*words, "2200-01-01"])
    assert done.exit_code != 0


def test_the_quick_way_says_so_too() -> None:
    done = run_command("status", "--on", "2150-01-01")
    assert done.stderr == "ledger287: Jan 1, 2150 is still to come\n"
    done = run_command("status", "--on", "9999-12-31")
    assert done.stderr.startswith("ledger287 status: --on: expected a day from 1900-01-01 to 2199-12-31")


@pytest.mark.parametrize("path", ["/", "/state/FL", "/changes", "/map.svg", "/api/v1/status"])
def test_a_day_of_no_calendar_in_use_is_refused_by_the_site(site: TestClient, path: str) -> None:
    name = "known_on" if path == "/changes" else "on"
    answer = site.get(path, params={name: "9999-12-31"})
    assert answer.status_code in (400, 422)
    assert "expected a day from 1900-01-01 to 2199-12-31" in answer.text


def test_the_api_says_so(site: TestClient) -> None:
    changes = site.get("/api/v1/changes", params={"since": "2026-06-01"}).json()
    assert changes["cannot_tell_after"] == "2026-05-08"
    assert changes["pending_cannot_tell_after"] == "2026-02-27"
    for path in ("status", "agencies", "agreements", "coverage"):
        late, known = (
            site.get(f"/api/v1/{path}", params={"on": day}).json()["cannot_tell_after"]
            for day in ("2026-06-01", "2026-05-08")
        )
        assert (late, known) == ("2026-05-08", None), path


def test_a_page_of_days_past_the_newest_list_counts_nothing(site: TestClient) -> None:
    text = site.get("/changes?since=2026-06-01&until=2026-06-14").text
    assert "Cannot tell after" in text and "0 agreements signed" not in text
    assert "agreements signed" in site.get("/changes?since=2026-05-01&until=2026-06-14").text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/changes?since=2026-06-01&until=2026-06-14", "Cannot tell after"),
        ("/es/changes?since=2026-06-01&until=2026-06-14", "No se puede saber"),
        ("/changes/2026-05", "Cannot tell after"),
        ("/answers/waits", "Pending applications: cannot tell after February 27, 2026"),
        ("/compare?a=2026-05-01&b=2026-06-01", "Cannot tell after"),
        ("/?on=2026-05-02&known_on=2026-04-20", "No newer list was known on that day"),
        ("/?on=2026-06-01", "this page cannot tell"),
        ("/state/FL?on=2026-06-01", "this page cannot tell"),
    ],
)
def test_pages_say_so(site: TestClient, path: str, words: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert words in answer.text
    assert "Nothing of this kind" not in answer.text


def test_a_month_after_the_newest_list_is_not_said_to_be_without_changes(site: TestClient) -> None:
    answer = site.get("/changes/2026-06")
    assert (answer.status_code, "Cannot tell of the month" in answer.text) == (404, True)
    assert "No change is of the month" in site.get("/changes/1999-06").text


def test_pages_of_known_days_do_not(site: TestClient) -> None:
    assert "this page cannot tell" not in site.get("/?on=2026-05-08").text
    told = site.get("/changes.json?since=2026-06-01&until=2026-06-14")
    assert told.status_code != 200 or told.json()["cannot_tell_after"] == "2026-05-08"


def test_a_feed_says_how_far_it_reaches(site: TestClient) -> None:
    root = ElementTree.fromstring(site.get("/feeds/changes.atom").content)
    subtitle = root.findtext("{http://www.w3.org/2005/Atom}subtitle") or ""
    assert "Cannot tell after" in subtitle
    assert "2026" in subtitle


def test_an_agency_is_called_by_its_name_not_by_a_misprint(book: Atlas) -> None:
    for name in ("Berrien County Sheriff's Office", "Berrian County Sheriff's Office"):
        found = book.agency(name, state="MI")
        assert (found.id, found.name) == ("ag-yv7sgda", "Berrien County Sheriff's Office")
    assert "Berrian County Sheriff's Office" in {one.name for one in found.names}, "every printed name is kept"
    assert book.agency("ag-hjv051w").name == "Monmouth County Sheriff's Office"


def test_a_state_that_ice_printed_wrongly_leads_to_the_right_one(book: Atlas) -> None:
    names = book.table("names").join(book.table("agencies").select("agency_id", "state"), on="agency_id")
    led = 0
    for row in names.iter_rows(named=True):
        printed = values.state(row["state_printed"]).value
        if printed in (None, row["state"]):
            continue
        try:
            found = book.agency(row["name_printed"], state=printed)
        except ledger287.Refused as refused:
            raise AssertionError(row) from refused
        led += found.id == row["agency_id"]
    assert led >= 2


MISPRINTED = ("ag-yv7sgda", "Berrien County Sheriff's Office", "Berrian County Sheriff's Office", "MI")


@pytest.mark.parametrize("name", MISPRINTED[1:3])
def test_the_right_name_and_the_misprint_lead_to_the_agency_everywhere(
    book: Atlas, site: TestClient, name: str
) -> None:
    agency_id, *_, state = MISPRINTED
    assert book.agency(name).id == agency_id
    assert agency_id in site.get("/search", params={"q": name}).text
    found = site.get("/api/v1/agencies", params={"q": name, "on": "2026-05-08"})
    assert agency_id in found.text
    told = Checker(book).check_text(f"In Michigan, the {name} has a 287(g) agreement.", published=date(2026, 5, 8))
    assert [answer.verdict for answer in told.answers] == ["supported"]
    for where in (state, None):
        (held,) = agencies_of(book, [(name, where, where)])
        assert held.known


def test_a_state_printed_wrongly_leads_to_the_agency_in_custody_too(book: Atlas) -> None:
    names = book.table("names").join(book.table("agencies").select("agency_id", "state"), on="agency_id")
    wrong = [
        (row["name_printed"], read, row["state"])
        for row in names.iter_rows(named=True)
        if (read := values.state(row["state_printed"]).value) and read != row["state"]
    ]
    assert wrong
    for name, printed, _ in wrong:
        (held,) = agencies_of(book, [(name, printed, printed)])
        assert held.known, (name, printed)


def test_pages_call_an_agency_by_its_name(site: TestClient) -> None:
    page = site.get("/county/26021").text
    assert "Berrien County Sheriff" in page


def test_a_template_is_compiled_once(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    whole = jinja2.Environment.compile

    def counted(self: jinja2.Environment, *given: Any, **named: Any) -> Any:
        compiled.append(str(given[1] if len(given) > 1 else named.get("name")))
        return whole(self, *given, **named)

    for state in ("TX", "FL"):
        assert site.get(f"/state/{state}").status_code == 200
    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    for state in ("GA", "MO", "AR"):
        assert site.get(f"/state/{state}").status_code == 200
    assert compiled == []
