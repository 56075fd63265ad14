"""The claim checker on real sentences: figures found, readings right, verdicts right, counted per claim.

What enters: ../shared/claims/sentences.jsonl and data/claim_labels.yml, labelled by hand before the checker was run
on them. Each sentence is checked alone, with its article's date. What leaves: the figures, and every miss.
``python -m benchmarks.claims [SHARED]``; and the speed on an article of 1,000 words made of made-up sentences.
"""

import hashlib
import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import ledger287
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Answer

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"
CONFIDENT = {"supported", "contradicted", "arithmetic_holds", "arithmetic_fails"}


@dataclass(slots=True)
class Score:
    """Counts over claims, and what was missed."""

    figures: int = 0
    found: int = 0
    reading: int = 0
    verdict: int = 0
    confident: int = 0
    wrong: int = 0
    invented: int = 0
    misses: list[str] = field(default_factory=list)


def sentences(shared: Path) -> Iterator[tuple[int, dict[str, Any], list[dict[str, Any]]]]:
    """Line, sentence and labels. Raises ValueError where a label's hash is of another sentence."""
    lines = (shared / "claims" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    for label in yaml.safe_load((HERE / "data" / "claim_labels.yml").read_text(encoding="utf-8")):
        row = json.loads(lines[label["line"] - 1])
        if hashlib.sha256(row["sentence"].encode()).hexdigest() != label["sha256"]:
            raise ValueError(f"line {label['line']}: the label is of another sentence")
        yield label["line"], row, label["claims"]


def measured(answer: Answer) -> set[str]:
    """The measure of an answer, in the words of the labels."""
    measure, shape = answer.measure, answer.claim.shape
    found = {measure, shape, answer.claim.unit}
    if shape in ("growth", "multiple"):
        found |= {"growth_percent", "multiple"}
    if shape == "signed":
        found = {"joined", "agencies.signed"} if "agencies" in measure else {"joined", "agreements.signed"}
        found |= {
            f"{answer.claim.unit}.signed",
            "joined",
            "agreements.signed" if answer.claim.unit == "partnerships" else "",
        }
    elif shape == "count" and answer.claim.note == "pending_or_signed":
        found = {"pending_or_signed"}
    elif answer.claim.pending:
        found = {"pending"}
    elif shape == "total":
        found = {"counties.total"}
    elif shape == "holds":
        found = {"agency.signed" if measure == "signed_on" else "agency.holds"}
    elif answer.claim.rank == "only":
        found = {"only"}
    return found


def right_reading(answer: Answer, label: dict[str, Any]) -> bool:
    """Whether an answer takes the claim as the label does: measure, place, model and days."""
    claim = answer.claim
    if not measured(answer) & set(str(label["measure"]).split()):
        return False
    if claim.shape in ("other", "law", "holds") or claim.rank == "only":
        return True
    places = set(str(label["place"]).split())
    if "?" in places:
        placed = not claim.where.states and not claim.where.known
    elif places == {"US"}:
        placed = not claim.where.states
    else:
        placed = set(claim.where.states) == places or (answer.requires is not None and not claim.where.states)
    if not placed or (label.get("model") or None) != claim.model:
        return False
    if not label.get("days") or not claim.when.windows:
        return True
    first, last = (date.fromisoformat(part) for part in str(label["days"]).split(".."))
    return any(one.first <= last and one.last >= first for one in claim.when.windows)


def matching(answers: list[Answer], label: dict[str, Any]) -> Answer | None:
    """The answer on a label's figure; of several with one value, that of the right reading."""
    value = label["figure"]
    same = [
        answer
        for answer in answers
        if (value is None and (answer.claim.figure is None or answer.claim.rank == "only"))
        or (
            value is not None
            and answer.claim.figure
            and abs(answer.claim.figure.value - value) <= 0.01 * max(value, 1)
            and answer.claim.rank != "only"
        )
    ]
    return next((answer for answer in same if right_reading(answer, label)), same[0] if same else None)


def score(shared: Path, checker: Checker) -> Score:
    """Check every sentence and compare."""
    total = Score()
    for line, row, labels in sentences(shared):
        day = month_or_day(row["date"]) if row["date"] else None
        answers = list(checker.check(read_article(row["sentence"].encode(), f"line {line}", day)).answers)
        used: list[int] = []
        for label in labels:
            answer = matching([one for one in answers if id(one) not in used], label)
            total.figures += 1
            if answer is None and label["measure"] == "law":
                answer = next((one for one in answers if one.verdict == "law"), None)
            if answer is None:
                total.misses.append(f"line {line}: {label['figure']} not found")
                continue
            used.append(id(answer))
            _compare(total, line, label, answer)
        extra = [one for one in answers if id(one) not in used and one.verdict in CONFIDENT]
        total.invented += len(extra)
        total.misses += [
            f"line {line}: {one.claim.figure.said if one.claim.figure else one.meaning} not labelled: "
            f"{one.verdict}, {one.measure}"
            for one in extra
        ]
    return total


def _compare(total: Score, line: int, label: dict[str, Any], answer: Answer) -> None:
    total.found += 1
    good = right_reading(answer, label) or answer.verdict == "law" == label["measure"]
    total.reading += good
    verdict = "was_true" if answer.verdict == "became_true" else answer.verdict
    fits = verdict in str(label["verdict"]).split()
    total.verdict += fits
    total.confident += verdict in CONFIDENT
    total.wrong += verdict in CONFIDENT and not fits
    if not good:
        claim = answer.claim
        when = ", ".join(str(one) for one in claim.when.windows[:2])
        total.misses.append(
            f"line {line}: {label['figure']} read as {answer.measure} {' '.join(claim.where.states) or 'US'} "
            f"{claim.model or ''} {when}, expected {label['measure']} {label['place']} {label.get('model', '')} "
            f"{label.get('days', '')}"
        )
    if not fits:
        loud = "WRONG " if verdict in CONFIDENT else ""
        total.misses.append(
            f"line {line}: {label['figure']} {loud}{answer.verdict}, expected {label['verdict']} ({answer.reason})"
        )


ARTICLE = (
    "By 14 August 2025, ICE had signed 895 agreements with 740 agencies in 40 states under the 287(g) program. "
    "Florida had 317 of them, more than any other state, and Texas had 137. The sheriff said that the county "
    "would decide next month. "
    "That is up from 135 agreements when President Trump took office in January, an increase of 563%. Critics "
    "say the program breeds fear. "
    "About a third of the agreements follow the warrant service officer model. Residents filled the hall until "
    "late in the evening. "
)


def speed(checker: Checker) -> tuple[float, float]:
    """Seconds for an article of 1,000 words once the record is in memory (median of 9), and for the first."""
    words = len(ARTICLE.split())
    text = "\n\n".join([ARTICLE] * (1000 // words + 1))
    article = read_article(text.encode(), "made up", month_or_day("2025-08-20"))
    times = []
    for _ in range(10):
        began = time.perf_counter()
        checker.check(read_article(text.encode(), article.name, article.published))
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:]), times[0]


def main() -> None:
    """Print the figures and the misses."""
    checker = Checker(ledger287.open())
    warm, first = speed(checker)
    total = score(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED, checker)
    print(f"claims labelled                 {total.figures}")
    print(f"figures found                   {total.found / total.figures:6.1%}   (goal 95 %)")
    print(f"right reading                   {total.reading / total.figures:6.1%}   (goal 90 %)")
    print(f"right verdict                   {total.verdict / total.figures:6.1%}")
    print(
        f"wrong confident verdicts        {total.wrong / total.figures:6.1%}   (goal at most 3 %; {total.wrong} "
        f"of {total.confident} confident)"
    )
    print(f"confident on figures not labelled {total.invented}")
    print(
        f"an article of 1,000 words       {warm * 1000:.0f} ms (the first {first * 1000:.0f} ms; goal 150 ms "
        f"after start)"
    )
    print("\nmisses:")
    for miss in total.misses:
        print("  " + miss)


if __name__ == "__main__":
    main()
