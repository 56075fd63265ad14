"""The law's cases, as a lawyer can read them: tests/rules/*.yml, each with what is given, the question, and what is
expected.

What is expected was written from the facts by hand. A case that is wrong says so by its id and its `why`.
"""

import re
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import ledger287
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.custody.case.case import decide
from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import law
from ledger287.custody.case.vocabulary import number
from ledger287.custody.clock.answer import clock_answer
from ledger287.custody.duties.findings import rows_of
from ledger287.law.agreements.clauses import clause, text_of
from ledger287.law.agreements.functions import functions
from ledger287.law.authority.authority_answer import AuthorityAnswer
from ledger287.law.authority.deciding import authority
from ledger287.law.authority.statelaw import laws
from ledger287.law.clocks.calendar import instant as seconds
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import state_of
from ledger287.law.lawbook.shown.differences import differences
from ledger287.law.lawbook.zones import read_zones
from ledger287.law.officers.roster import Officer, roster

FOLDER = Path(__file__).parent / "rules"


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        data = declared.read_yaml(path.read_text(encoding="utf-8"))
        found += [pytest.param(case, id=f"{path.stem}: {case['id']}") for case in data["cases"]]
    return found


@pytest.fixture(scope="module")
def ledger() -> Any:
    return ledger287.open()


def instant(text: Any) -> datetime:
    return text if isinstance(text, datetime) else datetime.fromisoformat(str(text))


def held(found: Any, expected: Any, what: str) -> None:
    """Every text that is expected is somewhere in what was found."""
    told = " | ".join(map(str, found))
    for text in [expected] if isinstance(expected, str) else expected:
        assert text in told, f"{what}: expected {text!r} in: {told}"


def ask_authority(ledger: Any, given: dict[str, Any], asked: dict[str, Any], expected: dict[str, Any]) -> None:
    def ask() -> AuthorityAnswer:
        on = given["day"] if "day" in given else instant(given["at"])
        officers = [Officer(**row) for row in given.get("officers", ())]
        return authority(
            ledger,
            asked["authority"],
            given["agency"],
            given.get("state"),
            on,
            given.get("setting"),
            officers or None,
            known_on=given.get("known_on"),
        )

    if "refused" in expected:
        with pytest.raises(Refused, match=expected["refused"]):
            ask()
        return
    answer = ask()
    assert answer.finding.verdict == expected["verdict"], answer.finding.reasons
    assert "grants no authority" in answer.says
    assert answer.finding.citations
    by_model = {under.model: under for under in answer.agreements}
    for model, verdict in expected.get("by_model", {}).items():
        assert by_model[model].finding.verdict == verdict, by_model[model].finding.reasons
    for under in answer.agreements:
        assert under.finding.evidence, "an agreement comes with the cell that prints it"
    if "says" in expected:
        assert answer.verdict_says == expected["says"]
    if "rests_on" in expected:
        assert answer.rests_on == expected["rests_on"]
    if "basis" in expected:
        assert {under.basis for under in answer.agreements} == {expected["basis"]}
    if "clause" in expected:
        assert expected["clause"] in {under.clause.rule for under in answer.agreements if under.clause}
    held(answer.finding.reasons, expected.get("reasons", ()), "reasons")
    held(answer.finding.open_questions, expected.get("open", ()), "open questions")
    if "not_open" in expected:
        assert expected["not_open"] not in " | ".join(answer.finding.open_questions)
    held([law.rule for law in answer.state_law_for], expected.get("law_for", ()), "state law for")
    held([law.rule for law in answer.state_law_against], expected.get("law_against", ()), "state law against")
    limits = {limit.rule for under in answer.agreements for limit in under.limits}
    assert set(expected.get("limits", ())) <= limits
    if "officers" in expected:
        assert {each.officer_id: each.standing for each in answer.officers} == expected["officers"]


