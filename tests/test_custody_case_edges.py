"""The edges of one case's decision: the moment at which a law begins or ends, the time in which releases are made, the
local month, and what only the calendar or the law leaves open. Cases are synthetic.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custody_making import cases
from custody_reading import case_of, declared
from ledger287.custody.case.case import as_row, decide
from ledger287.custody.case.event_words import event_named, known_words, names_ice, not_of_an_audit, phrases
from ledger287.custody.case.facts import MASKS, MODEL_UNKNOWN, Case, earliest, model_mask
from ledger287.custody.case.hold_law import StateClock, law
from ledger287.custody.case.limits import hold_of, limits_of, of_read_texts
from ledger287.custody.case.vocabulary import FURTHER, further_headings, headings, marked, number, span, vocabulary
from ledger287.custody.duties.table import HELD, NO_HOLD, NOT_ENDED, PERHAPS, UNTOLD

DECLARED = [given for name in ("ends", "weeks", "duties", "events", "bars") for given in declared(f"{name}.yml")]
NOON = int(datetime(2025, 8, 15, 12, tzinfo=UTC).timestamp())
HOUR = 3600


def held(**times: float) -> Case:
    """A case in Illinois whose events are so many hours after noon of a day."""
    at = {event: int(NOON + hours * HOUR) for event, hours in times.items()}
    return Case("synthetic-1", at, state="IL", zone="America/Chicago")


@pytest.mark.parametrize("given", DECLARED, ids=lambda given: given["id"])
def test_what_the_calendar_or_the_law_leaves_open_is_open(given: dict[str, Any]) -> None:
    found = decide(case_of(given), law())
    assert found.by_calendar & ~found.open == 0
    assert found.by_law & ~found.open == 0
    assert found.missed & found.open == 0


def test_what_the_calendar_or_the_law_leaves_open_is_open_in_any_case() -> None:
    decided = [decide(case, law()) for case in cases(600, 11)]
    assert not any((one.by_calendar | one.by_law) & ~one.open or one.missed & one.open for one in decided)
    assert any(one.by_calendar | one.by_law for one in decided)


@pytest.mark.parametrize(
    ("since", "until", "start", "left", "applied"),
    [
        (None, None, 10, 20, True),
        (20, None, 10, 20, False),
        (19, None, 10, 20, True),
        (None, 10, 10, 20, False),
        (None, 11, 10, 20, True),
        (20, None, 10, None, True),
        (None, 10, None, 20, True),
        (20, 10, 10, 20, False),
        (5, 15, 10, 20, True),
    ],
)
def test_a_states_clock_applies_where_it_was_law_at_some_time_of_a_hold(
    since: int | None, until: int | None, start: int | None, left: int | None, applied: bool
) -> None:
    clock = StateClock("IL", 0, "nothing", "releasable", since, until, True, "synthetic")
    assert clock.applies(start, left) is applied


def test_who_was_taken_within_the_time_of_a_release_was_perhaps_not_held() -> None:
    """Behind a detainer, a start and ICE's taking: past the time in which releases are made the person was held."""
    most = span("release_processing_hours") / HOUR
    for hours, hold in ((most, PERHAPS), (most + 1 / HOUR, HELD)):
        assert hold_of(held(detainer_received=-50, charges_cleared=0, ice_took_person=hours))[0] == hold
    assert hold_of(held(charges_cleared=0, ice_took_person=most))[0] == UNTOLD
    assert hold_of(held(warrant_received=-1, charges_cleared=0, released=1))[0] == PERHAPS
    assert hold_of(held(hold_started=0, released=1)) == (HELD, NOON, NOON + HOUR)
    assert hold_of(held(hold_started=0, released=0))[0] == NO_HOLD
    assert hold_of(held(hold_started=0)) == (NOT_ENDED, NOON, None)


def test_the_month_of_a_case_is_the_local_one_of_its_start() -> None:
    first = int(datetime(2025, 9, 1, 2, tzinfo=UTC).timestamp())  # August 31 in Chicago
    case = Case("synthetic-1", {"charges_cleared": first}, state="IL", zone="America/Chicago")
    assert as_row(decide(case, law()))["month"] == 202508
    assert as_row(decide(Case("synthetic-1", case.at, state="IL"), law()))["month"] is None
    assert as_row(decide(Case("synthetic-1", {}, zone="America/Chicago"), law()))["month"] is None
    alone = Case("synthetic-1", {"complaint_filed": first + 24 * HOUR}, zone="America/Chicago")
    assert as_row(decide(alone, law()))["month"] == 202509


def test_the_rule_that_is_named_is_that_of_the_hold() -> None:
    """Of a state whose clock changed, the one that was law; where none was law at the time, still the state's own."""
    book = law()
    for state, clocks in book.by_state.items():
        for zero in (True, False):
            mine = [one for one in clocks if (one.hours == 0) is zero]
            assert book.state_rule(state, zero=zero) == (mine[0].rule if mine else None)
            for one in mine:
                start = one.since or 0
                found = book.state_rule(state, zero=zero, start=start, left=start + 1)
                then = [other for other in mine if other.applies(start, start + 1)]
                assert found == then[0].rule


