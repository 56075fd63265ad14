"""Rules of a user's own, differences of a state, and first lines that never sound cleaner than the law is known.

Every act here is synthetic.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.core.query_error import Refused, command_line, text_of
from ledger287.law.lawbook.book import open_lawbook, shipped
from ledger287.law.lawbook.rules_file import content_of
from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on
from ledger287.law.lawbook.shown.listing import rule_on

RUNNER = CliRunner(env={"COLUMNS": "240"})
ACT = """provisions:
  - id: synthetic-wi-act
    says: A synthetic act allows no hold on a civil detainer.
    kind: state_law
    territory: [WI]
    citation: Synthetic Wis. Act 1
    standing: primary
    checked_until: 2026-05-31
    last_checked: 2026-05-31
    source: synthetic
    dates: {effective: 2025-02-01}
    state_law: {effect: forbid, bears_on: holds}
    parameters:
      - {name: hold_hours, value: 0, unit: hours}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.yml"
    file.write_text(ACT, encoding="utf-8")
    return file


def shown(*words: str) -> str:
    result = RUNNER.invoke(app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


# -- rules that are not understood -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        # a provision with two standings
        (
            "standing: primary",
            "standing: secondary\n    standing: primary",
            "`standing` is written twice .*7 and 8",
        ),
        ("standing: primary", "standing: [primary, secondary]", "standing: expected one standing .*weaker, secondary"),
        # a day out of order, or of no calendar
        ("2025-02-01}", "2025-02-01, enacted: 2025-03-01}", "dates: enacted: expected a day not after effective"),
        ("2025-02-01}", "2025-02-30}", "dates: effective: expected a day such as .*found '2025-02-30'"),
        ("2025-02-01}", "0000-01-01}", "dates: effective: expected a day such as .*found '0000-01-01'"),
        (
            "unit: hours}",
            "unit: hours, since: 2026-02-01, until: 2026-01-01}",
            "hold_hours: since: .*not after",
        ),
        ("unit: hours}", "unit: hours, since: 2024-12-01}", "dates: effective: expected a day not after parameter"),
        (
            "last_checked: 2026-05-31",
            "last_checked: 2026-05-30",
            "checked_until: expected a day not after last_checked",
        ),
        (
            "checked_until: 2026-05-31",
            "checked_until: 2025-01-31",
            r"checked_until: expected a day not before dates: effective \(2025-02-01\), .*write the day as of which",
        ),
        ("2025-02-01}", "2026-06-01}", "checked_until: expected a day not before dates: effective"),
        (
            "dates: {effective: 2025-02-01}",
            "dates: {enacted: 2026-06-01}",
            "checked_until: expected a day not before dates: enacted",
        ),
        ("2025-02-01}", "2025-02-01, ended: 2025-02-01}", "effective: expected a day before ended .*span of no day"),
        ("2025-02-01}", "2025-02-01, ended: 2025-01-01}", "dates: effective: expected a day not after ended"),
        ("2025-02-01}", "2025-02-01, comply_by: 2025-01-01}", "dates: effective: expected a day not after comply_by"),
        (
            "2025-02-01}",
            "2025-02-01, comply_by: 2025-04-01, ended: 2025-03-01}",
            "dates: comply_by: expected a day not after ended",
        ),
        (
            "dates: {effective: 2025-02-01}",
            "unsettled: {since: 2025-03-01, until: 2025-02-01, why: synthetic}",
            "unsettled: since: expected a day not after until",
        ),
        (
            "dates: {effective: 2025-02-01}",
            "dates: {enacted: 2025-04-01}\n    unsettled: {since: 2025-03-01, why: synthetic}",
            "dates: enacted: expected a day not after unsettled: since",
        ),
        (
            "dates: {effective: 2025-02-01}",
            "dates: {ended: 2025-04-01}\n    unsettled: {since: 2025-05-01, why: synthetic}",
            "unsettled: since: expected a day not after dates: ended",
        ),
        (
            "unit: hours}",
            "unit: hours, since: 2026-02-01, until: 2026-02-01}",
            "since: expected a day before until .*span of no day",
        ),
        (
            "citation: Synthetic",
            "continues: no-such-rule\n    citation: Synthetic",
            "continues: expected the id of a rule",
        ),
        # a parameter without a citation, or that nothing reads
        ("    citation: Synthetic Wis. Act 1\n", "", "citation: expected a text, found nothing"),
        ("name: hold_hours", "name: hold_hour", "parameters: expected hold_hours"),
        ("unit: hours", "unit: days", "unit: expected hours; write the value in hours"),
        ("value: 0", "value: .inf", "value: expected a number of hours"),
        ("value: 0", f"value: 1{'0' * 400}", "value: expected a number of hours"),
        (
            "unit: hours}",
            "unit: hours}\n      - {name: hold_hours, value: 48, unit: hours}",
            "one value of hold_hours",
        ),
        ("unit: hours}", "unit: hours, note: [a]}", "note: expected a text"),
        # a state
        ("[WI]", "[wi]", r"territory: expected a state's code \(WI\), found 'wi'"),
        ("[WI]", "[Wisconsin]", r"territory: expected a state's code \(WI\)"),
        ("[WI]", "[QQ]", "territory: expected only codes of states and territories"),
        ("[WI]", "[NO]", 'an unquoted NO or ON as this, so write "NO", found False'),
        ("[WI]", "NO", r'as \[CT\]; YAML reads an unquoted NO or ON as this, so write \["NO"\], found False'),
        ("[WI]", '["NO"]', "territory: expected only codes of states and territories"),
        ("[WI]", "WI", r"territory: expected a list of states' codes, as \[CT\]"),
        # what contradicts itself
        ("kind: state_law", "kind: statute", "kind: expected one of state_law, .*since it has `state_law`"),
        (
            "last_checked: 2026-05-31",
            "last_checked: never",
            "last_checked: expected the day on which",
        ),
        ("bears_on: holds", "bears_on: [holds, agreements]", "bears_on: .*write two provisions"),
        # the file
        ("provisions:", "defaults: [a]\nprovisions:", "defaults: expected keys and values, found "),
        ("provisions:", "version: 2\nprovisions:", "version: expected only `defaults` and `provisions`"),
        ("provisions:", "rules:", "expected `provisions`, a list of rules, found the keys rules"),
        ("  - id", "  - [\n  - id", "expected YAML: .*own.yml, line 3"),
        ("    says", "\tsays", "line 3 is indented with a tab; indent with spaces"),
        (
            "provisions:",
            "provisions: 7\nrules:",
            "provisions: expected a list of rules, each of them beginning with `- id:`",
        ),
        ("source: synthetic", 'source: "syn\\u202ethetic"', "source: expected a text without control characters"),
    ],
)
def test_a_rule_that_is_not_understood_is_refused_with_where_and_what_to_write(
    own: Path, old: str, new: str, said: str
) -> None:
    assert old in ACT
    own.write_text(ACT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused, match=said) as refused:
        open_lawbook(own)
    assert "own.yml" in str(refused.value)
    assert len(str(refused.value)) < 600


