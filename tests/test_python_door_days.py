"""Every day that the Python door takes may be text; a wrong one, and any wrong type, is answered with what to give."""

import inspect
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

import ledger287
from ledger287.factcheck.checking import Checker

COLLIER = ("hold", "Collier County Sheriff's Office")
GIVEN = date(2025, 8, 14)
COUNTED = "ICE had 895 agreements under 287(g)."


@pytest.fixture(scope="module")
def atlas() -> ledger287.Atlas:
    return ledger287.open(today=lambda: date(2026, 5, 8))


Ask = Callable[[ledger287.Atlas, Any], Any]
DAYS: dict[str, Ask] = {
    "agreements on": lambda atlas, day: ledger287.agreements(atlas, on=day),
    "agreements known_on": lambda atlas, day: ledger287.agreements(atlas, "2025-08-01", known_on=day),
    "answer known_on": lambda atlas, day: ledger287.answer("growth", atlas, known_on=day),
    "answer on": lambda atlas, day: ledger287.answer("shares", atlas, on=day),
    "authority on": lambda atlas, day: ledger287.authority(atlas, *COLLIER, state="FL", on=day),
    "authority known_on": lambda atlas, day: ledger287.authority(atlas, *COLLIER, state="FL", known_on=day),
    "authority_table on": lambda atlas, day: ledger287.authority_table(atlas, COLLIER[1], state="FL", on=day),
    "authority_table known_on": lambda atlas, day: ledger287.authority_table(
        atlas, COLLIER[1], state="FL", known_on=day
    ),
    "changes_of_law before": lambda _, day: ledger287.changes_of_law(day, "2026-05-08"),
    "changes_of_law after": lambda _, day: ledger287.changes_of_law("2020-01-01", day),
    "check published": lambda atlas, day: ledger287.check(COUNTED, published=day, ledger=atlas),
    "draw_map on": lambda atlas, day: ledger287.draw_map(atlas, "map.geojson", day, state="VT"),
    "draw_map known_on": lambda atlas, day: ledger287.draw_map(
        atlas, "map.geojson", "2025-08-01", known_on=day, state="VT"
    ),
    "jurisdictions_on on": lambda _, day: ledger287.jurisdictions_on(day, "VT"),
    "landmark on": lambda atlas, day: ledger287.landmark(atlas, "CAP - LEE COUNTY JAIL, AL STATE", day),
    "people_held on": lambda _, day: ledger287.people_held(day),
    "people_held_in first": lambda _, day: ledger287.people_held_in("FL", day),
    "people_held_in last": lambda _, day: ledger287.people_held_in("FL", last=day),
    "people_held_series first": lambda _, day: ledger287.people_held_series(day),
    "people_held_series last": lambda _, day: ledger287.people_held_series(last=day),
    "roster on": lambda _, day: ledger287.roster((), day),
    "rule_on on": lambda _, day: ledger287.rule_on("ina-287-g-1", day),
    "rules_on on": lambda _, day: ledger287.rules_on(day, "VT"),
    "timeline since": lambda atlas, day: ledger287.timeline(atlas, "VT", since=day),
    "timeline until": lambda atlas, day: ledger287.timeline(atlas, "VT", until=day),
    "Atlas.agencies_known known_on": lambda atlas, day: atlas.agencies_known(day),
    "Atlas.agency known_on": lambda atlas, day: atlas.agency(COLLIER[1], state="FL", known_on=day),
    "Atlas.as_of on": lambda atlas, day: atlas.as_of(day),
    "Atlas.as_of known_on": lambda atlas, day: atlas.as_of("2025-08-01", known_on=day),
    "Atlas.cannot_tell_after until": lambda atlas, day: atlas.cannot_tell_after(day, "2025-08-01"),
    "Atlas.cannot_tell_after known_on": lambda atlas, day: atlas.cannot_tell_after("2026-05-08", day),
    "Atlas.cannot_tell_before since": lambda atlas, day: atlas.cannot_tell_before(day),
    "Atlas.changes since": lambda atlas, day: atlas.changes(day, "2025-09-08"),
    "Atlas.changes until": lambda atlas, day: atlas.changes("2025-08-08", day),
    "Atlas.changes known_on": lambda atlas, day: atlas.changes("2025-08-01", "2025-08-08", known_on=day),
    "Atlas.coverage on": lambda atlas, day: atlas.coverage(day, state="VT"),
    "Atlas.coverage known_on": lambda atlas, day: atlas.coverage(known_on=day, state="VT"),
    "Atlas.in_force on": lambda atlas, day: atlas.in_force(day, state="AK"),
    "Atlas.in_force known_on": lambda atlas, day: atlas.in_force(known_on=day, state="AK"),
    "Atlas.near on": lambda atlas, day: atlas.near("Naples, FL", on=day),
    "Atlas.near known_on": lambda atlas, day: atlas.near("Naples, FL", known_on=day),
    "Atlas.neighbors on": lambda atlas, day: atlas.neighbors(atlas.near("Naples, FL").spot, on=day),
    "Atlas.neighbors known_on": lambda atlas, day: atlas.neighbors(atlas.near("Naples, FL").spot, known_on=day),
    "Atlas.newest_day known_on": lambda atlas, day: atlas.newest_day(day),
    "Atlas.participating on": lambda atlas, day: atlas.participating(day),
    "Atlas.participating known_on": lambda atlas, day: atlas.participating("2026-05-08", day),
    "Atlas.signing_days known_on": lambda atlas, day: sorted(atlas.signing_days(day).items()),
    "Atlas.status on": lambda atlas, day: atlas.status(day),
    "Atlas.status known_on": lambda atlas, day: atlas.status(known_on=day),
    "Atlas.status_or_bounds on": lambda atlas, day: atlas.status_or_bounds(day),
    "Atlas.status_or_bounds known_on": lambda atlas, day: atlas.status_or_bounds(known_on=day),
    "Checker.check_text published": lambda atlas, day: Checker(atlas).check_text(COUNTED, published=day),
}
DAYS_OF_OPTIONS = {"answer known_on", "answer on"}
"""`answer` hands its options on, so that no parameter of its own is a day."""


