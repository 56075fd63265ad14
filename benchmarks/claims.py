"""The claim checker on real sentences, set by set and construction by construction: found, read, judged, firmly wrong.

What enters: ../shared/claims/sentences.jsonl with data/claim_labels.yml, `../shared/claims/labelled.jsonl` where it
exists, and data/claim_fresh.yml, claim_blind.yml and claim_fresh_es.yml where they are; all labeled before the checker
was run on them. Each sentence is checked alone, with its article's date. What leaves: the figures of each set, and
every miss. ``python -m benchmarks.claims [SHARED]``; and the speed on a synthetic article of 1,000 words.
"""

import hashlib
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import ledger287
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.factcheck.verdicts.answers import Answer

HERE = Path(__file__).resolve().parent
BLIND = tuple(f"claim_blind_{name}.yml" for name in (*range(2, 16), "es", *(f"es_{number}" for number in range(2, 14))))
SHARED = HERE.parents[1] / "shared"
CONFIDENT = {"supported", "contradicted", "arithmetic_holds", "arithmetic_fails"}
ACCUSING = {"contradicted", "arithmetic_fails"}
ABSTAINING = {"cannot_tell", "figure_fits"}


@dataclass(slots=True)
class Counts:
    """Counts over the claims of a set or of one construction."""

    figures: int = 0
    found: int = 0
    reading: int = 0
    verdict: int = 0
    confident: int = 0
    wrong: int = 0
    accusing: int = 0
    sound: int = 0
    decidable: int = 0
    decided: int = 0

    def line(self, name: str) -> str:
        """One line of the table."""
        whole = self.figures or 1
        shares = [f"{100 * part / whole:5.0f}%" for part in (self.found, self.reading, self.verdict, self.wrong)]
        decided = f"{100 * self.decided / self.decidable:5.0f}%" if self.decidable else "    –"
        return f"{name:24} {self.figures:5} {' '.join(shares)}  {self.sound:3} of {self.accusing:3}  {decided}"


@dataclass(slots=True)
class Score(Counts):
    """Counts over a set, by construction, and what was missed."""

    invented: int = 0
    kinds: dict[str, Counts] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)


