"""The declared zones agree with tzdata, the holidays with the days that offices printed, and the law with its rules."""

from calendar import Calendar
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger287.core.problem import Refused
from ledger287.core.time import day_of
from ledger287.custody.case.hold_law import law
from ledger287.law.clocks import calendar, clock
from ledger287.law.clocks.calendar import DAY, EXCLUDED, Holidays, as_datetime, counts, holidays, instant, zone, zones
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.provisions import Parameter

NAMES = sorted(zones())
HOLIDAYS = holidays(shipped())
FIRST, LAST = instant(datetime(2000, 1, 1, tzinfo=UTC)), instant(datetime(2049, 12, 30, tzinfo=UTC))


@pytest.mark.parametrize("name", NAMES)
def test_the_declared_offsets_are_tzdatas(name: str) -> None:
    """At every declared change, a second before it, and every ten days in between."""
    here, there = zone(name), ZoneInfo(name)
    moments = {*range(FIRST, LAST, 10 * DAY), *here.since, *(since - 1 for since in here.since[1:])}
    for at in moments:
        offset = as_datetime(at).astimezone(there).utcoffset()
        assert here.offset(at) == int((offset or timedelta()).total_seconds()), (name, as_datetime(at))


@given(st.sampled_from(NAMES), st.integers(FIRST + 2 * DAY, LAST - 2 * DAY))
def test_local_times_read_back_as_they_were_shown(name: str, at: int) -> None:
    here = zone(name)
    offset = here.offset(at)
    assert offset is not None
    back, reads = here.read(at + offset)
    shown = datetime(1970, 1, 1) + timedelta(seconds=at + offset)
    twice = shown.replace(tzinfo=ZoneInfo(name)).utcoffset() != shown.replace(tzinfo=ZoneInfo(name), fold=1).utcoffset()
    assert (back, reads) == ((None, "twice") if twice else (at, "clear"))


@pytest.mark.parametrize("name", NAMES)
def test_times_that_clocks_skip_are_never_and_those_that_they_repeat_are_twice(name: str) -> None:
    """The first and the last second of each, and the seconds before and behind."""
    here = zone(name)
    for at, before, after in zip(here.since[1:], here.offsets, here.offsets[1:], strict=False):
        low, high = sorted((at + before, at + after))
        reads = "never" if after > before else "twice"
        assert [here.read(local)[1] for local in (low - 1, low, high - 1, high)] == ["clear", reads, reads, "clear"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("eastern", "America/New_York"), ("US/Central", "America/Chicago"), ("Eastern Mountain", "America/Denver")],
)
def test_a_zone_in_other_words_is_one_zone(typed: str, meant: str) -> None:
    with pytest.raises(Refused, match=rf"Did you mean: {meant}\?$"):
        zone(typed)


def test_the_law_is_checked_to_the_end_of_a_day_that_it_states() -> None:
    stated = {entry.checked_until for entry in shipped().provisions}
    assert day_of(as_datetime(law().checked_until - 1)) in stated
    assert day_of(as_datetime(law().checked_until)) not in stated


@pytest.mark.parametrize("name", NAMES)
def test_clocks_change_only_on_days_that_do_not_count(name: str) -> None:
    """So that a counted day has 24 hours, which the calendar tables rest on. Guam and others never change."""
    here = zone(name)
    for since in here.since[1:]:
        day = here.day(since)
        assert day is not None
        assert day.weekday() == 6, (name, day)


def holidays_of(*parameters: Parameter) -> Holidays:
    """The holidays of a lawbook that declares these."""
    book = shipped()
    rule = replace(book.provision(calendar.HOLIDAYS), parameters=parameters)
    return Holidays(rule, book.provision(calendar.INAUGURATION), book.provision(calendar.CLOSURES))


def test_the_order_in_which_holidays_are_declared_changes_none() -> None:
    turned = holidays_of(*reversed(shipped().provision(calendar.HOLIDAYS).parameters))
    for year in range(1990, 2040):
        assert turned.of(year) == HOLIDAYS.of(year)


@pytest.mark.parametrize("month", range(1, 13))
def test_the_last_monday_of_any_month_is_found(month: int) -> None:
    """Memorial Day is the last Monday of May; a law may name that of another month, December too."""
    declared = shipped().provision(calendar.HOLIDAYS).parameters
    moved = [
        replace(one, value=f"last monday {month:02}") if "last monday" in str(one.value) else one for one in declared
    ]
    for year in (2024, 2025):
        last = max(day for day in Calendar().itermonthdates(year, month) if day.month == month and day.weekday() == 0)
        assert last in holidays_of(*moved).of(year)
        assert len(holidays_of(*moved).of(year)) <= len(HOLIDAYS.of(year))