def test_clocks_of_a_state_that_decide_come_first() -> None:
    for clocks in law().by_state.values():
        decides = [clock.decides for clock in clocks]
        assert decides == sorted(decides, reverse=True)


def test_the_law_within_some_states_is_theirs_alone() -> None:
    near = law().within({"IL", "MD"})
    assert {one.state for one in near.states} <= {"IL", "MD"}
    assert {one.state for one in near.notices} | {one.state for one in near.orders} <= {"IL", "MD"}
    assert {*near.by_state} == {"IL", "MD"} & {*law().by_state}
    assert near.of_state("IL") == law().of_state("IL") and not near.of_state("CA")
    assert near.forms == law().forms and near.notice("CA") is None


def test_without_a_start_only_the_agreements_clock_runs() -> None:
    passed = Case("synthetic-1", {"custody_passed_to_ice": NOON}, model=1)
    limits = limits_of(passed, law(), None, None)
    assert (limits.flat, limits.regulation, limits.request) == (None, None, None)
    assert limits.agreement == NOON + law().model("JEM").hold_hours * HOUR
    assert limits_of(Case("synthetic-1", passed.at, model=0), law(), None, None).agreement is None
    assert earliest(None, 7, 3) == 3 and earliest(None) is None


def test_a_stated_model_is_its_own_bit() -> None:
    masks = [model_mask(number("model", name)) for name in ("none", "JEM", "WSO", "TFM")]
    assert masks == [0, 1, 2, 4]
    assert model_mask(0) == model_mask(-1) == 8


@pytest.mark.parametrize(
    ("many", "shown"),
    [
        (6, "'a', 'b', 'c', 'd', 'e' and 'f' not read"),
        (7, "'a', 'b', 'c', 'd', 'e' and 'f' and 1 other words not read"),
    ],
)
def test_six_words_of_nothing_are_named(many: int, shown: str) -> None:
    assert shown in not_of_an_audit("log.csv", many, list("abcdefgh"[:many]))


def test_the_words_of_an_event_may_be_in_any_order() -> None:
    assert event_named("received detainer") == event_named("detainer received") == "detainer_received"
    assert event_named("housing move") is None
    assert names_ice("ICE ERO") and not names_ice("family")


def test_codes_with_a_mark_are_numbered_from_one() -> None:
    assert marked("warrant_form", "judicial") and min(marked("warrant_form", "judicial")) > 0
    assert number("model", None) == 0 and number("model", "no such code") == -1


def test_before_a_text_its_model_alone_is_unknown() -> None:
    dated = [text for text in law().models if text.since is not None]
    assert dated
    for text in dated:
        bit = MASKS[text.model]
        assert text.since is not None
        assert of_read_texts(Case("synthetic-1", {}, model=bit), law(), text.since - 1).model == MODEL_UNKNOWN
        assert of_read_texts(Case("synthetic-1", {}, model=bit), law(), text.since).model == bit


def test_a_hold_past_no_limit_of_any_form_it_may_have_had_is_over_none() -> None:
    """By more than nothing only where each reading misses the limit: at 20 hours no form's does, at 100 each does."""
    forms = tuple(range(len(law().forms)))
    for released, over in ((20, None), (100, 100 * HOUR)):
        case = replace(held(detainer_received=-5, charges_cleared=0, released=released), forms=forms)
        assert decide(case, law()).over == over


def test_words_that_go_together_are_an_event_in_whichever_place() -> None:
    phrases.cache_clear()  # what an earlier test kept would hide what is declared now
    for words in ("detainer faxed in", "detainer on file", "detainer initiated", "detainer sent by ICE"):
        assert event_named(words) == "detainer_received", words


def test_the_last_day_of_law_that_was_checked_is_the_one_before_the_first_that_was_not() -> None:
    last = datetime.fromtimestamp(law().checked_until, UTC).astimezone(ZoneInfo("America/New_York"))
    assert (last.day, last.hour) == (1, 0)  # of June 2026: law made on May 31 was checked, law made on June 1 was not
    assert law().span_says.startswith("The rules were checked for law made until May 31, 2026;")


def test_each_word_of_a_declared_phrase_is_known() -> None:
    assert not {word for phrase in phrases() for word in phrase.split()} - known_words()


def test_a_heading_of_a_further_detainer_is_one_of_its_own_field_with_its_number() -> None:
    numbers = {"1", "2", "3", *(word for words in vocabulary()["ordinals"].values() for word in words)}

    def bare(heading: str) -> str:
        return " ".join(word for word in heading.split() if word not in numbers)

    for heading in ("detainer 2 received", "detainer received 2", "second detainer received", "2nd detainer"):
        assert further_headings()[heading] == "detainer_received_2"
    own: dict[str, set[str]] = {}
    for heading, field in headings().items():
        own.setdefault(field, set()).add(bare(heading))
    for heading, field in further_headings().items():
        base = field.rsplit("_", 1)[0] if field in FURTHER else field
        assert "detainer" in heading.split() and bare(heading) in own[base], (heading, field)