def test_bytes_that_are_no_text_are_refused(own: Path) -> None:
    own.write_bytes(ACT.encode("utf-16"))
    with pytest.raises(Refused, match=r"own.yml: expected text in UTF-8, found the byte 0xff at 0"):
        open_lawbook(own)


def test_no_key_of_a_shipped_rule_is_written_twice() -> None:
    for file in declared.rules():
        assert content_of(file, declared.text(f"law/{file}")) == declared.rules()[file]


# -- rules that are given --------------------------------------------------------------------------------------


def test_rules_of_ones_own_reach_the_table_the_rule_the_differences_and_the_clock(own: Path) -> None:
    state, given = ["--state", "WI"], ["--rules", str(own)]
    assert "bars holds" not in shown("rules", "--table", *state, "--on", "2025-06-01")
    assert "bars holds" in shown("rules", "--table", *state, "--on", "2025-06-01", *given)
    assert "Synthetic Wis. Act 1" in shown("rules", "synthetic-wi-act", *given)
    assert "synthetic-wi-act" in shown("rules", "--diff", "2025-01-31", "2025-02-01", *state, *given)
    asked = ["custody", "clock", "--releasable", "2025-06-08 10:00", "--zone", "America/Chicago", "--form", "I-247A"]
    barred = (
        "State law allows no hold on a civil detainer (Synthetic Wis. Act 1): no later than Sun, Jun 8, 2025, 10:00 CDT"
    )
    assert shown(*asked, *state, *given).startswith(f"{barred}, when the person was otherwise releasable. This grants")
    assert "in addition to the shipped rules" in RUNNER.invoke(app, [*asked, *state, *given]).stderr