def test_holidays_of_some_years() -> None:
    """Own and observed days, as the Office of Personnel Management and the courts print them."""
    assert HOLIDAYS.of(2025) == {
        date(2025, 1, 1), date(2025, 1, 20), date(2025, 2, 17), date(2025, 5, 26), date(2025, 6, 19), date(2025, 7, 4),
        date(2025, 9, 1), date(2025, 10, 13), date(2025, 11, 11), date(2025, 11, 27), date(2025, 12, 25),
    }  # fmt: skip
    assert {date(2021, 6, 18), date(2021, 7, 5), date(2021, 12, 24), date(2021, 12, 31)} <= HOLIDAYS.of(2021)
    assert date(2020, 6, 19) not in HOLIDAYS.of(2020)
    assert {date(2026, 7, 3), date(2026, 7, 4)} <= HOLIDAYS.of(2026)
    assert date(2027, 12, 31) in HOLIDAYS.of(2027)


@given(st.sampled_from(NAMES), st.integers(FIRST + 5 * DAY, LAST - 60 * DAY), st.integers(1, 96))
def test_a_clock_that_leaves_days_out_never_ends_before_the_flat_one(name: str, start: int, hours: int) -> None:
    flat, counted, weekends = (
        clock.end(start, hours, excludes, zone(name), HOLIDAYS)
        for excludes in ("nothing", "weekends and holidays", "weekends")
    )
    assert flat is not None and counted is not None and weekends is not None
    assert flat == start + hours * 3600
    assert flat <= weekends <= counted


@given(st.sampled_from(NAMES), st.integers(FIRST + 5 * DAY, LAST - 60 * DAY), st.integers(0, 10 * DAY))
def test_a_later_start_never_ends_earlier(name: str, start: int, later: int) -> None:
    one, two = (clock.end(at, 48, "weekends and holidays", zone(name), HOLIDAYS) for at in (start, start + later))
    assert one is not None and two is not None
    assert one <= two


def test_outside_the_declared_span_there_is_no_answer() -> None:
    here = zone("America/Chicago")
    assert here.offset(instant(datetime(1995, 1, 1, tzinfo=UTC))) is None
    assert clock.end(instant(datetime(2055, 1, 1, tzinfo=UTC)), 48, "weekends", here) is None
    assert here.read(instant(datetime(2055, 1, 1, tzinfo=UTC)))[1] == "outside"
    assert here.read(instant(datetime(1900, 1, 1, tzinfo=UTC))) == (None, "outside")
    assert here.day(instant(datetime(2049, 12, 31, 12, tzinfo=UTC))) == date(2049, 12, 31)
    assert here.day(instant(datetime(2050, 1, 1, tzinfo=UTC))) is None, "the declared span ends there"


def test_an_inauguration_on_a_sunday_is_observed_on_the_monday() -> None:
    assert not HOLIDAYS.perhaps(date(2013, 1, 20))
    assert HOLIDAYS.perhaps(date(2013, 1, 21))
    assert HOLIDAYS.perhaps(date(2025, 1, 20))
    assert not HOLIDAYS.perhaps(date(2025, 1, 21))
    assert not HOLIDAYS.perhaps(date(2023, 1, 20)), "no inauguration that year"


def test_which_days_a_clock_leaves_out() -> None:
    saturday, friday = date(2025, 7, 5), date(2025, 7, 4)
    assert [counts(saturday, kind, HOLIDAYS) for kind in EXCLUDED] == [kind == "nothing" for kind in EXCLUDED]
    assert counts(saturday, "nothing")
    assert counts(friday, "weekends")
    assert not counts(friday, "weekends and holidays", HOLIDAYS)


def test_a_day_that_is_perhaps_left_out_counts_unless_the_latest_end_is_wanted() -> None:
    closed = date(2018, 12, 24)  # by executive order
    assert counts(closed, "weekends and holidays", HOLIDAYS)
    assert not counts(closed, "weekends and holidays", HOLIDAYS, late=True)
    assert counts(closed, "weekends", HOLIDAYS, late=True)


@pytest.mark.parametrize("excludes", ["", "Weekends", "banking days", "weekday", "weekends and holiday", "zero days"])
def test_days_of_no_declared_kind_are_left_out_by_no_clock(excludes: str) -> None:
    with pytest.raises(Refused, match="expected one of nothing, weekends, weekends and holidays"):
        counts(date(2025, 7, 7), excludes, HOLIDAYS)
    with pytest.raises(Refused, match=r"needs the lawbook's"):
        counts(date(2025, 7, 7), "weekends and holidays")


def test_an_unknown_zone_names_three_near_ones() -> None:
    with pytest.raises(Refused, match=r"Did you mean: [^,]+, [^,]+, [^,]+\?"):
        zone("America/Chicagoo")


def test_unverified_law_never_decides() -> None:
    found = law()
    assert {limit.state for limit in found.states if limit.hours == 0 and limit.decides} == {
        "CA",
        "CO",
        "IL",
        "OR",
        "WA",
    }
    assert {limit.decides for limit in found.states if limit.state == "MD"} == {False}
    assert found.default_hours == found.regulation_hours == 48
