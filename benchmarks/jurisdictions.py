"""How well agencies are placed: precision and recall of kind, county and ORI by kind, on labeled agencies.

``data/jurisdictions.csv`` holds 351 agencies, drawn at random and with the hard kinds added. Two labelers labeled each
without seeing the other's labels; where they differ, ``why`` says how it was settled. A field settled as ``unsure`` is
shown, not scored.

A value is right when it equals the label; several counties must all be there. Precision is the share of right ones
among the values given, recall among the values labeled. For the kind, precision is by the kind that was answered,
recall by the kind that was labeled. Since a committed decision may have been made with knowledge of the label, three
ways are printed: the rules alone, with decisions, and with decisions but without the labeled agencies that have one.

``python -m benchmarks.jurisdictions`` prints the tables.
"""

import csv
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ledger287.ledger.store.folder import open_record
from ledger287.places.gazetteer.geography import geography
from ledger287.places.jurisdictions.deciding import (
    NO_DECISIONS,
    Decisions,
    Jurisdiction,
    committed_decisions,
    resolve_all,
    unmatched,
)
from ledger287.places.jurisdictions.kinds import KINDS
from ledger287.places.jurisdictions.of_record import facts_of

LABELS = Path(__file__).parent / "data" / "jurisdictions.csv"
FIELDS = ("kind", "county_fips", "ori")
UNSURE = "unsure"


@dataclass(frozen=True)
class Label:
    """A labeled agency: settled values by field, and on which fields the labelers agreed."""

    agency_id: str
    name: str
    values: dict[str, str]
    agreed: dict[str, bool]


@dataclass(frozen=True)
class Tally:
    """Values labeled, given, and given correctly."""

    labeled: int
    given: int
    right_of_labelled: int
    right_of_given: int

    @property
    def precision(self) -> float | None:
        return self.right_of_given / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        return self.right_of_labelled / self.labeled if self.labeled else None


def labels() -> list[Label]:
    """The labeled agencies."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return [
            Label(
                row["agency_id"],
                row["name"],
                {name: row[name] for name in FIELDS},
                {name: row[f"first_{name}"] == row[f"second_{name}"] for name in FIELDS},
            )
            for row in csv.DictReader(file)
        ]


def answered(decisions: Decisions) -> dict[str, Jurisdiction]:
    """Every agency of the shipped record, resolved from nothing."""
    found = resolve_all(facts_of(open_record()), geography(), decisions)
    return {one.agency_id: one for one in found}


def value(one: Jurisdiction, name: str) -> str:
    """The value answered, written as labels are."""
    return {"kind": one.kind, "county_fips": ";".join(sorted(one.counties)), "ori": one.ori or ""}[name]


def tally(name: str, of: Iterable[Label], answers: dict[str, Jurisdiction]) -> Tally:
    """How often a field is labeled, given and right; agencies with an unsure label left out."""
    pairs = [(one.values[name], value(answers[one.agency_id], name)) for one in of if one.values[name] != UNSURE]
    right = sum(label == answer and label != "" for label, answer in pairs)
    return Tally(sum(label != "" for label, _ in pairs), sum(answer != "" for _, answer in pairs), right, right)


def kind_tally(kind: str, of: list[Label], answers: dict[str, Jurisdiction]) -> Tally:
    """The same for one kind: given where the answer is that kind, labeled where the label is."""
    labeled = [one for one in of if one.values["kind"] == kind]
    given = [one for one in of if answers[one.agency_id].kind == kind]
    right = sum(answers[one.agency_id].kind == kind for one in labeled)
    return Tally(len(labeled), len(given), right, right)


def wrong(of: list[Label], answers: dict[str, Jurisdiction]) -> list[str]:
    """Every value that differs from its label, in words."""
    return [
        f"{one.name} ({one.agency_id}): {name} {value(answers[one.agency_id], name) or 'none'}, "
        f"labelled {one.values[name] or 'none'}"
        for one in of
        for name in FIELDS
        if one.values[name] not in (UNSURE, value(answers[one.agency_id], name))
    ]


def scores(of: list[Label], answers: dict[str, Jurisdiction]) -> list[tuple[str, int, tuple[Tally, ...]]]:
    """A line for each kind that is labeled, and one for all: kind, county, ORI."""
    lines = []
    for kind in KINDS:
        mine = [one for one in of if one.values["kind"] == kind]
        if mine:
            fields = (tally("county_fips", mine, answers), tally("ori", mine, answers))
            lines.append((kind, len(mine), (kind_tally(kind, of, answers), *fields)))
    return [*lines, ("all", len(of), tuple(tally(name, of, answers) for name in FIELDS))]


def show(title: str, of: list[Label], answers: dict[str, Jurisdiction]) -> None:
    """Print one table and what is wrong."""
    percent: Callable[[float | None], str] = lambda share: "-" if share is None else f"{share:.1%}"  # noqa: E731
    print(f"\n{title}: {len(of)} agencies")
    print(f"  {'precision and recall of':<28}{'n':>4}{'kind':>16}{'county':>16}{'ORI':>16}")
    for kind, number, tallies in scores(of, answers):
        cells = "".join(f"{percent(one.precision):>8}{percent(one.recall):>8}" for one in tallies)
        print(f"  {kind:<28}{number:>4}{cells}")
    for line in wrong(of, answers):
        print(f"  not as labelled: {line}")


def main() -> None:
    """Print the agreement of the labelers, the three tables, what is unmatched, and the time."""
    labeled = labels()
    for name in FIELDS:
        agreed = sum(one.agreed[name] for one in labeled)
        print(f"the two labellers agree on {name} of {agreed} of {len(labeled)} ({agreed / len(labeled):.1%})")
    unsure = [f"{one.name}: {name}" for one in labeled for name in FIELDS if one.values[name] == UNSURE]
    print(f"unsure, and not scored: {'; '.join(unsure)}")
    judged = committed_decisions()
    show("rules alone", labeled, answered(NO_DECISIONS))
    answers = answered(judged)
    show("rules and judgements", labeled, answers)
    unjudged = [one for one in labeled if one.agency_id not in judged]
    show("rules and judgements, labelled agencies with a judgement left out", unjudged, answers)
    missing = unmatched(answers.values())
    print(f"\nof all {len(answers):,} agencies of the record:")
    for name in ("kind", "county", "ori"):
        print(f"  without {name}: {sum(name in one.missing for one in missing)}")
    started = time.perf_counter()
    answered(judged)
    print(f"resolving all of them from nothing, tables loaded: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
