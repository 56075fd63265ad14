"""The law of the states next to one another, functions by version, days that are perhaps holidays, and bad rules."""

import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.core.query_error import Refused
from ledger287.custody.case.case import decide
from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import law
from ledger287.custody.case.vocabulary import number
from ledger287.custody.duties.table import named
from ledger287.law.agreements.clauses import DocumentClauses, text_of, versions_in_use
from ledger287.law.agreements.table import functions_table
from ledger287.law.authority.authority_answer import verdict_says
from ledger287.law.clocks.calendar import holidays, instant
from ledger287.law.lawbook.book import open_lawbook, shipped
from ledger287.law.lawbook.provisions import state_of, weakest
from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on

RUNNER = CliRunner()
CODES = [code.code for code in (*declared.states(), *declared.territories())]


# -- jurisdictions -------------------------------------------------------------------------------------------


def test_every_jurisdiction_has_an_entry_on_every_day() -> None:
    """On the day before and on each day that begins or ends a rule of any state, nobody is without an entry."""
    days = {date(2000, 1, 1), date(2026, 11, 27)}
    for entry in shipped().provisions:
        gap = entry.unsettled
        told = (entry.dates.effective, entry.dates.ended, gap and gap.since, gap and gap.until)
        days |= {day for day in told if isinstance(day, date) and entry.state_law}
    days = {day for day in days if day >= date(1997, 1, 1)}
    for day in sorted(days | {day - timedelta(days=1) for day in days}):
        found = jurisdictions_on(day)
        assert [one.code for one in found.jurisdictions] == CODES
        assert sum(found.counts.values()) == 56
        for one in found.jurisdictions:
            assert one.holds.rules, (day, one.code)
            assert one.holds.standing is not None
            assert (one.holds.does == "not checked") <= (one.a_hold_is == "cannot tell"), (day, one.code)
            assert (one.a_hold_is == "not barred") <= one.holds.settled, (day, one.code)


@pytest.mark.parametrize(
    ("day", "state", "does", "hold_is", "standing"),
    [
        (date(2026, 5, 20), "WA", "bars holds", "missed", "verified"),
        (date(2018, 6, 8), "IL", "bars holds", "missed", "verified"),
        (date(2018, 6, 8), "WA", "not checked", "cannot tell", "unverified"),
        (date(2026, 5, 20), "NJ", "bars holds", "cannot tell", "secondary"),
        (date(2026, 5, 20), "MA", "limits holds", "cannot tell", "secondary"),
        (date(2026, 5, 20), "TX", "must honor", "not barred", "secondary"),
        (date(2026, 5, 20), "MD", "silent", "cannot tell", "secondary"),
        (date(2026, 5, 20), "GU", "not checked", "cannot tell", "unverified"),
    ],
)
def test_what_a_state_does_to_holds(day: date, state: str, does: str, hold_is: str, standing: str) -> None:
    (one,) = jurisdictions_on(day, state).jurisdictions
    assert (one.holds.does, one.a_hold_is, one.holds.standing) == (does, hold_is, standing)


def test_the_table_of_the_command_line() -> None:
    asked = ["rules", "--table", "--on", "2026-05-20"]
    shown = RUNNER.invoke(app, asked)
    assert shown.exit_code == 0
    (washington,) = (line.split() for line in shown.output.splitlines() if line.startswith("WA "))
    assert "barred" in washington  # a table of states speaks of holds, an audit of duties
    assert "missed" not in shown.output
    assert "56 jurisdictions on May 20, 2026" in shown.output
    told = json.loads(RUNNER.invoke(app, [*asked, "--json"]).output)
    assert [one["code"] for one in told["jurisdictions"]] == CODES
    assert RUNNER.invoke(app, [*asked, "--functions"]).exit_code != 0


def test_the_weaker_of_two_standings_is_shown() -> None:
    assert weakest("primary", "verified", "secondary") == "secondary"
    for entry in shipped().provisions:
        for each in entry.parameters:
            assert weakest(each.standing, entry.own_standing) == each.standing, (entry.id, each.name)
        assert weakest(entry.standing, entry.own_standing) == entry.standing
    assert shipped().provision("ct-pa-19-20").standing == "unverified"


