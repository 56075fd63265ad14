"""What named agencies hold now is judged by the newest list of the day; all three models need a signing under each."""

import pytest

from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Answer

NAMES = {
    "FREDERICK": "Frederick County Sheriff's Office in Maryland",
    "KENTON": "Kenton County Sheriff's Office in Kentucky",
    "BROWN": "Brown County Sheriff's Office in Nebraska",
    "MARSHALL": "Marshall County Sheriff's Office in Alabama",
    "KOOTENAI": "Kootenai County Sheriff's Office in Idaho",
    "LYON": "Lyon County Sheriff's Office in Nevada",
}


def first(checker: Checker, day: str, text: str) -> Answer:
    return checker.check(read_article(text.format(**NAMES).encode(), "synthetic", month_or_day(day))).answers[0]


NOW = (
    # on an older list of the week, and not on the newest
    ("2026-02-20", "The {FREDERICK} still runs its jail agreement.", "cannot_tell"),
    ("2026-02-20", "The {FREDERICK} has a 287(g) agreement.", "cannot_tell"),
    ("2026-02-20", "As of today, the {FREDERICK} holds a jail agreement.", "cannot_tell"),
    ("2026-02-20", "Frederick and Garrett counties in Maryland have 287(g) agreements.", "cannot_tell"),
    ("2026-02-20", "The {FREDERICK} no longer has an agreement.", "supported"),
    ("2026-05-12", "The {KENTON} now holds a warrant service agreement.", "cannot_tell"),
    ("2026-02-13", "The Virginia State Police is still in the 287(g) program.", "cannot_tell"),
    ("2025-12-09", "The {BROWN} holds agreements under all three models.", "cannot_tell"),
    # still on the newest, and long gone
    ("2026-02-10", "The {FREDERICK} still holds a jail enforcement agreement.", "supported"),
    ("2026-05-12", "The {KENTON} now holds a jail enforcement agreement.", "supported"),
    ("2025-11-20", "The {BROWN} holds agreements under all three models.", "supported"),
    ("2026-04-20", "The {FREDERICK} still holds a jail enforcement agreement.", "contradicted"),
    ("2026-05-12", "The {KENTON} has two 287(g) agreements.", "cannot_tell"),
    ("2026-05-04", "The {KENTON} has two 287(g) agreements.", "supported"),
    # a time that is stated is right on some of its days
    ("2026-02-20", "In February 2026, the {FREDERICK} held an agreement.", "supported"),
    # the years without page or list
    ("2025-07-01", "Frederick County in Maryland has had a 287(g) agreement since 2008.", "not_in_record"),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text", "verdict"), NOW, ids=[f"{day} {text[:50]}" for day, text, _ in NOW])
def test_who_holds_one_now_is_on_the_newest_list(checker: Checker, day: str, text: str, verdict: str) -> None:
    answer = first(checker, day, text)
    assert answer.verdict == verdict, answer.reason


@pytest.mark.parametrize(("day", "text"), [row[:2] for row in NOW if row[2] in ("supported", "cannot_tell")])
def test_a_list_that_is_named_for_what_is_held_has_the_row(checker: Checker, day: str, text: str) -> None:
    answer, index = first(checker, day, text), checker.index
    shown = [one for one in answer.evidence if one.value and one.file]
    for one in shown:
        place = next(at for at, listed in enumerate(index.lists) if listed.file == one.file)
        held = {run.agency_id for run in index.runs if run.first <= place <= run.last}
        assert held & set(answer.claim.agencies), one
    assert shown or "no longer" in text


def test_nobody_that_left_within_the_week_is_both_there_and_gone(checker: Checker) -> None:
    index = checker.index
    last: dict[str, int] = {}
    for run in index.runs:
        last[run.agency_id] = max(run.last, last.get(run.agency_id, -1))
    gone = sorted((place, agency) for agency, place in last.items() if place + 1 < len(index.lists))
    tried = 0
    for place, agency in gone:
        name, state = index.agencies[agency][:2]
        if not name.endswith("County Sheriff's Office"):
            continue
        where = next((one for one, code in STATES.items() if code == state), None)
        if where is None:
            continue
        day = index.days[place + 1].isoformat()
        there = first(checker, day, f"The {name} in {where} still has a 287(g) agreement.")
        assert there.verdict != "supported", (day, name)
        tried += 1
    assert tried > 3


STATES = {"Maryland": "MD", "Kentucky": "KY", "New Hampshire": "NH", "Florida": "FL", "Nebraska": "NE", "Texas": "TX"}

ALL_THREE = (
    ("2026-05-08", "The {MARSHALL} signed all three models on Sept. 22, 2025.", False),
    ("2026-05-08", "The {LYON} signed all three kinds of agreements in June 2025.", False),
    ("2026-05-08", "The {KOOTENAI} has signed under all three models since August 2025.", False),
    ("2026-05-08", "The {KOOTENAI} has held all three models since August 2025.", False),
    ("2026-05-08", "The {MARSHALL} signed agreements under both models in September 2025.", False),
    ("2025-10-20", "The {BROWN} has signed under all three models since June 2025.", True),
    ("2025-10-20", "The {BROWN} signed agreements under all three models on June 18, 2025.", False),
    ("2025-10-20", "The {BROWN} signed agreements under all three models in 2025.", True),
    ("2026-05-08", "The {KOOTENAI} signed agreements under two models in August 2025.", True),
)  # fmt: skip


@pytest.mark.parametrize(("day", "text", "right"), ALL_THREE, ids=[text[:60] for _, text, _ in ALL_THREE])
def test_all_models_need_a_signing_under_each(checker: Checker, day: str, text: str, right: bool) -> None:
    assert (first(checker, day, text).verdict == "supported") == right


COMPARED = (
    # tied until the week before, and not on the newest list
    ("2026-05-08", "Oklahoma and Alabama are tied for agreements under 287(g).", False),
    ("2026-05-08", "Oklahoma and Alabama are tied in 287(g) agreements.", False),
    ("2026-05-08", "Alabama has as many 287(g) agreements as Oklahoma.", False),
    ("2026-05-08", "Alabama has no more 287(g) agreements than Oklahoma.", False),
    ("2026-05-08", "Oklahoma has no more than 61 287(g) agreements.", False),
    ("2026-05-08", "Oklahoma has no more than 64 287(g) agreements.", True),
    ("2026-05-08", "Oklahoma has more 287(g) agreements than Alabama.", True),
    ("2026-05-05", "Oklahoma and Alabama are tied in 287(g) agreements.", True),
    ("2026-05-05", "Alabama has as many 287(g) agreements as Oklahoma.", True),
)


@pytest.mark.parametrize(("day", "text", "right"), COMPARED, ids=[f"{day} {text}" for day, text, _ in COMPARED])
def test_two_places_are_compared_on_the_newest_list(checker: Checker, day: str, text: str, right: bool) -> None:
    answer = first(checker, day, text)
    assert (answer.verdict == "supported") == right, answer.reason
    assert right or answer.verdict not in ("contradicted", "arithmetic_holds")


TOGETHER = (
    # each is right on a list of the day, and none has both
    ("2026-05-08", "Kentucky has 42 agreements under 287(g), seven of them warrant service officer agreements.", False),
    ("2026-05-08", "Of Kentucky's 42 agreements under 287(g), seven are warrant service officer agreements.", False),
    ("2026-05-08", "As of today, Kentucky has seven warrant service officer agreements.", False),
    ("2026-05-08", "New Hampshire has 16 287(g) agreements today.", False),
    ("2026-05-08", "Kentucky has 42 agreements under 287(g), two of them warrant service officer agreements.", True),
    ("2026-05-08", "As of today, Kentucky has two warrant service officer agreements.", True),
    ("2026-05-05", "As of today, Kentucky has seven warrant service officer agreements.", True),
    # one figure alone may be of the list that was replaced the day before
    ("2026-05-08", "Kentucky has seven warrant service officer agreements.", True),
)


@pytest.mark.parametrize(("day", "text", "right"), TOGETHER, ids=[f"{day} {text[:70]}" for day, text, _ in TOGETHER])
def test_figures_of_one_sentence_meet_on_one_list(checker: Checker, day: str, text: str, right: bool) -> None:
    found = checker.check(read_article(text.encode(), "synthetic", month_or_day(day))).answers
    assert {one.verdict for one in found} == ({"supported"} if right else {"cannot_tell"}), [
        one.reason for one in found
    ]


@pytest.mark.parametrize("said", ["65", "90", "105", "140"])
@pytest.mark.parametrize("when", ["", "On March 31, ", "As of March 31, 2025, "])
def test_the_record_gives_the_figure_of_the_day(checker: Checker, said: str, when: str) -> None:
    answer = first(checker, "2025-03-31", f"{when}Florida had {said} task force agreements under 287(g).")
    newest = max((one for one in checker.index.lists if one.day.isoformat() <= "2025-03-31"), key=lambda one: one.day)
    assert answer.verdict == "contradicted"
    assert "the record gives 123;" in answer.reason
    assert answer.evidence[0].day == newest.day
