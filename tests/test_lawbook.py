"""A lawbook is opened and passed: two of them at once, in two threads, and neither sees the other's provisions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier

import ledger287
from ledger287.custody.case.case import decide
from ledger287.custody.case.facts import Case
from ledger287.custody.case.hold_law import law
from ledger287.custody.case.vocabulary import number
from ledger287.custody.duties.table import named
from ledger287.law.authority.deciding import authority
from ledger287.law.clocks.calendar import holidays, instant
from ledger287.law.lawbook.book import Lawbook, open_lawbook, shipped
from ledger287.law.lawbook.shown.listing import rule_on

RULES = """provisions:
  - id: form-i-247a
    kind: form
    citation: Synthetic form
    source: a synthetic form for a test
    standing: primary
    checked_until: 2026-05-31
    last_checked: 2026-05-31
    says: A synthetic form that asks for {hours} hours.
    dates: {{effective: 2017-04-02}}
    parameters:
      - {{name: hold_hours, value: {hours}, unit: hours}}
      - {{name: hold_excludes, value: nothing, unit: days not counted}}
      - {{name: hold_starts, value: releasable, unit: event}}
      - {{name: served_on_person, value: true, unit: condition}}
  - id: synthetic-act-{hours}
    kind: state_law
    territory: [UT]
    citation: Synthetic act {hours}
    source: a synthetic act for a test
    standing: primary
    checked_until: 2026-05-31
    last_checked: 2026-05-31
    says: A synthetic act that bars agreements.
    dates: {{effective: 2025-01-01}}
    state_law: {{effect: forbid}}
  - id: usc-5-6103
    kind: statute
    citation: Synthetic holidays
    source: synthetic holidays for a test
    standing: primary
    checked_until: 2026-05-31
    last_checked: 2026-05-31
    says: A synthetic law that names one holiday.
    parameters:
      - {{name: only_day, value: "03-{hours}", unit: month and day}}
      - {{name: saturday_observed_days, value: -1, unit: days from the holiday}}
      - {{name: sunday_observed_days, value: 1, unit: days from the holiday}}
"""
NOON = datetime(2025, 8, 14, 12, tzinfo=UTC)
HOUR = 3600


def book_of(folder: Path, hours: int) -> Lawbook:
    file = folder / f"rules-{hours}.yml"
    file.write_text(RULES.format(hours=hours), encoding="utf-8")
    return open_lawbook(file)


def answers(book: Lawbook, ledger: ledger287.Atlas) -> tuple[object, ...]:
    """Everything that an answer takes from a lawbook: form, audit, holidays, state law, listing."""
    start = instant(NOON)
    case = Case(
        "synthetic", {"charges_cleared": start, "hold_started": start, "released": start + 20 * HOUR}, state="UT",
        zone="America/Denver", coded={"detainer_form": number("detainer_form", "I-247A")},
    )  # fmt: skip
    decision = decide(case, law(book))
    answer = authority(ledger, "hold", "Utah County Sheriff's Office", "UT", date(2026, 2, 2), book=book)
    return (
        decision.limit,
        "exceeds_request" in named(decision.missed),
        sorted(holidays(book).of(2025)),
        [law.rule for law in answer.state_law_against if law.rule.startswith("synthetic")],
        rule_on("form-i-247a", date(2025, 8, 14), book=book).rule.says,
    )


def test_two_lawbooks_at_once_in_two_threads(tmp_path: Path) -> None:
    ledger = ledger287.open()
    books = {hours: book_of(tmp_path, hours) for hours in (12, 24)}
    alone = {hours: answers(book, ledger) for hours, book in books.items()}
    assert alone[12] != alone[24]
    assert (alone[12][1], alone[24][1]) == (True, False)
    start = Barrier(2)

    def many(hours: int) -> list[tuple[object, ...]]:
        start.wait()
        return [answers(books[hours], ledger) for _ in range(15)]

    with ThreadPoolExecutor(2) as pool:
        for hours, found in zip((12, 24), pool.map(many, (12, 24)), strict=True):
            assert found == [alone[hours]] * 15


def test_the_shipped_lawbook_does_not_change_when_another_is_opened(tmp_path: Path) -> None:
    before = shipped().provisions
    given = book_of(tmp_path, 12)
    assert shipped().provisions == before
    assert shipped().provision("form-i-247a").parameters[0].value == 48
    assert given.provision("form-i-247a").parameters[0].value == 12
    assert len(given.provisions) == len(before) + 1
    assert [(each.provision.id, each.replaces) for each in given.given] == [
        ("form-i-247a", True), ("synthetic-act-12", False), ("usc-5-6103", True),
    ]  # fmt: skip
    assert open_lawbook() is shipped()
