"""Complete news stories, each statement labeled from the record by who wrote them before they were run.

    python -m benchmarks.stories [FILE ...]

A file (``benchmarks/data/claim_stories_*.yml``) has stories with an ``id``, a ``date``, a ``text`` and ``claims``: the
words that say something (``said``, once in the text), its ``figure`` (a rank, a multiple and a percentage too; none
where it has none), whether it is ``true``, ``false`` or ``undecidable``, and ``why``. For each file it prints how many
of the true statements are found and supported, how many of the false ones are found and contradicted, how many fit
without being decided, and every accusation of what no label calls false. The stories of a file whose first line says so
were not used for building before their first run.
"""

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ledger287
from ledger287.core import declared
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Answer

DATA = Path(__file__).parent / "data"
RIGHT = ("supported", "arithmetic_holds")
WRONG = ("contradicted", "was_true", "became_true", "arithmetic_fails")
FITTING = ("figure_fits", "supported_if")


@dataclass(frozen=True)
class Label:
    """A labeled statement and where it is in the checked text."""

    said: str
    figure: float | None
    truth: str
    start: int
    end: int

    def holds(self, answer: Answer) -> bool:
        """Whether an answer is on this statement: within its words, and of its figure where both have one."""
        claim = answer.claim
        spans = [claim.figure.span if claim.figure else claim.span]
        if claim.shape == "holds" and claim.when.span:  # of an agency, by when: which joined in May, signed in June
            spans.append(claim.when.span)
        if not any(span.start < self.end and self.start < span.end for span in spans):
            return False
        if claim.figure is None:  # "has none", "holds all three": answered of the agency that is named
            return self.figure is None or claim.shape == "holds"
        counted_out = claim.figure.said.lower().startswith("all but")  # all but two of 15: the answer has thirteen
        return self.figure is None or counted_out or abs(claim.figure.value - self.figure) < 1e-6


def labels_of(row: dict[str, Any], text: str) -> list[Label]:
    """The labels of a story with their places; a statement whose words the cleaned text lacks is an error."""
    found = []
    for claim in row["claims"]:
        start = text.find(claim["said"])
        if text.count(claim["said"]) != 1:
            raise SystemExit(f"{row['id']}: give words that are once in the text, found “{claim['said']}”")
        figure = None if claim["figure"] is None else float(claim["figure"])
        found.append(Label(claim["said"], figure, str(claim["truth"]).lower(), start, start + len(claim["said"])))
    return found


def outcome(label: Label, answers: list[Answer]) -> str:
    """How a statement was answered: supported, contradicted, fits, open or not found."""
    verdicts = {one.verdict for one in answers if label.holds(one)}
    if not verdicts:
        return "not found"
    if verdicts & {*WRONG}:
        return "contradicted"
    if verdicts & {*RIGHT}:
        return "supported"
    return "fits" if verdicts & {*FITTING} else "open"


def score(path: Path, checker: Checker) -> None:
    """Print the table of one file, and each accusation without a false label."""
    counts: Counter[tuple[str, str]] = Counter()
    accused, sound, unsound = 0, 0, []
    for row in declared.read_yaml(path.read_text(encoding="utf-8")):
        checked = checker.check(read_article(row["text"].encode(), row["id"], month_or_day(str(row["date"]))))
        labels, answers = labels_of(row, checked.article.text), list(checked.answers)
        counts.update((label.truth, outcome(label, answers)) for label in labels)
        for one in answers:
            if one.verdict in WRONG:
                accused += 1
                false = any(label.truth == "false" and label.holds(one) for label in labels)
                sound += false
                said = checked.article.text[one.claim.span.start : one.claim.span.end]
                unsound += [] if false else [f"{row['id']}: {said}: {one.verdict}, {one.reason}"]
        unsound += [f"{row['id']}: in conflict, {one.reason}" for one in checked.conflicts]
    kinds = ("supported", "contradicted", "fits", "open", "not found")
    print(f"\n{path.name}\n{'':12} {'all':>5} " + " ".join(f"{kind:>12}" for kind in kinds))
    for truth in ("true", "false", "undecidable"):
        row_of = [counts[truth, kind] for kind in kinds]
        print(f"{truth:12} {sum(row_of):>5} " + " ".join(f"{number:>12}" for number in row_of))
    print(f"{sound} of {accused} accusations are of what a label calls false")
    for line in unsound:
        print(f"  {line}")


def main() -> None:
    """Print the tables of the files that are given, else of all."""
    checker = Checker(ledger287.open())
    for path in [Path(one) for one in sys.argv[1:]] or sorted(DATA.glob("claim_stories_*.yml")):
        score(path, checker)


if __name__ == "__main__":
    main()