def test_rules_of_ones_own_reach_authority(own: Path) -> None:
    asked = ["authority", "hold", "--agency", "Waukesha County Sheriff's Department", "--on", "2025-08-14"]
    assert shown(*asked).startswith("JEM listed, for 48 hours, in the agreement")
    barred = RUNNER.invoke(app, [*asked, "--rules", str(own), "--json"])
    told = json.loads(barred.stdout)
    assert told["finding"]["verdict"] == "barred by state law"
    assert "synthetic-wi-act" in {one["rule"] for one in told["state_law_against"]}


def test_a_given_rule_that_is_spelled_like_a_shipped_one_says_so(tmp_path: Path) -> None:
    file = tmp_path / "own.yml"
    file.write_text(ACT.replace("synthetic-wi-act", "wa-rcw-10-93-160-08"), encoding="utf-8")
    (given,) = open_lawbook(file).given
    assert not given.replaces
    assert "to replace wa-rcw-10-93-160-8, give it that id" in str(given)


def test_a_file_of_rules_that_names_nothing_known_is_refused_with_what_to_write(tmp_path: Path) -> None:
    """A rule that no answer asks for would be read and change nothing: that is said, not left to be found out."""
    file = tmp_path / "own.yml"
    text = ACT[: ACT.index("    state_law:")]
    text = text.replace("    territory: [WI]\n", "").replace("state_law", "fact")
    file.write_text(text.replace("synthetic-wi-act", "form-i-247-aa"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        open_lawbook(file)
    for said in (
        "own.yml",
        "names no known rule: form-i-247-aa",
        "did you mean form-i-247a?",
        "ledger287 rules",
        "`territory`",
    ):
        assert said in str(refused.value)
    result = RUNNER.invoke(app, ["rules", "--table", "--rules", str(file)])
    assert result.exit_code == 2 or result.exception is not None


# -- standing, and what a table reaches ------------------------------------------------------------------------


def test_differences_show_the_weaker_standing_and_the_states_own_first() -> None:
    told = json.loads(shown("rules", "--diff", "2018-01-01", "2026-05-01", "--state", "CT", "--json"))["changes"]
    own = [one["territory"] is not None for one in told]
    assert own == sorted(own, reverse=True) and 0 < sum(own) < len(own)
    act = next(one for one in told if one["rule"] == "ct-pa-19-20")
    assert act["standing"] == "unverified", "its list of exceptions is recalled"
    text = shown("rules", "--diff", "2018-01-01", "2026-05-01", "--state", "CT")
    assert text.index("ct-pa-19-20") < text.index("\n\nnationwide\n")


def test_no_answer_shows_a_rule_as_better_checked_than_its_hours() -> None:
    rule = json.loads(shown("rules", "ct-pa-19-20", "--on", "2026-05-01", "--json"))["rule"]
    assert rule["standing"] == "unverified"
    (one,) = jurisdictions_on(date(2026, 5, 1), "CT").jurisdictions
    assert (one.holds.rule, one.holds.standing) == ("ct-pa-19-20", "unverified")
    assert shipped().provision("ct-pa-19-20").own_standing == "verified"


@pytest.mark.parametrize(
    ("state", "does", "reaches"),
    [
        ("VA", "bars agreements", ("state",)),
        ("MA", "bars agreements", ("state",)),
        ("TX", "requires agreements", ("county",)),
        ("NM", "bars agreements", ()),
    ],
)
def test_the_table_says_which_agencies_a_rule_reaches(state: str, does: str, reaches: tuple[str, ...]) -> None:
    told = json.loads(shown("rules", "--table", "--on", "2026-05-25", "--state", state, "--json"))
    entry = told["jurisdictions"][0]["agreements"]
    assert (entry["does"], tuple(entry["reaches"])) == (does, reaches)
    words = f"{does}, {reaches[0]} agencies" if reaches else does
    assert words in shown("rules", "--table", "--on", "2026-05-25", "--state", state)


def test_the_table_says_from_which_earlier_day_a_rule_may_have_been_law() -> None:
    """Illinois's act of June 2019 is surely law from September 2021: the table does not date it to 2021 alone."""
    told = json.loads(shown("rules", "--table", "--on", "2026-05-20", "--state", "IL", "--json"))["jurisdictions"][0]
    assert (told["agreements"]["since"], told["agreements"]["perhaps_since"]) == ("2021-09-01", "2019-06-01")
    assert told["holds"]["perhaps_since"] is None
    assert "Sep 1, 2021 (Jun 1, 2019?)" in shown("rules", "--table", "--on", "2026-05-20", "--state", "IL")


# -- "not checked" is never clean ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (["--state", "WI"], "The law of Wisconsin on holds for ICE was not checked. It may end the hold earlier"),
        (["--state", "GU"], "The law of Guam on holds for ICE was not checked. It may end the hold earlier"),
        (["--state", "NJ"], "Whether state law allows this hold at all is unknown"),
        ([], "No state was named; its law may end the hold earlier, or allow none."),
        (["--state", "TX"], "10:00 CDT. This grants no authority"),
        (["--state", "WA"], "10:00 CDT, when the person was otherwise releasable. This grants no authority"),
    ],
)
def test_the_clocks_first_line_says_where_state_law_is_open(state: list[str], said: str) -> None:
    asked = ["custody", "clock", "--releasable", "2025-06-08 10:00", "--zone", "America/Chicago", "--form", "I-247A"]
    assert said in shown(*asked, *state).splitlines()[0]