def test_every_day_of_the_door_is_tried() -> None:
    functions = {name: getattr(ledger287, name) for name in ledger287.__all__}
    functions |= {f"Atlas.{name}": one for name, one in inspect.getmembers(ledger287.Atlas) if name[0] != "_"}
    functions["Checker.check_text"] = Checker.check_text
    found = {
        f"{name} {given.name}"
        for name, one in functions.items()
        if inspect.isfunction(one)
        for given in inspect.signature(one).parameters.values()
        if re.search(r"\b(date|Day)\b", str(given.annotation).replace("datetime.date", "date"))
        if given.kind is not given.VAR_KEYWORD and given.name != "today"
    }
    of_custody = {one for one in found if one.startswith("custody_")}
    assert found - of_custody == set(DAYS) - DAYS_OF_OPTIONS


@pytest.mark.parametrize("case", DAYS)
def test_a_day_may_be_text_and_a_wrong_one_says_what_to_give(
    atlas: ledger287.Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ask, field = DAYS[case], case.split()[1]
    assert repr(ask(atlas, GIVEN.isoformat())) == repr(ask(atlas, GIVEN))
    wrong: list[Any] = [5, "last week", "2025-02-30", ""]
    if not case.startswith("authority"):  # they take a time too, which needs a zone
        wrong.append(datetime(2025, 8, 14, 3))
    for given in wrong:
        with pytest.raises(ledger287.QueryError, match=rf"^{field}=: expected a day such as ") as said:
            ask(atlas, given)
        assert str(said.value).endswith(f"found {given!r}.")
        assert said.value.fields == (field,)


five: Any = 5
WRONG: dict[str, Callable[[ledger287.Atlas], object]] = {
    "agreements, county": lambda atlas: ledger287.agreements(atlas, county=five),
    "answer, question": lambda atlas: ledger287.answer(five, atlas),
    "authority, setting": lambda atlas: ledger287.authority(atlas, *COLLIER, state="FL", setting=five),
    "authority, officer": lambda atlas: ledger287.authority(atlas, *COLLIER, state="FL", officer=five),
    "authority, lawbook": lambda atlas: ledger287.authority(atlas, *COLLIER, state="FL", lawbook=five),
    "authority_table, setting": lambda atlas: ledger287.authority_table(atlas, COLLIER[1], state="FL", setting=five),
    "authority_table, lawbook": lambda atlas: ledger287.authority_table(atlas, COLLIER[1], state="FL", lawbook=five),
    "changes_of_form, one": lambda _: ledger287.changes_of_form(five, "03/07/2025"),
    "changes_of_form, other": lambda _: ledger287.changes_of_form("02/12/2025", five),
    "changes_of_form, model": lambda _: ledger287.changes_of_form("02/12/2025", "03/07/2025", five),
    "changes_of_law, lawbook": lambda _: ledger287.changes_of_law("2020-01-01", "2026-05-08", lawbook=five),
    "custody_audit, zone": lambda _: ledger287.custody_audit("cases.csv", zone=five),
    "custody_audit, map": lambda _: ledger287.custody_audit("cases.csv", map=five),
    "custody_audit, dates": lambda _: ledger287.custody_audit("cases.csv", dates=five),
    "custody_audit, drop": lambda _: ledger287.custody_audit("cases.csv", drop=five),
    "custody_audit, as_of": lambda _: ledger287.custody_audit("cases.csv", as_of=five),
    "custody_audit, run_at": lambda _: ledger287.custody_audit("cases.csv", run_at=five),
    "custody_audit, files": lambda _: ledger287.custody_audit([]),
    "custody_clock, zone": lambda _: ledger287.custody_clock("2025-07-03 10:00", zone=five),
    "custody_clock, case": lambda _: ledger287.custody_clock("2025-07-03 10:00", case=five),
    "custody_clock, form": lambda _: ledger287.custody_clock("2025-07-03 10:00", form=five),
    "custody_clock, model": lambda _: ledger287.custody_clock("2025-07-03 10:00", model=five),
    "custody_clock, lawbook": lambda _: ledger287.custody_clock("2025-07-03 10:00", lawbook=five),
    "custody_map, dates": lambda _: ledger287.custody_map("cases.csv", dates=five),
    "export, format": lambda atlas: ledger287.export(atlas, "out", five),
    "functions_table, lawbook": lambda _: ledger287.functions_table(five),
    "jurisdictions_on, lawbook": lambda _: ledger287.jurisdictions_on("2026-05-08", lawbook=five),
    "open, today": lambda _: ledger287.open(today=five),
    "read_roster, drop": lambda _: ledger287.read_roster("roster.csv", five),
    "read_roster, ledger": lambda _: ledger287.read_roster("roster.csv", ledger=five),
    "roster, within": lambda _: ledger287.roster((), within="a week"),  # type: ignore[arg-type]
    "rule_on, lawbook": lambda _: ledger287.rule_on("ina-287-g-1", "2026-05-08", lawbook=five),
    "rules_on, lawbook": lambda _: ledger287.rules_on("2026-05-08", lawbook=five),
    "timeline, kinds": lambda atlas: ledger287.timeline(atlas, kinds=five),
    "changes, kinds": lambda atlas: atlas.changes("2026-05-01", kinds=five),
    "changes, county": lambda atlas: atlas.changes("2026-05-01", county=five),
    "local_agencies, county": lambda atlas: atlas.local_agencies(five),
    "status, county": lambda atlas: atlas.status(county=five),
    "status_or_bounds, county": lambda atlas: atlas.status_or_bounds(county=five),
}


@pytest.mark.parametrize("case", WRONG)
def test_any_other_wrong_type_says_what_to_give(atlas: ledger287.Atlas, case: str) -> None:
    field = case.split(", ")[1]
    with pytest.raises(ledger287.QueryError, match=rf"^{field}=: expected .*, found ") as raised:
        WRONG[case](atlas)
    assert raised.value.fields == (field,)
