"""The exact moments and days at which law, forms and calendars change; every case is synthetic."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from custody_making import cases
from ledger287.custody.case.case import as_row, decide, month_of
from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import law
from ledger287.custody.case.limits import hold_of, limits_of
from ledger287.custody.case.vocabulary import number
from ledger287.custody.duties.table import BIT, PROBLEM
from ledger287.law.clocks.calendar import CLOSURES, HOLIDAYS, INAUGURATION, Holidays, holidays, instant, zone
from ledger287.law.lawbook.book import shipped

BOOK = shipped()
LAW = law(BOOK)
HOUR = 3600
I247A_SINCE, OLD_FORMS_UNTIL = (
    instant(datetime(2017, 4, 2, 4, tzinfo=UTC)),
    instant(datetime(2017, 4, 2, 4, tzinfo=UTC)),
)
NC_SINCE, NC_UNTIL = instant(datetime(2024, 12, 1, 5, tzinfo=UTC)), instant(datetime(2025, 10, 1, 4, tzinfo=UTC))


def at(year: int, month: int, day: int, hour: int = 0) -> int:
    return instant(datetime(year, month, day, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "is_one"),
    [
        (date(1961, 1, 20), False),  # 5 U.S.C. 6103(c): 1965 and every fourth year after
        (date(1965, 1, 20), True),
        (date(2013, 1, 20), False),  # a Sunday: observed on the next day
        (date(2013, 1, 21), True),
        (date(2021, 1, 20), True),
        (date(2021, 1, 21), False),
        (date(2025, 1, 20), True),
        (date(2026, 1, 20), False),
    ],
)
def test_inauguration_day(day: date, is_one: bool) -> None:
    assert holidays(BOOK).is_inauguration(day) == is_one


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("last friday 12", date(2026, 12, 25)),
        ("last thursday 11", date(2026, 11, 26)),
        ("last sunday 02", date(2026, 2, 22)),
        ("1 saturday 08", date(2026, 8, 1)),
        ("5 friday 10", date(2026, 10, 30)),
    ],
)
def test_a_holiday_that_another_lawbook_declares(rule: str, day: date) -> None:
    """A lawbook given with --rules may name any weekday of any month."""
    usual = BOOK.provision(HOLIDAYS)
    own = replace(usual.parameters[0], name="own_day", value=rule, unit="", since=None, until=None)
    moved = [parameter for parameter in usual.parameters if parameter.name.endswith("_observed_days")]
    alone = replace(usual, parameters=(own, *(replace(one, value=0) for one in moved)))
    assert Holidays(alone, BOOK.provision(INAUGURATION), BOOK.provision(CLOSURES)).of(2026) == {day}


def test_a_zone_has_no_answer_outside_its_table() -> None:
    here = zone("America/New_York")
    first = here.since[0]
    assert here.offset(first) == -5 * HOUR
    assert here.offset(first - 1) is None
    assert here.day(first - 1) is None
    assert here.read(first - 5 * HOUR) == (first, "clear")
    assert here.read(first - 5 * HOUR - 1) == (None, "outside")
    assert here.offset(here.until - 1) == -5 * HOUR
    assert here.offset(here.until) is None
    assert here.read(here.until - 5 * HOUR) == (None, "outside")


def test_until_when_the_law_was_checked() -> None:
    """The first moment after it is midnight in the East on the next day; the sentence names the day itself."""
    last = datetime(2026, 5, 31)
    until = instant(last.replace(day=1, month=6, hour=4, tzinfo=UTC))
    one = replace(LAW, checked_until=until)
    assert one.span_says.startswith("The rules were checked for law made until May 31, 2026; ")


def test_the_law_outside_the_checked_span_is_a_problem_to_the_second() -> None:
    outside = PROBLEM["outside_checked_span"]
    for moment, is_outside in (
        (LAW.checked_since - 1, True),
        (LAW.checked_since, False),
        (LAW.checked_until - 1, False),
        (LAW.checked_until, True),
    ):
        case = Case("synthetic-span", {"citizenship_claimed": moment})
        assert bool(decide(case, LAW).problems & outside) == is_outside, moment


@pytest.mark.parametrize(
    ("form", "moment", "is_problem"),
    [
        ("I-247A", I247A_SINCE, False),
        ("I-247A", I247A_SINCE - 1, True),
        ("I-247D", OLD_FORMS_UNTIL - 1, False),
        ("I-247D", OLD_FORMS_UNTIL, True),
        ("I-247", I247A_SINCE, False),
    ],
)
def test_a_form_is_in_use_from_its_first_second_to_its_last(form: str, moment: int, is_problem: bool) -> None:
    coded = {"detainer_form": number("detainer_form", form)}
    found = decide(Case("synthetic-form", {"detainer_received": moment}, coded=coded), LAW)
    assert bool(found.problems & PROBLEM["form_out_of_use"]) == is_problem


def test_the_month_of_a_case_is_that_of_its_own_zone() -> None:
    late = at(2025, 9, 1, 2)
    chicago = Case("synthetic-month", {"released": late}, zone="America/Chicago")
    assert month_of(chicago, None) == 202508
    assert month_of(chicago, at(2025, 10, 15)) == 202510
    assert month_of(replace(chicago, zone=None), late) is None
    assert month_of(Case("synthetic-month", {}, zone="America/Chicago"), None) is None


def _held(hours: float, **more: object) -> Case:
    start = at(2025, 6, 2, 15)
    times = {"booked": start - 24 * HOUR, "detainer_received": start - 20 * HOUR, "charges_cleared": start}
    left = start + round(hours * HOUR)
    case = Case("synthetic-held", {**times, "released": left}, state="FL", zone="America/New_York")
    return replace(case, **more)  # type: ignore[arg-type]


def test_of_several_forms_what_each_reading_misses_is_over_by_the_earliest_end() -> None:
    forms = (number("detainer_form", "I-247A"), number("detainer_form", "I-247"))
    over = decide(_held(200, forms=forms), LAW)
    each = [decide(_held(200, coded={"detainer_form": form}), LAW) for form in forms]
    assert all(one.missed & BIT["over_limit"] for one in each)
    assert over.limit == min(one.limit for one in each if one.limit is not None)
    assert over.over == 152 * HOUR
    within = decide(_held(20, forms=forms), LAW)
    assert (within.missed & BIT["over_limit"], within.over) == (0, None)


def test_what_a_day_or_the_law_opens_is_open() -> None:
    """Both masks name open duties only, and each is used."""
    seen_law = 0
    for case in cases(3000, 287):
        found = decide(case, LAW)
        assert not found.by_calendar & ~found.open, case
        assert not found.by_law & ~found.open, case
        assert not found.missed & found.open, case
        seen_law |= found.by_law
        row = as_row(found)
        assert (row["by_calendar"], row["by_law"]) == (found.by_calendar, found.by_law)
    assert seen_law
    start = at(2021, 1, 19, 15)  # Inauguration Day follows: perhaps a holiday, perhaps not
    for hours, by_calendar in ((47, False), (60, True), (73, False)):
        case = _held(0, at={"charges_cleared": start, "hold_started": start, "released": start + hours * HOUR})
        found = decide(replace(case, coded={"detainer_form": number("detainer_form", "I-247")}), LAW)
        assert (bool(found.by_calendar & BIT["over_limit"]), found.by_law & BIT["over_limit"]) == (by_calendar, 0), (
            hours
        )


@pytest.mark.parametrize(
    ("start", "unclear", "is_untold"),
    [
        (NC_SINCE, True, True),
        (NC_SINCE - 1, True, False),
        (NC_UNTIL - 1, True, True),
        (NC_UNTIL, True, False),
        (NC_SINCE, False, False),  # no detainer at all: no clock of this act
    ],
)
def test_a_clock_from_an_unclear_receipt_cannot_be_told_while_its_act_is_law(
    start: int, unclear: bool, is_untold: bool
) -> None:
    case = Case(
        "synthetic-receipt",
        {"booked": start - 48 * HOUR, "charges_cleared": start, "hold_started": start, "released": start + HOUR},
        unclear=frozenset({"detainer_received"}) if unclear else frozenset(),
        state="NC",
        zone="America/New_York",
    )
    _, begins, left = hold_of(case)
    assert begins == start
    assert limits_of(case, LAW, begins, left).state_untold == is_untold


def test_service_and_the_warrant_are_required_from_the_day_of_the_policy() -> None:
    assert (LAW.policy_since, LAW.served_since) == (I247A_SINCE, I247A_SINCE)


def test_of_a_states_clocks_those_that_decide_come_first() -> None:
    mixed = 0
    for state in {one.state for one in LAW.states}:
        deciding = [one.decides for one in LAW.of_state(state)]
        assert deciding == sorted(deciding, reverse=True), state
        mixed += len(set(deciding)) > 1
    assert mixed