def test_the_first_line_of_authority_says_that_the_law_on_holds_was_not_checked() -> None:
    agency = ["--agency", "Waukesha County Sheriff's Department", "--on", "2025-08-14"]
    said = "the state's law on holds was not checked"
    assert said in " ".join(shown("authority", "hold", *agency).split("\n  ")[0].split())
    assert said not in shown("authority", "interrogate", *agency)
    told = json.loads(shown("authority", "hold", *agency, "--json"))
    assert told["state_law_checked"] is False
    assert {one["state_law_checked"] for one in told["agreements"]} == {False}
    assert told["finding"]["verdict"] == "listed in the agreement", "the value of the verdict stays"


# -- questions that nearly fit ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("WA", "it is a state. For its rules: ledger287 rules --state WA"),
        ("new mexico", "ledger287 rules --state NM"),
        ("form-i-247b", "The closest ids: form-i-247"),
        ("zzz", "no rule 'zzz'. All of them: ledger287 rules"),
    ],
)
def test_what_is_no_rule_is_answered_with_what_to_type(asked: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        rule_on(asked, date(2026, 5, 1))
    assert said in text_of(refused.value, command_line)


def test_what_was_not_checked_is_never_said_to_be_checked(own: Path) -> None:
    text = shown("rules", "wi-holds-not-checked", "--on", "2025-06-01")
    assert "not checked as of Nov 27, 2026" in text and "in force" not in text and "recalled" not in text
    listed = shown("rules", "--state", "WI", "--on", "2025-06-01")
    assert "Wisconsin, law on holds (not checked); as of Nov 27, 2026" in listed


def test_before_the_statute_nothing_is_said_to_be_known() -> None:
    """287(g) became law on September 30, 1996: the day before has entries with a standing, and says why."""
    found = ledger287.jurisdictions_on("1996-09-29", "WI")
    (one,) = found.jurisdictions
    assert (one.holds.does, one.holds.standing, one.a_hold_is) == ("not checked", "unverified", "cannot tell")
    assert "before Sep 30, 1996" in found.open_questions[0]
    assert ledger287.jurisdictions_on("1996-09-30", "WI").open_questions == ()


def test_python_has_the_tables_of_the_command_line() -> None:
    told = json.loads(shown("rules", "--table", "--on", "2026-05-20", "--json"))
    found = ledger287.jurisdictions_on(date(2026, 5, 20))
    assert found.counts == told["counts"] and len(found.jurisdictions) == len(told["jurisdictions"]) == 56
    listed = json.loads(shown("rules", "--functions", "--json"))["listings"]
    assert [one.words for one in ledger287.functions_table().listings] == [one["words"] for one in listed]
    with pytest.raises(Refused, match="Texas"):
        ledger287.jurisdictions_on(date(2026, 5, 20), "Texs")
