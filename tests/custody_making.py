"""Makes cases for the tests of custody. Every case is synthetic: numbers and times come from a seeded generator.

``cases`` gives cases whose events crowd around the ends of clocks, with events that are missing, unclear or in
the wrong order; ``columns_of`` gives the same cases as the columns of a table.
"""

import random
from collections.abc import Iterator
from typing import Any

from ledger287.custody.batch.plans.plan import FIELDS, TIMES
from ledger287.custody.case.facts import Case, model_mask
from ledger287.custody.case.vocabulary import codes, number

HOUR = 3600
BRIEF_JAVA = {
    "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
    "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote",
    "SPARK_DRIVER_MEMORY": "2g",
    "SPARK_SUBMIT_OPTS": "-Xms2g -Xmn1300m -XX:MetaspaceSize=300m",
}
"""For Java that runs a minute: the compiler that optimizes what runs for hours, a parallel collector, and checking the
classes of Spark's own archives cost more processor time than everything else. The process that plans the queries has
room for what planning leaves behind: in a gigabyte, a sixth of its time is spent on clearing up.
"""
OFFICERS = ("synthetic-7", "synthetic-12", "synthetic-30", "synthetic-99", None)
STATES = ("FL", "TX", "CO", "CA", "IL", "MD", "NC", "NH", "?", None)
ZONES = ("America/Chicago", "America/New_York", "America/Phoenix", "America/Denver", None)
ANCHORS = (
    1259000000, 1488000000, 1491105600, 1559023200, 1609459200, 1624000000, 1630472400, 1733029200, 1741503600,
    1741064400, 1751554800, 1759291200, 1762064400, 1767243600, 1771304400, 1780286400,
)  # fmt: skip
"""Times around which law, clocks or days change; cases are scattered around them."""
NEAR = (0, 1, -1, 60, HOUR, 2 * HOUR, 24 * HOUR, 48 * HOUR, 48 * HOUR + 1, 48 * HOUR - 1, 96 * HOUR, 120 * HOUR)


def cases(count: int, seed: int) -> Iterator[Case]:
    """A number of synthetic cases, the same for the same seed."""
    rng = random.Random(seed)
    for place in range(count):
        yield made_up_case(rng, place)


def made_up_case(rng: random.Random, place: int) -> Case:
    """One synthetic case."""
    start = rng.choice(ANCHORS) + rng.choice((0, rng.randrange(-4 * 86400, 4 * 86400), rng.choice(NEAR)))
    at: dict[str, int] = {}
    for event, chance, spread in _SHAPE:
        if rng.random() < chance:
            at[event] = start + (rng.choice(NEAR) if rng.random() < 0.5 else rng.randrange(*spread))
    if rng.random() < 0.01:
        at["released"] = start + rng.choice((-1, 1)) * 400 * 86400
    if "ice_took_person" in at and "released" in at and rng.random() < 0.6:
        at["released"] = at["ice_took_person"] + rng.choice((0, 60, 3600, 3601))
    unclear = frozenset(event for event in TIMES if event not in at and rng.random() < 0.02)
    coded = {}
    for field in FIELDS:
        if rng.random() < 0.7:
            coded[field] = rng.choice((*range(1, len(codes(field)) + 1), -1))
    if rng.random() < 0.5:
        coded["detainer_form"] = number("detainer_form", "I-247A")
    problems = 0
    return Case(
        f"synthetic-{place}",
        at,
        unclear,
        state=rng.choice(STATES),
        zone=rng.choice(ZONES),
        coded=coded,
        model=model_mask(coded.get("model", 0)),
        problems=problems,
        served_by=OFFICERS[place % 7 % len(OFFICERS)],
        held_by=OFFICERS[place % 11 % len(OFFICERS)],
    )


_SHAPE: tuple[tuple[str, float, tuple[int, int]], ...] = (
    ("booked", 0.8, (-30 * 86400, 3600)),
    ("charges_cleared", 0.85, (0, 2)),
    ("detainer_received", 0.8, (-20 * 86400, 86400)),
    ("warrant_received", 0.7, (-20 * 86400, 86400)),
    ("served_on_person", 0.6, (-86400, 86400)),
    ("status_answered", 0.3, (-86400, 3 * 86400)),
    ("citizenship_claimed", 0.2, (-86400, 86400)),
    ("claim_reported", 0.2, (-86400, 2 * 86400)),
    ("ice_notified", 0.4, (-86400, 2 * 86400)),
    ("hold_started", 0.5, (-3600, 3600)),
    ("custody_passed_to_ice", 0.4, (-3600, 86400)),
    ("ice_took_person", 0.5, (0, 8 * 86400)),
    ("released", 0.5, (-3600, 8 * 86400)),
    ("interpreter_offered", 0.1, (0, 86400)),
    ("complaint_filed", 0.2, (0, 86400)),
    ("complaint_forwarded", 0.2, (0, 5 * 86400)),
    ("detainer_cancelled", 0.15, (-86400, 4 * 86400)),
    ("warrant_served", 0.2, (-86400, 86400)),
    ("judge_ordered", 0.2, (-86400, 86400)),
    ("contract_began", 0.1, (-3600, 4 * 86400)),
    ("transferred", 0.1, (0, 86400)),
    ("ice_asked_time", 0.1, (0, 3 * 86400)),
)


