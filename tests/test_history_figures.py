"""Dated figures, the timeline and the disagreements: checked when loaded, all shown, none weighed."""

import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from conftest import SHARED
from drawing import draws
from ledger287.analysis.disagreements import UNRESOLVED, disagreements, reason_of
from ledger287.analysis.timeline import timeline
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.ledger.query.before.past import OnlyBounds, Past
from ledger287.sources.figures.checking import check_files
from ledger287.sources.figures.reading import figures, kinds, read_figures
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site

GOOD = (
    "- {id: a, kind: count, subject: s, value: 5, unit: agreements, as_of: 2012-08-01, by: b, source: c, "
    "grade: primary, locator: d, says: e}"
)


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open()


def shown(*words: str) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


# -- loading ---------------------------------------------------------------------------------------


def test_every_figure_has_a_source_a_place_and_a_unit_of_its_kind() -> None:
    found = figures()
    assert len(found) > 110
    assert {one.kind for one in found} == set(kinds())
    assert all(one.source and one.locator and one.by and one.says for one in found)
    assert all((one.value is None) == (not kinds()[one.kind]["units"]) for one in found)
    agencies = set(ledger287.open().table("agencies")["agency_id"])
    past = ledger287.open().past
    assert past is not None
    named = {agency for one in found for agency in one.agencies}
    assert named <= agencies | {agency for agency, *_ in past.names()}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("as_of: 2012-08-01, ", ""), "expected as_of; found nothing"),
        (("unit: agreements", "unit: USD"), "the unit 'USD' is none of count: agreements, agencies"),
        (("kind: count", "kind: finding"), "a finding is an event and has no value"),
        (("kind: count", "kind: counts"), "no kind 'counts'. Expected one of: count, officers"),
        (("grade: primary", "grade: good"), "no grade 'good'"),
        (("value: 5", "value: five"), "expected a number as value, found 'five'"),
        (("value: 5", "value: 5, high: 4"), r"high \(4\) is below value \(5\)"),
        (("as_of: 2012-08-01", "as_of: August 2012"), "as_of should be a day such as 2012-08-01, found 'August 2012'"),
        (("says: e", "says: e, sais: f"), "unknown field sais"),
        (("value: 5", "value: .nan"), "expected a number of 0 or more as value"),
        (("value: 5", "value: -5"), "expected a number of 0 or more as value"),
        (("says: e", "says: e, since: 2013-01-01"), "begins .since 2013-01-01. after it ends"),
        (("as_of: 2012-08-01", "as_of: 2012-08-01 10:00:00"), "as_of should be a day"),
        (("says: e", "says: 5"), "says should be text, found 5"),
        (("id: a", "id: [a]"), "id should be text"),
        (("says: e", "says: e, state: Florida"), "no state 'Florida'. Expected a postal code"),
        (("says: e", "says: e, agencies: [ag-nothing]"), "no agency 'ag-nothing'"),
        (("says: e", "says: e, agencies: ag-bbnn9kw"), "agencies should be a list of ids"),
        (("says: e", "says: e, parts: {JEM: many}"), "parts should be numbers by name"),
        (("says: e", "says: e, same_as: a"), "same_as names 'a', which is itself the same as 'a'"),
        (("says: e", "says: e, same_as: z"), "same_as names 'z', which is no figure"),
    ],
)
def test_a_wrong_figure_stops_the_loading_and_says_where(change: tuple[str, str], says: str) -> None:
    read_figures({"f.yml": GOOD})
    with pytest.raises(Refused, match=f"f.yml entry 1.*{says}"):
        read_figures({"f.yml": GOOD.replace(*change)})


def test_a_field_that_is_there_twice_stops_the_loading() -> None:
    with pytest.raises(Refused, match=r"f.yml: not YAML \('value' is there twice, in the entry of line 1\)"):
        read_figures({"f.yml": GOOD.replace("value: 5", "value: 5, value: 6")})


def test_two_figures_of_one_id_stop_the_loading() -> None:
    with pytest.raises(Refused, match=r"g.yml entry 1: the id 'a' is used already, in f.yml entry 1"):
        read_figures({"f.yml": GOOD, "g.yml": GOOD})


def test_a_file_of_figures_whose_bytes_changed_names_the_figures_that_rest_on_it(tmp_path: Path) -> None:
    source = SHARED / "history" / "counts_by_date.csv"
    if not source.is_file():
        pytest.skip(f"{source}: not here")
    copy = tmp_path / source.name
    shutil.copy(source, copy)
    assert check_files(tmp_path) == 1
    copy.write_text(copy.read_text(encoding="utf-8").replace("150", "151"), encoding="utf-8")
    with pytest.raises(Refused, match=r"counts_by_date\.csv: expected the bytes.*count-2020-09-01-gao"):
        check_files(tmp_path)
    with pytest.raises(Refused, match="none of the files of figures"):
        check_files(tmp_path / "nothing")


