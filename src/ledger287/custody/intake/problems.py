"""Problems met in the files of an audit: where, what was expected, what was found, what to do.

What enters: nothing. What leaves: ``CaseProblem``, one problem at a row and column of a file, and what is said of each
kind.
"""

from dataclasses import dataclass
from pathlib import Path

from ledger287.core.problem import Problem, declare_kinds
from ledger287.core.text import listed
from ledger287.custody.case.vocabulary import code_fields, codes, companions, orders


@dataclass(frozen=True, slots=True)
class CaseProblem(Problem):
    """A problem of the files of an audit, with the case that it is of; ``row`` counts the rows of data from 1."""

    case: str | None = None


@dataclass(frozen=True, slots=True)
class ProblemText:
    """What is said of a kind of problem."""

    column: str
    expected: str
    found: str
    remedy: str


TIME = "a time such as 2025-08-14 13:05, or 2025-08-14T13:05:00-05:00"
SETTLE = "Give the time with its offset, as 2025-11-02T01:30:00-05:00; what rests on it is answered as cannot tell."
KINDS: dict[str, ProblemText] = {
    "unreadable_time": ProblemText(
        "", TIME, "another text, or none", "Correct the cell; what rests on it is answered as cannot tell."
    ),
    "midnight_only": ProblemText(
        "",
        TIME,
        "times all at midnight: the day alone is known",
        "Export the times of day; what rests on them is answered as cannot tell.",
    ),
    "no_zone": ProblemText(
        "", "a time with its offset, or the jail's time zone", "neither", "Name it: --zone America/Chicago."
    ),
    "time_shown_twice": ProblemText(
        "", "a time that local clocks showed once", "one of the hour shown twice in autumn", SETTLE
    ),
    "time_never_shown": ProblemText(
        "", "a time that local clocks showed", "one of the hour left out in spring", SETTLE
    ),
    "repeated_event": ProblemText(
        "event", "one of each event in a case", "the same event twice at one time", "It was counted once."
    ),
    "contradictory_event": ProblemText(
        "event",
        "one time for each event in a case",
        "one event at two times",
        "Correct the log; what rests on it is answered as cannot tell.",
    ),
    "unknown_zone": ProblemText(
        "zone", "a time zone of the United States, as America/Chicago", "another word", "Name it with --zone."
    ),
    "zone_of_another_state": ProblemText(
        "zone",
        "a time zone of the case's state",
        "one whose clocks differ from those of the state",
        "Check the time zone and the state; times were read in the time zone as given.",
    ),
    "unknown_state": ProblemText(
        "state", "a state or territory, by code or name", "another word", "Correct the cell, or name it with --state."
    ),
    "unknown_agency": ProblemText(
        "agency",
        "an agency of the record",
        "a name that ICE's lists do not have",
        "Look it up: ledger287 agency NAME. Its model is taken as unknown.",
    ),
    "unknown_officer": ProblemText(
        "served_by",
        "the number of an officer of the roster, under the case's agency",
        "another number, or two in one case",
        "Correct the cell or the roster; whether the officer was authorized is answered as cannot tell.",
    ),
    "form_out_of_use": ProblemText(
        "detainer_form",
        "a form in use on the day it was received",
        "one that was not yet, or no longer",
        "Check form and day.",
    ),
    "outside_checked_span": ProblemText(
        "",
        "a day for which the rules were checked",
        "one outside it",
        "The answer uses the rules as they were last checked: ledger287 rules.",
    ),
    "unknown_event": ProblemText(
        "event",
        "an event of the vocabulary (docs/custody.md)",
        "another word",
        "Say what it means in a map (values: event:); what it may be is answered as cannot tell.",
    ),
    "no_case": ProblemText(
        "case",
        "a case number",
        "a blank",
        "The row was left out. If it belongs to the case above it, repeat the number; what it may say of that case is "
        "answered as cannot tell.",
    ),
    "numbers_alike": ProblemText(
        "case",
        "one spelling of each case number",
        "two that differ in capitals only",
        "Write the number of one case alike; what the rows of one may say of the other is answered as cannot tell.",
    ),
    "duplicate_case": ProblemText(
        "case",
        "one row for each case, or rows that say the same",
        "a case number in rows that differ",
        "Correct the rows; each of them was left out.",
    ),
    "unknown_column": ProblemText(
        "", "a column of the vocabulary (docs/custody.md)", "another heading", "It was not read."
    ),
    "left_before_hold": ProblemText(
        "released",
        "an end after the hold began",
        "one before it",
        "Check both times and their years; how long the person was held is answered as cannot tell.",
    ),
    "ends_differ": ProblemText(
        "released",
        "one end of a hold: released, or taken by ICE",
        "two that differ by more than an hour",
        "Keep the one at which the person left; how long the hold was is answered as cannot tell.",
    ),
    "year_out_of_place": ProblemText(
        "",
        "times of one hold within a year",
        "one about a year from the others",
        "Check the year; how long the person was held is answered as cannot tell.",
    ),
    "contract_denied": ProblemText(
        "paid_detention",
        "no time of contract_began where paid_detention is no",
        "a time of it",
        "Correct the one that is wrong; what rests on a contract is answered as cannot tell.",
    ),
    "status_outcome_blank": ProblemText(
        "status_outcome",
        "what the federal authority answered, next to the time of its answer",
        "a blank",
        "Enter the answer; whether the person was held despite it is answered as cannot tell.",
    ),
    "unmapped_heading": ProblemText(
        "", "a heading that the map names", "none", "Correct the map, or read the file without it."
    ),
    "ragged_row": ProblemText(
        "", "as many cells as the heading has", "more", "The cells past the last heading were not read."
    ),
}
KINDS |= {
    f"{order.after}_before_{order.before}": ProblemText(
        order.after,
        f"{order.after} not before {order.before}",
        "the other way round",
        "Check both times" + ("; how long the person was held is answered as cannot tell." if order.holds else "."),
    )
    for order in orders()
}
KINDS |= {
    f"unknown_{field}": ProblemText(
        field,
        "one of " + ", ".join(codes(field)),
        "another word, or two words in one case",
        "What rests on it is answered as cannot tell.",
    )
    for field in code_fields()
}
KINDS |= {
    f"{one.event}_untimed": ProblemText(
        one.event,
        f"the time of {one.event}, which {listed(one.cells, 'or')} says there was",
        "a blank",
        "Give the time; what rests on it is answered as cannot tell.",
    )
    for one in companions()
}
declare_kinds("custody", {kind: f"Expected {said.expected}; found {said.found}." for kind, said in KINDS.items()})


def problem(
    file: Path | str, row: int | None, column: str, kind: str, *, found: str = "", case: str | None = None
) -> CaseProblem:
    """A problem of a kind, at a row and column of a file; of the file where it has no row."""
    said = KINDS[kind]
    named, what = column or said.column or None, found or said.found
    return CaseProblem(kind, str(file), None, row or None, named, said.expected, what, said.remedy, case=case)