def sentences(shared: Path) -> Iterator[tuple[int, dict[str, Any], list[dict[str, Any]]]]:
    """Line, sentence and labels. Raises ValueError where a label's hash is of another sentence."""
    lines = (shared / "claims" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    for label in declared.read_yaml((HERE / "data" / "claim_labels.yml").read_text(encoding="utf-8")):
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
    elif shape == "count" and answer.claim.sense == "pending_or_signed":
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


NUMERAL = re.compile(r"(?i)\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b")


def in_words(answer: Answer) -> bool:
    """Whether a claim is a statement without a figure: no agency, every agreement, half of them, the first, a name."""
    figure = answer.claim.figure
    return figure is None or not NUMERAL.search(figure.said) or answer.claim.shape in ("share", "multiple", "rank")


def matching(answers: list[Answer], label: dict[str, Any]) -> Answer | None:
    """The answer on a label's figure; of several with one value, that of the right reading.

    A share may be labeled as a part of one (0.5 for "half"). A figure that is the year or the number of models of a
    named agency's statement ("signed in 2020", "all three models") is that statement's, where no count has it.
    """
    value = label["figure"]
    same = [
        answer
        for answer in answers
        if (value is None and (answer.claim.rank == "only" or in_words(answer)))
        or (value is not None and _has(answer, value) and answer.claim.rank != "only")
    ]
    if not same and value is not None:
        same = [answer for answer in answers if _says(answer, value)]
    same.sort(key=lambda answer: answer.measure == "other")  # what was not compared is last
    return next((answer for answer in same if right_reading(answer, label)), same[0] if same else None)


def _has(answer: Answer, value: float) -> bool:
    figure = answer.claim.figure
    if figure is None:
        return False
    part = answer.claim.shape == "share" and value < 1
    return abs(figure.value / (100 if part else 1) - value) <= (0.01 if part else 0.01 * max(value, 1))


def _says(answer: Answer, value: float) -> bool:
    """Whether a statement without a figure of its own has a number in what it states of an agency."""
    claim = answer.claim
    if claim.sense == "threshold" and claim.whole is not None and claim.whole.value == value:
        return True  # no state has as many as 70: the states that have so many
    if claim.shape != "holds" and claim.rank != "only":
        return False
    if value == 0 and claim.sense in ("absent", "never"):
        return True  # that a named agency has none
    dated = f"{value:g}" in claim.when.said or any(days.first.year == value for days in claim.when.windows)
    return dated or (value == 3 and "all" in claim.under) or (value == 1 and claim.rank == "only")


def score(shared: Path, checker: Checker) -> Score:
    """Check every sentence of the first set and compare."""
    total = Score()
    for line, row, labels in sentences(shared):
        _checked(total, checker, f"line {line}", row["sentence"], row["date"], labels)
    return total


def score_labelled(path: Path, checker: Checker) -> Score:
    """The sentences of `../shared/claims/labelled.jsonl`, whose labels give figure and verdicts, but no reading."""
    total = Score()
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        labels = [
            {"figure": _value(one["figure"]), "verdict": " ".join(one["admissible"]), "measure": "",
             "construction": _construction(one["figure"])}
            for one in row["claims"]
        ]  # fmt: skip
        _checked(total, checker, row["id"], row["sentence"], row["date"], labels)
    return total


def score_fresh(path: Path, checker: Checker) -> Score:
    """A set whose file holds its own sentences, in the form of claim_labels.yml."""
    total = Score()
    for at, row in enumerate(declared.read_yaml(path.read_text(encoding="utf-8")), 1):
        _checked(total, checker, f"sentence {at}", row["sentence"], row.get("date"), row["claims"])
    return total


def _value(said: str) -> float | None:
    found = re.match(r"\$?([\d,]+(?:\.\d+)?)", said)
    return float(found[1].replace(",", "")) if found else None


def _construction(said: str) -> str:
    if said.endswith("%"):
        return "percentage"
    if re.fullmatch(r"\d+(?:st|nd|rd|th)", said):
        return "ordinal"
    return "count" if _value(said) is not None else "named, or in words"


def _checked(
    total: Score, checker: Checker, name: str, text: str, published: Any, labels: list[dict[str, Any]]
) -> None:
    """Check one sentence and compare its answers with its labels."""
    day = month_or_day(str(published)) if published else None
    try:
        answers = list(checker.check(read_article(text.encode(), name, day)).answers)
    except Refused as refused:
        total.misses.append(f"{name}: {refused}")
        answers = []
    used: list[int] = []
    for label in sorted(labels, key=lambda one: one["figure"] is None):
        kinds = [total, total.kinds.setdefault(_kind(label), Counts())]
        answer = matching([one for one in answers if id(one) not in used], label)
        verdicts = set(str(label["verdict"]).split())
        decidable = bool(verdicts & CONFIDENT) and not verdicts & {"cannot_tell", "not_in_record"}
        for one in kinds:
            one.figures += 1
            one.decidable += decidable
        if answer is None and "law" in (label["measure"], label.get("construction")):
            answer = next((one for one in answers if one.verdict == "law"), None)
        if answer is None:
            total.misses.append(f"{name}: {label['figure']} not found")
            continue
        used.append(id(answer))
        for one in kinds:
            _compare(one, label, answer, decidable)
        _add_answer(total, name, label, answer)
    extra = [one for one in answers if id(one) not in used and one.verdict in CONFIDENT]
    total.invented += len(extra)
    total.misses += [f"{name}: {_shown(one)} not labelled: {one.verdict}, {one.measure}" for one in extra]


def _kind(label: dict[str, Any]) -> str:
    return str(label.get("construction") or str(label["measure"]).split(".")[0].split()[0])


def _shown(answer: Answer) -> str:
    return answer.claim.figure.said if answer.claim.figure else answer.meaning


def _fits(answer: Answer, label: dict[str, Any]) -> bool:
    """Whether a verdict is admitted; one that only withholds is where "cannot tell" is."""
    verdict = "was_true" if answer.verdict == "became_true" else answer.verdict
    admitted = set(str(label["verdict"]).split())
    return verdict in admitted or (verdict in ABSTAINING and "cannot_tell" in admitted)


def _compare(counts: Counts, label: dict[str, Any], answer: Answer, decidable: bool) -> None:
    fits, firm = _fits(answer, label), answer.verdict in CONFIDENT
    counts.found += 1
    counts.reading += not label["measure"] or _is_read(answer, label)
    counts.verdict += fits
    counts.confident += firm
    counts.wrong += firm and not fits
    counts.accusing += answer.verdict in ACCUSING
    counts.sound += answer.verdict in ACCUSING and fits
    counts.decided += decidable and answer.verdict not in ABSTAINING


def _is_read(answer: Answer, label: dict[str, Any]) -> bool:
    return right_reading(answer, label) or answer.verdict == "law" == label["measure"]


def _add_answer(total: Score, name: str, label: dict[str, Any], answer: Answer) -> None:
    if label["measure"] and not _is_read(answer, label):
        claim = answer.claim
        when = ", ".join(str(one) for one in claim.when.windows[:2])
        total.misses.append(
            f"{name}: {label['figure']} read as {answer.measure} {' '.join(claim.where.states) or 'US'} "
            f"{claim.model or ''} {when}, expected {label['measure']} {label.get('place', '')} "
            f"{label.get('model', '')} {label.get('days', '')}"
        )
    if not _fits(answer, label):
        loud = "WRONG " if answer.verdict in CONFIDENT else ""
        total.misses.append(
            f"{name}: {label['figure']} {loud}{answer.verdict}, expected {label['verdict']} ({answer.reason})"
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
    article = read_article(text.encode(), "synthetic", month_or_day("2025-08-20"))
    times = []
    for _ in range(10):
        began = time.perf_counter()
        checker.check(read_article(text.encode(), article.name, article.published))
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:]), times[0]