# -- the timeline ----------------------------------------------------------------------------------


def test_findings_stand_against_the_days_of_the_agreements(atlas: ledger287.Atlas) -> None:
    found = timeline(atlas, agency="Maricopa County Sheriff's Office", state="AZ")
    letter = next(entry for entry in found.entries if entry.id == "doj-maricopa-2011")
    assert letter.day == date(2011, 12, 15)
    assert letter.then == ("JEM signed 2007-02-07, last listed 2011-10-20, gone by 2012-01-20",)
    alamance = timeline(atlas, agency="ag-06nmevy", kinds_wanted=["finding", "lawsuit"])
    assert [entry.id for entry in alamance.entries] == ["doj-alamance-2012", "us-v-johnson"]
    assert all(entry.then for entry in alamance.entries)
    teller = timeline(atlas, agency="Teller County Sheriff's Office", kinds_wanted=["ruling"])
    assert [(entry.id, entry.then) for entry in teller.entries] == [("nash-v-mikesell", ("JEM signed 2020-06-08",))]


def test_a_timeline_is_in_order_and_every_entry_has_its_source(atlas: ledger287.Atlas) -> None:
    for found in (timeline(atlas), timeline(atlas, state="MD")):
        assert [one.day for one in found.entries] == sorted(one.day for one in found.entries)
        assert all(one.by and one.source and one.grade and one.locator for one in found.entries)
    nation = timeline(atlas)
    assert {one.id for one in nation.entries} >= {one.id for one in figures()}
    only = timeline(atlas, kinds_wanted=["money"], since=date(2025, 9, 1), until=date(2025, 9, 30))
    assert {one.kind for one in only.entries} == {"money"}
    assert all(date(2025, 9, 1) <= one.day <= date(2025, 9, 30) for one in only.entries)


def test_a_states_timeline_has_the_signings_of_its_agencies(atlas: ledger287.Atlas) -> None:
    """Those too that were on the first page or list already; and the signings that only a lesser source tells of."""
    for state, agency in (
        ("FL", "ag-ypxv7yc"),
        ("FL", "ag-xmzr6yc"),
        ("NJ", "ag-hjv051w"),
        ("TX", "ag-tw5t62m"),
        ("MA", "Massachusetts State Police"),
    ):
        entries = timeline(atlas, state=state, kinds_wanted=["agreement"]).entries
        told = {(one.id, one.day, one.says) for one in entries}
        assert len({one.id for one in entries}) == len(entries)
        own = timeline(atlas, agency=agency, kinds_wanted=["agreement"]).entries
        events = {(one.id, one.day, one.says) for one in own if one.what in ("signed", "rescinded", "expired")}
        assert events and events <= told
    early = timeline(atlas, state="FL", kinds_wanted=["agreement"], until=date(2010, 1, 1)).entries
    assert (early[0].day, early[0].what) == (date(2002, 7, 2), "signed")
    assert len(timeline(atlas, state="NC", kinds_wanted=["agreement"], until=date(2010, 1, 1)).entries) == 8


def test_the_timeline_command(atlas: ledger287.Atlas) -> None:
    answer = json.loads(shown("timeline", "--state", "Colorado", "--kind", "ruling", "--json"))
    assert [entry["id"] for entry in answer["entries"]] == ["nash-v-mikesell"]
    assert "then in force: JEM signed 2007-02-07" in shown("timeline", "--agency", "ag-w7ht4mf")
    wrong = CliRunner().invoke(app, ["timeline", "--kind", "gossip"])
    assert wrong.exit_code != 0


# -- disagreements ---------------------------------------------------------------------------------


def test_the_timeline_says_where_the_lists_end() -> None:
    late, newest = date(2026, 6, 14), date(2026, 5, 8)
    book = ledger287.open(today=lambda: late)
    assert timeline(book, since=date(2026, 6, 1), state="KY").cannot_tell_after == newest
    assert timeline(book, agency="ag-xmzr6yc", kinds_wanted=["agreement"]).cannot_tell_after == newest
    assert timeline(book, until=newest).cannot_tell_after is None
    assert timeline(book, kinds_wanted=["money"]).cannot_tell_after is None, "figures end with no list"
    assert "cannot tell after May 8, 2026" in shown("timeline", "--since", "2026-06-01", "--state", "KY")
    site = TestClient(make_app(Site(None, today=lambda: late), watch=False))
    assert "Cannot tell after May 8, 2026" in site.get("/timeline?state=KY").text
    assert site.get("/timeline.json?state=KY").json()["timeline"]["cannot_tell_after"] == "2026-05-08"