def ask_parameter(given: dict[str, Any], asked: dict[str, Any], expected: dict[str, Any]) -> None:
    if "refused" in expected:
        with pytest.raises(Refused, match=expected["refused"]):
            shipped().parameter(given["rule"], asked["parameter"], instant(given["at"]))
        return
    found = shipped().parameter(given["rule"], asked["parameter"], instant(given["at"]))
    assert found.value == expected["value"]
    assert found.decides is expected.get("decides", True)
    assert found.checked is expected.get("checked", True)


def ask_law(given: dict[str, Any], expected: dict[str, Any]) -> None:
    kind, function = given.get("kind", "county"), given.get("function", "hold")
    found = laws(shipped(), given["state"], kind, function, given.get("signed"), instant(given["at"]))
    bearings = {law.provision.id: law.bears for law in found}
    for rule, bears in expected["bears"].items():
        assert bearings.get(rule, "nothing") == bears, bearings


def ask_clause(given: dict[str, Any], asked: dict[str, Any], expected: dict[str, Any]) -> None:
    text = text_of(given.get("agreement", "made-up"), given["model"], given["signed"])
    if "basis" in expected:
        assert text.basis == expected["basis"]
    if "template" in expected:
        assert text.template == expected["template"]
    entry = clause(shipped(), text, asked["clause"])
    if expected.get("rule", "") is None:
        assert entry is None
        return
    assert entry is not None
    if "rule" in expected:
        assert entry.id == expected["rule"]
    held([entry.says], expected.get("says", ()), "says")
    assert {each.name: each.value for each in entry.parameters} == expected.get("parameters", {})


def ask_roster(given: dict[str, Any], expected: dict[str, Any]) -> None:
    answer = roster([Officer(**given["officer"])], given["day"], given.get("within", 30))
    standing = answer.standings[0]
    assert standing.standing == expected["standing"], standing.reasons
    assert standing.current_to == expected.get("current_to", standing.current_to)
    assert set(standing.missing) == set(expected.get("missing", standing.missing))
    assert bool(answer.lapsing) is expected.get("lapses", bool(answer.lapsing))
    held(standing.reasons, expected.get("reasons", ()), "reasons")
    held([each.rule for each in standing.citations], expected.get("cites", ()), "citations")


def ask_state(given: dict[str, Any], expected: dict[str, Any]) -> None:
    entry = shipped().provision(given["rule"])
    assert state_of(entry, instant(given["at"]), existing=given.get("existing", False)) == expected["holds"]
    assert entry.standing == expected.get("standing", entry.standing)
    for name, day in expected.get("dates", {}).items():
        assert getattr(entry.dates, name) == day, name


def ask_text(given: dict[str, Any], expected: dict[str, Any]) -> None:
    entry = shipped().provision(given["rule"])
    held([entry.says], expected["says"], "says")
    held([entry.citation], expected["citation"], "citation")
    assert entry.standing == expected["standing"]


def ask_difference(given: dict[str, Any], expected: dict[str, Any]) -> None:
    found = differences(shipped(), instant(given["from"]), instant(given["to"]), given.get("state"))
    told = [[each.rule, each.what, each.before, each.after] for each in found]
    assert told == expected["changes"]


def ask_hold(given: dict[str, Any], expected: dict[str, Any]) -> None:
    """The audit's verdict on a hold in a state, and the rule that the finding cites; the clock says the same."""
    start, left = seconds(instant(given["from"])), seconds(instant(given["to"]))
    coded = {"detainer_form": number("detainer_form", "I-247A")}
    if "warrant" in given:
        coded["warrant_form"] = number("warrant_form", given["warrant"])
    times = {"detainer_received": start - 3600, "charges_cleared": start, "hold_started": start, "released": left}
    case = Case("synthetic", times, state=given["state"], zone=read_zones()[given["state"]].key, coded=coded, model=0)
    decision = decide(case, law())
    found = [row for row in rows_of(decision, law()) if row.duty == "state_forbids"]
    assert [row.verdict for row in found] == [each for each in [expected["state_forbids"]] if each != "nothing"]
    if "rule" in expected:
        assert [row.rule for row in found] == [expected["rule"]]
        answer = clock_answer(case, law())
        assert expected["rule"] in {each.rule for each in answer.clocks}
        assert expected["rule"] in {each.rule for each in answer.citations}
    if "end" in expected:
        assert decision.limit == seconds(instant(expected["end"]))