def test_a_state_that_was_checked_is_not_also_shown_as_not_checked() -> None:
    for state, entries in shipped().state_laws.items():
        open_ends = [entry for entry in entries if entry.state_law and entry.state_law.effect == "not checked"]
        assert len(open_ends) == 1, state
        ended = open_ends[0].dates.ended
        if ended:
            at = datetime(ended.year, ended.month, ended.day, 12, tzinfo=ZoneInfo("America/New_York"))
            others = [entry for entry in entries if entry.bears_on_holds and entry is not open_ends[0]]
            assert any(state_of(entry, at) in ("in force", "unsettled") for entry in others), state


# -- functions and versions ----------------------------------------------------------------------------------


def test_every_function_stands_under_every_version_with_words_where_it_is_listed() -> None:
    found = functions_table()
    assert len(found.listings) == 11 * 11
    without = {one.version for one in found.listings if one.listed and not one.words}
    assert without == set(), "each version has the words of an agreement at hand"
    by = {(one.function, one.version): one for one in found.listings}
    civil = by["arrest-without-warrant", "TFM 03/07/2025"]
    assert civil.words and "likely to escape" in civil.words and "presence or view" in civil.words
    assert civil.page and civil.page.page == 2
    assert by["hold", "TFM 02/12/2025"].time_stated is False
    assert by["serve-removal-warrant", "TFM 02/12/2025"].listed is False
    assert "consecutive" not in " ".join(one.says for one in found.listings)
    assert RUNNER.invoke(app, ["rules", "--functions"]).exit_code == 0


def test_versions_are_those_of_the_week_and_never_of_later_days() -> None:
    assert versions_in_use("TFM", date(2025, 2, 26)) == ("TFM 02/12/2025",)
    assert versions_in_use("TFM", date(2025, 8, 14)) == ("TFM 03/07/2025", "TFM 02/12/2025")
    for model in ("JEM", "WSO", "TFM"):
        for ordinal in range(date(2019, 1, 1).toordinal(), date(2026, 6, 1).toordinal(), 5):
            day = date.fromordinal(ordinal)
            for version in versions_in_use(model, day):
                printed = re.search(r"(\d\d)/(\d\d)/(\d{4})", version)
                if printed:
                    assert date(int(printed[3]), int(printed[1]), int(printed[2])) <= day


def test_an_agreements_own_document_settles_its_version() -> None:
    read = {"ag-x-tfm-2025-08-14": DocumentClauses("ag-x-tfm-2025-08-14", "TFM 02/12/2025")}
    assumed = text_of("ag-x-tfm-2025-08-14", "TFM", date(2025, 8, 14))
    text = text_of("ag-x-tfm-2025-08-14", "TFM", date(2025, 8, 14), read)
    assert (assumed.basis, text.basis) == ("template assumed", "document read")
    assert text.versions == ("TFM 02/12/2025",)


@pytest.mark.parametrize("verdict", ["listed in the agreement", "not listed", "barred by state law", "cannot tell"])
def test_every_verdict_says_whether_the_own_document_was_read_or_its_form_assumed(verdict: str) -> None:
    read, assumed = verdict_says(verdict, "document", None), verdict_says(verdict, "form", None)
    assert read.startswith(verdict) and read.endswith("; its own document was read")
    assert assumed.endswith("; template assumed: this agreement's own text was not read")
    assert "in the agreement" not in assumed
    assert verdict_says(verdict, None, None) == verdict


def test_a_verdict_says_where_no_time_is_stated() -> None:
    verdict = "listed in the agreement"
    assert verdict_says(verdict, "form", False).startswith("listed, no time stated, in the form in use that week; ")
    assert verdict_says(verdict, "document", 48.0).startswith("listed, for 48 hours, in the agreement; ")


# -- days that are perhaps holidays --------------------------------------------------------------------------


def hold(start: str, left: str, form: str) -> Case:
    zone = ZoneInfo("America/New_York")
    at = {
        event: instant(datetime.fromisoformat(text).replace(tzinfo=zone)) for event, text in (("a", start), ("b", left))
    }
    times = {
        "detainer_received": at["a"] - 60,
        "charges_cleared": at["a"],
        "hold_started": at["a"],
        "released": at["b"],
    }
    coded = {"detainer_form": number("detainer_form", form)}
    return Case("synthetic", times, state="FL", zone="America/New_York", coded=coded, model=0)


