"""How well spellings are distinguished: precision and recall on labeled pairs, without and with identity decisions.

``data/identity_pairs.csv`` holds pairs of spellings drawn from the lists, hard ones over-represented.
Two labelers labeled each pair without seeing the other's labels, by looking at both sides: the rows,
days and documents printed under each name. Pairs that both left ``unsure`` are shown, not scored.

``python -m benchmarks.identity`` prints the table.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from ledger287.ledger.fold.folding import Fold, fold
from ledger287.ledger.identity.agencies import (
    NO_DECISIONS,
    AgencyDecisions,
    Identity,
    committed_decisions,
    judged_likeness,
)
from ledger287.ledger.store.as_printed import printed_lists
from ledger287.ledger.store.folder import open_record
from ledger287.sources.ice_lists import values
from ledger287.sources.ice_lists.printed import PrintedList

PAIRS = Path(__file__).parent / "data" / "identity_pairs.csv"


@dataclass(frozen=True)
class Pair:
    """Two spellings (state and name as printed) and whether they name one agency."""

    one: tuple[str, str]
    other: tuple[str, str]
    label: str
    agreed: bool


@dataclass(frozen=True)
class Score:
    """True merges, false merges and missed ones of one way to tell."""

    way: str
    merged: int
    false: tuple[Pair, ...]
    missed: tuple[Pair, ...]

    @property
    def precision(self) -> float:
        return self.merged / (self.merged + len(self.false))

    @property
    def recall(self) -> float:
        return self.merged / (self.merged + len(self.missed))


def pairs() -> list[Pair]:
    """The labeled pairs."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [
            Pair(
                (row["a_state"], row["a_name"]),
                (row["b_state"], row["b_name"]),
                row["label"],
                row["first_labeller"] == row["second_labeller"],
            )
            for row in csv.DictReader(file)
        ]


def by_rules(decisions: AgencyDecisions) -> dict[Pair, bool]:
    """Each pair by the rules and identity decisions alone, from the two printed spellings."""
    answered = {}
    for pair in pairs():
        one, other = values.state(pair.one[0]).value or "", values.state(pair.other[0]).value or ""
        answered[pair] = judged_likeness(one, pair.one[1], other, pair.other[1], decisions) == "same"
    return answered


def by_folding(lists: list[PrintedList]) -> dict[Pair, bool]:
    """Each pair by folding all lists from nothing: rules, identity decisions and corrections, no registry."""
    agencies = spellings(fold(lists, Identity((), committed_decisions())))
    nothing: frozenset[str] = frozenset()
    return {pair: bool(agencies.get(pair.one, nothing) & agencies.get(pair.other, nothing)) for pair in pairs()}


def spellings(folded: Fold) -> dict[tuple[str, str], frozenset[str]]:
    """Each printed spelling with its agencies; rows that a correction gives to another agency left out."""
    found: dict[tuple[str, str], set[str]] = {}
    for meant in folded.meant.values():
        moved = meant and any(reading.field == "agency" for reading in meant.statement.applied)
        if meant and meant.row.state and meant.row.agency and not moved:
            found.setdefault((meant.row.state, meant.row.agency), set()).add(meant.agency_id)
    return {key: frozenset(ids) for key, ids in found.items()}


def score(way: str, answered: dict[Pair, bool]) -> Score:
    """Compare the answers with the labels."""
    sure = {pair: same for pair, same in answered.items() if pair.label != "unsure"}
    return Score(
        way,
        sum(same and pair.label == "same" for pair, same in sure.items()),
        tuple(pair for pair, same in sure.items() if same and pair.label == "different"),
        tuple(pair for pair, same in sure.items() if not same and pair.label == "same"),
    )


def main() -> None:
    labeled = pairs()
    lists = printed_lists(open_record())
    scores = [
        score("rules alone", by_rules(NO_DECISIONS)),
        score("rules and judgements", by_rules(committed_decisions())),
        score("folding all lists from nothing", by_folding(lists)),
    ]
    count = {label: sum(pair.label == label for pair in labeled) for label in ("same", "different", "unsure")}
    print(f"{len(labeled)} pairs: {count['same']} same, {count['different']} different, {count['unsure']} unsure")
    print(f"the two labellers agree on {sum(pair.agreed for pair in labeled)} of {len(labeled)}\n")
    print(f"{'':<32}{'precision':>10}{'recall':>8}{'false merges':>14}{'missed':>8}")
    for found in scores:
        print(
            f"{found.way:<32}{found.precision:>10.1%}{found.recall:>8.1%}{len(found.false):>14}{len(found.missed):>8}"
        )
    for pair in scores[-1].missed:
        print(f"  missed: {pair.one} and {pair.other}")
    for pair in scores[-1].false:
        print(f"  false merge: {pair.one} and {pair.other}")


if __name__ == "__main__":
    main()
