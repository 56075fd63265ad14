"""How long answers take in process: places, authority, and a story's claims; medians of many.

``python -m benchmarks.answering`` prints the table and writes ``build/bench/answers.json``. It is part of
``make bench``. The story is synthetic, of about 1,000 words; its figures are from no real article.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import ledger287
from ledger287.factcheck.batch import check_files
from ledger287.factcheck.checking import Checker
from ledger287.factcheck.text.cleaning import read_article
from ledger287.factcheck.text.published import month_or_day
from ledger287.ledger.store.folder import open_record
from ledger287.places.gazetteer.geography import geography
from ledger287.places.jurisdictions.deciding import committed_decisions, resolve_all
from ledger287.places.jurisdictions.of_record import facts_of

OUT = Path("build") / "bench" / "answers.json"
DAYS = [date(2025, month, 15) for month in range(3, 13)]
SENTENCES = (
    "By the middle of August 2025 ICE had signed 895 agreements with 740 agencies in 40 states. ",
    "Texas had 137 of these agreements, and Florida more than 300. ",
    "The county board met on a Tuesday and talked about roads, schools and the price of water. ",
)
NUMBERS = (250, 500, 1000)
STORY = "\n\n".join("".join(SENTENCES) for _ in range(24))


def milliseconds(work: Callable[[], object], times: int) -> float:
    """The median time of some work, in milliseconds, after one round that is not counted."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def measure() -> dict[str, tuple[float, float]]:
    """Name of each answer -> (median milliseconds, goal in milliseconds)."""
    ledger = ledger287.open()
    facts, places, decisions = facts_of(open_record()), geography(), committed_decisions()
    checker = Checker(ledger)
    with tempfile.TemporaryDirectory() as folder:
        story = Path(folder) / "story.txt"
        story.write_text(STORY, encoding="utf-8")
        command = [sys.executable, "-m", "ledger287.cli.main", "check", str(story), "--date", "2025-08-20"]
        cold = milliseconds(lambda: subprocess.run(command, check=False, capture_output=True), 3)
    days = iter(DAYS * 20)
    agencies = iter(ledger.table("agencies")["agency_id"].to_list() * 2)
    return {
        "resolving all agencies from nothing": (
            milliseconds(lambda: resolve_all(facts, places, decisions), 3),
            10_000,
        ),
        "a coverage answer": (milliseconds(lambda: ledger.coverage(on=next(days)), 20), 50),
        "an authority answer": (
            milliseconds(lambda: ledger287.authority(ledger, "hold", next(agencies), on=DAYS[-1]), 1_000),
            2,
        ),
        "an agency's table of all functions": (
            milliseconds(lambda: ledger287.authority_table(ledger, next(agencies), on=DAYS[-1]), 1_000),
            20,
        ),
        f"checking a story of {len(STORY.split()):,} words": (milliseconds(lambda: answered(checker), 10), 150),
        "checking it cold, a whole process": (cold, 2_000),
    }


def articles() -> list[tuple[int, float, float]]:
    """How many articles, and the seconds that one process and two processes take for them, start included.

    Each article is a story of its own: its figures and its day differ.
    """
    found = []
    for number in NUMBERS:
        inputs = [
            (f"{DAYS[at % len(DAYS)]}_story{at}.txt", STORY.replace("895", f"{700 + at}").encode())
            for at in range(number)
        ]
        taken = []
        for jobs in (1, 2):
            begun = time.perf_counter()
            check_files(inputs, None, None, jobs)
            taken.append(time.perf_counter() - begun)
        found.append((number, taken[0], taken[1]))
    return found


def answered(checker: Checker) -> object:
    """Check the story."""
    return checker.check(read_article(STORY.encode(), "story", month_or_day("2025-08-20")))


def main() -> None:
    found = measure()
    for name, (taken, goal) in found.items():
        print(f"{name:<40} {taken:>10,.1f} ms   goal {goal:>8,.0f} ms   {'met' if taken <= goal else 'missed'}")
    print("\narticles of about 1,000 words      one process   two processes")
    many = articles()
    for number, one, two in many:
        print(f"{number:>8,} {one:>32,.1f} s {two:>13,.1f} s")
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(
        json.dumps(
            {name: {"median_ms": t, "goal_ms": g} for name, (t, g) in found.items()}
            | {f"{number} articles": {"one_process_s": one, "two_processes_s": two} for number, one, two in many},
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