def test_a_law_that_was_not_checked_is_no_event(atlas: ledger287.Atlas) -> None:
    assert not timeline(atlas, state="KY", kinds_wanted=["provision"]).entries
    assert [one.day for one in timeline(atlas, state="IL", kinds_wanted=["provision"]).entries] == [date(2017, 8, 28)]


def test_each_published_count_is_reproduced_bracketed_or_explained(atlas: ledger287.Atlas) -> None:
    found = disagreements(atlas)
    typed = [one for one in found.counts if one.locator.startswith("counts_by_date.csv")]
    assert len(typed) == 26
    assert all(one.result in ("reproduced", "bracketed", "explained") for one in found.counts)
    results = {one.id: one.result for one in found.counts}
    assert results["count-2009-10-28-oig"] == "reproduced", "61 signed and 6 pending are 67"
    assert results["count-2018-03-25-oig"] == "bracketed"
    assert results["count-2026-10-01-watch"] == "explained"
    assert results["count-2024-12-01-ice"] == "explained", "135 agencies: the list has 135 agreements of 133 agencies"
    assert results["count-2010-01-01-mpi"] == "bracketed", "the page that has 71 is ten months later"
    told = {one.id: one for one in found.counts}
    assert "61 and 6 pending on oig-10-63" in told["count-2009-02-01-crs"].record, "67 is not between 41 and 61"
    assert "two rows were added" in (told["count-2017-07-31-ice"].reason or ""), "the page of that day has 58, not 60"


def test_every_disagreement_has_a_reason_or_is_unresolved(atlas: ledger287.Atlas) -> None:
    found = disagreements(atlas).disagreements
    assert all(one.reason and len(one.sides) >= 2 for one in found)
    assert len({one.id for one in found}) == len(found)
    assert UNRESOLVED in {one.reason for one in found}
    hybrids = [one for one in found if one.kind == "model" and one.sides[0].says == "HYB"]
    assert len(hybrids) == 12
    assert reason_of("count:never-declared") == UNRESOLVED


def test_the_rosters_typed_from_a_page_agree_with_it(atlas: ledger287.Atlas) -> None:
    about = {one.id.split(":")[1] for one in disagreements(atlas).disagreements if one.kind in ("model", "signed")}
    assert not about & {"page-2010-10", "page-2017-08"}


def test_the_disagreements_command() -> None:
    text = shown("disagreements")
    assert "30 published counts compared with the record" in text
    assert "why: unresolved" in text
    assert set(json.loads(shown("disagreements", "--unresolved", "--json"))) == {"disagreements", "counts"}


# -- two times -------------------------------------------------------------------------------------


def answer(past: Past, on: date, known_on: date) -> object:
    try:
        return past.status(on, known_on, None, None)
    except OnlyBounds as only:
        return only.bounds


@settings(max_examples=draws(40, 20), deadline=None)
@given(
    on=st.dates(date(2002, 7, 2), date(2021, 1, 11)),
    known_on=st.dates(date(2002, 7, 2), date(2026, 5, 8)),
    as_of=st.dates(date(2002, 7, 2), date(2021, 1, 11)),
    later=st.integers(1, 3000),
    says=st.sampled_from(["listed", "document", "pending"]),
)
def test_adding_a_source_never_changes_an_earlier_answer(
    on: date, known_on: date, as_of: date, later: int, says: str
) -> None:
    ledger = ledger287.open()
    first, second = (Past(ledger, ledger.past.pages.stored, ledger.today) for _ in range(2) if ledger.past)
    known = min(known_on + timedelta(days=later), date(2030, 1, 1))
    some = first.attested.head(30).with_columns(
        document=pl.lit("a-new-source"),
        says=pl.lit(says),
        as_of=pl.lit(as_of),
        signed=pl.lit(as_of),
        known_on=pl.lit(known),
        same_as=pl.lit(None, pl.String),
        attested=pl.col("attested") + "-new",
    )
    second.attested = pl.concat([first.attested, some])
    if on <= first.first_list.day and known_on < known:
        assert answer(first, on, known_on) == answer(second, on, known_on)


def test_a_day_that_is_none_stops_the_loading_with_its_line() -> None:
    with pytest.raises(Refused, match=r"f\.yml: not YAML \(month must be in 1\.\.12\), line \d+: 2012-13-01"):
        read_figures({"f.yml": GOOD.replace("2012-08-01", "2012-13-01")})


@pytest.mark.parametrize("module", ["ledger287.ledger.past.building", "ledger287.sources.figures.checking"])
def test_the_commands_of_history_take_no_unknown_option(module: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, str(tmp_path), "--into", "x"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2 and "unrecognized arguments: --into" in done.stderr
    assert not list(tmp_path.iterdir())