ASKED = {
    "hold": ask_hold,
    "state law": ask_law,
    "roster": ask_roster,
    "holds": ask_state,
    "text": ask_text,
    "difference": ask_difference,
}


CASES = cases()


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], ledger: Any) -> None:
    assert set(case) == {"id", "given", "asked", "expected", "why"}
    given, asked, expected = case["given"], case["asked"], case["expected"]
    kind = asked if isinstance(asked, str) else next(iter(asked))
    if kind == "authority":
        ask_authority(ledger, given, asked, expected)
    elif kind == "parameter":
        ask_parameter(given, asked, expected)
    elif kind == "clause":
        ask_clause(given, asked, expected)
    else:
        ASKED[kind](given, expected)


# -- what holds of all of them -------------------------------------------------------------------------------


def words(data: Any) -> set[str]:
    """Every text of a case, wherever it is, keys too."""
    if isinstance(data, dict):
        return set().union(*(words(key) | words(value) for key, value in data.items()))
    if isinstance(data, list):
        return set().union(*map(words, data)) if data else set()
    return {data} if isinstance(data, str) else set()


def test_every_provision_has_a_case() -> None:
    named: set[str] = set()
    for case in CASES:
        named |= words(case.values[0]["given"]) | words(case.values[0]["expected"])
    assert [entry.id for entry in shipped().provisions if entry.id not in named] == []


def test_every_provision_is_dated_and_cited() -> None:
    for entry in shipped().provisions:
        assert entry.citation and entry.source and entry.says.endswith("."), entry.id
        assert (entry.last_checked is None) <= (entry.standing == "unverified"), entry.id
        assert not re.search(r"[a-z]{3}\. [A-Z]", entry.says), f"{entry.id}: one sentence"
        assert entry.standing in ("primary", "verified", "secondary", "unverified", "counted")


def test_no_declared_data_names_a_note_that_does_not_ship() -> None:
    """A source is the document's own citation, so that a reader can look it up."""
    notes = ("LAW.md", "DESIGN.md")
    found = [
        (path.name, note)
        for path in sorted(Path(str(files("ledger287").joinpath("declared"))).rglob("*"))
        if path.suffix in (".yml", ".csv", ".json", ".md", ".txt")
        for note in notes
        if note in path.read_text(encoding="utf-8", errors="replace")
    ]
    assert found == []


def test_what_is_not_to_be_encoded_is_not() -> None:
    """Of these states only bills or claims were found."""
    encoded = {
        state
        for entry in shipped().provisions
        if entry.state_law and entry.kind != "holding" and entry.state_law.effect != "not checked"
        for state in entry.territory or ()
    }
    assert not encoded & {"MS", "WV", "WY", "AL", "SC", "OK", "ID", "MO", "KY"}


def test_every_state_with_a_rule_is_shown_for_it() -> None:
    at = instant("2026-05-31T17:00:00+00:00")
    for state in ("IL", "CA", "FL", "TX"):
        assert {state} <= {code for entry in shipped().in_force(at, state) for code in entry.territory or ()}
    assert [entry.id for entry in shipped().in_force(at, "WY") if entry.territory] == ["wy-holds-not-checked"]


def test_an_unverified_rule_never_moves_a_verdict() -> None:
    """Whatever the state, kind and function, a rule on agreements that is only from memory is reported as open."""
    at = instant("2026-05-31T17:00:00+00:00")
    for state in declared.states():
        for function in functions():
            for signed in (None, date(2025, 3, 1)):
                for each in laws(shipped(), state.code, "county", function, signed, at):
                    if each.provision.standing == "unverified" and not each.provision.bears_on_holds:
                        assert each.bears == "open"