def report(name: str, total: Score) -> None:
    """A set's table, by construction."""
    print(f"\n{name}")
    print(f"{'construction':24} claims  found   read verdict  wrong  accused     decided")
    for kind, counts in sorted(total.kinds.items()):
        print(counts.line(kind))
    print(total.line("all"))
    print(f"{total.confident} firm; {total.invented} firm on what is not labelled")
    print("decided: of those that only a firm verdict answers rightly, those not withheld")


def main() -> None:
    """Print the figures of every set, and the misses."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    checker = Checker(ledger287.open())
    warm, first = speed(checker)
    sets = [("sentences.jsonl, at hand while the rules were written", score(shared, checker))]
    labeled, fresh = shared / "claims" / "labelled.jsonl", HERE / "data" / "claim_fresh.yml"
    spanish = HERE / "data" / "claim_fresh_es.yml"
    if labeled.exists():
        sets.append(("labelled.jsonl, at hand while the rules were written", score_labelled(labeled, checker)))
    if fresh.exists():
        sets.append(("claim_fresh.yml, labelled by another person before the run", score_fresh(fresh, checker)))
    blind = HERE / "data" / "claim_blind.yml"
    if blind.exists():
        sets.append(("claim_blind.yml, labelled blind, used for building since", score_fresh(blind, checker)))
    sets += [
        (f"{name}, labeled blind, used for building since", score_fresh(HERE / "data" / name, checker))
        for name in BLIND
    ]
    if spanish.exists():
        sets.append(
            ("claim_fresh_es.yml, Spanish, at hand while the rules were written", score_fresh(spanish, checker))
        )
    prose = HERE / "data" / "claim_prose_es.yml"
    sets.append(("claim_prose_es.yml, Spanish, labeled before the run", score_fresh(prose, checker)))
    for name, total in sets:
        report(name, total)
    print(
        f"\nan article of 1,000 words: {warm * 1000:.0f} ms (the first {first * 1000:.0f} ms; goal 100 ms after start)"
    )
    print("\nmisses:")
    for name, total in sets:
        for miss in total.misses:
            print(f"  {name.split(',')[0]}, {miss}")


if __name__ == "__main__":
    main()