@pytest.mark.parametrize(
    ("start", "left", "verdict"),
    [
        ("2021-01-19 10:00", "2021-01-21 10:00", "nothing"),  # Inauguration Day 2021 counted: to Thursday at 10
        ("2021-01-19 10:00", "2021-01-21 10:01", "cannot tell"),
        ("2021-01-19 10:00", "2021-01-22 10:00", "cannot tell"),
        ("2021-01-19 10:00", "2021-01-22 10:01", "missed"),
        ("2025-12-23 10:00", "2025-12-26 10:00", "nothing"),  # Christmas is a holiday, December 24 and 26 perhaps
        ("2025-12-23 10:00", "2025-12-30 10:00", "cannot tell"),
        ("2025-12-23 10:00", "2025-12-30 10:01", "missed"),
        ("2022-01-19 10:00", "2022-01-21 10:01", "missed"),  # no Inauguration Day in 2022
    ],
)
def test_inauguration_day_and_closures_leave_the_ceiling_open(start: str, left: str, verdict: str) -> None:
    found = decide(hold(start, left, "I-247"), law())
    for duty in ("exceeds_regulation", "exceeds_request", "over_limit"):
        assert (duty in named(found.missed), duty in named(found.open)) == (
            verdict == "missed",
            verdict == "cannot tell",
        )


def test_inauguration_day_of_a_sunday_is_observed_on_monday() -> None:
    book = holidays(shipped())
    assert [book.perhaps(date(2013, 1, day)) for day in (20, 21)] == [False, True]
    assert not book.perhaps(date(2023, 1, 20))


# -- bad rules -----------------------------------------------------------------------------------------------

RULE = """provisions:
  - id: synthetic
    says: A synthetic act.
    kind: state_law
    territory: [UT]
    citation: Synthetic act
    standing: primary
    checked_until: 2026-05-31
    last_checked: 2026-05-31
    source: synthetic
    dates: {enacted: 2025-01-01, effective: 2025-02-01}
    state_law: {effect: forbid, bears_on: holds}
    parameters:
      - {name: hold_hours, value: 0, unit: hours}
"""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("standing: primary", "standing: [verified, secondary]"), "synthetic: standing: expected one standing"),
        (("standing: primary", "standing: verified, secondary"), "write the weaker, secondary, or two provisions"),
        (("effective: 2025-02-01", "effective: 2024-02-01"), "dates: enacted: expected a day not after effective"),
        (("unit: hours}", "unit: hours, since: 2026-01-01, until: 2025-01-01}"), "parameter hold_hours: since"),
        (("    citation: Synthetic act\n", ""), "citation: expected a text"),
        (("[UT]", "[XX]"), "territory: expected only"),
        (("bears_on: holds", "bears_on: agreements"), "as two provisions"),
        (("bears_on: holds", "bears_on: jails"), "bears_on: expected one of agreements, holds"),
        (("    territory: [UT]\n", ""), "territory: expected the states whose law it is"),
        (("provisions:", "rules:"), "expected `provisions`"),
        (("  - id: synthetic\n", "  - {}\n  - id: synthetic\n"), "expected"),
        (
            ("value: 0,", "value: zero,"),
            "parameter hold_hours: value: expected a number of hours, 0 or more, found 'zero'",
        ),
        (("value: 0,", "value: -5,"), "expected a number of hours, 0 or more, found -5"),
        (("value: 0,", "value: true,"), "expected a number of hours, 0 or more, found True"),
        (("{name: hold_hours, value: 0, unit: hours}", "0"), "parameters: expected keys and values for each"),
        (
            ("{name: hold_hours, value: 0, unit: hours}", "{name: hold_starts, value: booking, unit: event}"),
            "parameter hold_starts: value: expected one of releasable, receipt",
        ),
    ],
)
def test_a_bad_rule_is_refused_with_where_and_what_to_write(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    assert change[0] in RULE
    file = tmp_path / "rules.yml"
    file.write_text(RULE.replace(*change), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        open_lawbook(file)
    assert told in str(refused.value)
    assert "rules.yml" in str(refused.value)


def test_a_file_of_rules_that_names_nothing_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text("provisions: []\n", encoding="utf-8")
    with pytest.raises(Refused, match="no rule"):
        open_lawbook(file)