def columns_of(made: list[Case]) -> dict[str, list[Any]]:
    """Cases as columns of the table that the audit's expression takes, with codes by their names."""
    from ledger287.custody.batch.plans.plan import bit

    table: dict[str, list[Any]] = {
        "row": list(range(len(made))),
        "case": [case.case for case in made],
        "agency": [case.agency for case in made],
        "state": ["nowhere" if case.state == "?" else case.state for case in made],
        "zone": [case.zone for case in made],
        "unclear": [sum(map(bit, case.unclear)) for case in made],
        "served_by": [case.served_by for case in made],
        "held_by": [case.held_by for case in made],
    }
    for event in TIMES:
        table[event] = [case.at.get(event) for case in made]
    for field in FIELDS:
        names = {0: None, -1: "made-up word", **dict(enumerate(codes(field), 1))}
        table[field] = [names[case.code(field)] for case in made]
    return table


def entries_of(case: Case, seed: int) -> list[Any]:
    """A case as entries of a log: an event at its time, now and then twice, at two times, or at none."""
    from ledger287.custody.batch.folds.folding import Entry
    from ledger287.custody.batch.folds.log_words import OF_EVENT

    rng = random.Random(f"{seed} {case.case}")
    state = None if case.state == "?" else case.state
    events: list[tuple[str, int | None]] = [(event, at) for event, at in case.at.items()]
    events += [(event, None) for event in case.unclear]
    for event, at in case.at.items():
        if rng.random() < 0.05:
            events.append((event, at + rng.choice((0, 0, 60))))
    events = events or [("booked", ANCHORS[0])]
    if rng.random() < 0.3:
        # Released and booked again, once or twice, and papers and answers of the later stays.
        start = case.at.get("ice_took_person", case.at.get("charges_cleared", ANCHORS[0]))
        for place in range(rng.choice((1, 1, 2))):
            shift = start + rng.choice((0, 3600, 9 * 86400)) + place * 12 * 86400
            events += [("released", shift), ("booked", shift + rng.choice((0, 0, 60, -60, 3600)))]
            more = rng.sample(TIMES, 5)
            events += [(event, shift + rng.choice((-60, 0, 30, 60, 86400, 3 * 86400))) for event in more]
    if rng.random() < 0.3:
        near = rng.choice(ANCHORS)
        for event in ("status_answered", "detainer_received", "detainer_cancelled", "served_on_person"):
            events += [(event, near + rng.choice((0, 60, 3600, -3600))) for _ in range(rng.choice((0, 1, 2, 3)))]
    rng.shuffle(events)
    found = []
    from ledger287.custody.duties.table import PROBLEM

    for event, when in events:
        coded = {}
        for name, (_, only) in OF_EVENT.items():
            if only in (None, event) and rng.random() < 0.9 and case.code(name):
                coded[name] = case.code(name) if rng.random() < 0.97 else 1
        if event == "status_answered" and rng.random() < 0.5:
            coded["status_outcome"] = rng.choice((1, 2, 3, 4, 5))
        if event == "warrant_received" and rng.random() < 0.3:
            coded["warrant_form"] = rng.choice((1, 2, 3))
        if event == "served_on_person" and rng.random() < 0.3:
            coded["warrant_form"] = rng.choice((1, 2, 3, -1))
        if event == "hold_started" and rng.random() < 0.5:
            # A line of another event may name a paper or an answer too; it has one column for the forms.
            coded |= {name: rng.choice((1, 2, -1)) for name in ("detainer_ground", "status_outcome")}
            coded[rng.choice(("detainer_form", "warrant_form"))] = rng.choice((1, 2, 3))
        problems = PROBLEM["unreadable_time"] if when is None else 0
        officer = {"served_on_person": case.served_by, "hold_started": case.held_by}.get(event, "synthetic-1")
        if officer and rng.random() < 0.1:
            officer = rng.choice((*OFFICERS, ""))
        found.append(Entry(case.case, event, when, None, state, case.zone, coded, problems, officer))
    return found


def log_columns_of(entries: list[Any]) -> dict[str, list[Any]]:
    """Entries as the columns of a log's table."""
    from ledger287.custody.batch.folds.log_words import OF_EVENT

    table: dict[str, list[Any]] = {
        "row": list(range(len(entries))),
        "case": [entry.case for entry in entries],
        "event": [entry.event for entry in entries],
        "at": [entry.at for entry in entries],
        "agency": [entry.agency for entry in entries],
        "state": [entry.state for entry in entries],
        "zone": [entry.zone for entry in entries],
        "officer": [entry.officer for entry in entries],
    }
    for column in dict.fromkeys(column for column, _ in OF_EVENT.values()):
        values = []
        for entry in entries:
            mine = [name for name, (other, only) in OF_EVENT.items() if other == column and only in (None, entry.event)]
            if column == "form" and entry.event == "served_on_person":
                mine = ["warrant_form"]
            if not mine:
                mine = [name for name, (other, _) in OF_EVENT.items() if other == column and entry.coded.get(name)]
            code = entry.coded.get(mine[0], 0) if mine else 0
            names = {0: None, -1: "made-up word", **dict(enumerate(codes(mine[0]), 1))} if mine else {0: None}
            values.append(names[code])
        table[column] = values
    return table
