"""The raw samples of a bench -> its goals, met or missed, and its tables, as Markdown."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.asking import AS_OF
from benchmarks.folding_one import FOLD_IN, UPDATE
from benchmarks.full_build import BUILD, FASTEXCEL, PANDAS, exponent
from benchmarks.measuring import quantile

MB, GB = 1e6, 1e9
QUIET = 0.3
"""Cores kept busy by other work, up to which wall times are taken for the program's own."""
STARTS = (("ledger287 --help", 0.25), ("ledger287 status", 0.5))
Runs = dict[str, list[dict[str, Any]]]

HOW = """Whole processes are timed from start to end, in turn, with the files in the page cache. Ratios are medians of
the ratios round by round. *others* is how many cores other work kept busy meanwhile: it lengthens a build, which
uses both cores, more than a competitor that uses one; *cpu* (processor seconds) is hardly touched by it. Memory is
the sum over a process and those that it starts: *peak* the highest sum seen in /proc, each 10 ms; *bound* the sum of
each one's own high-water mark, which no true peak exceeds, and which the goal is held against. The
build parses files of equal bytes once; the competitors read every file. bench.json has every sample."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal, what was found, and whether it was met. ``beside`` says what else helps to judge it."""

    text: str
    found: str
    met: bool
    beside: str = ""


def table(found: dict[str, Any]) -> str:
    """The complete report."""
    parts = [_heading(found), _goals(found), _build(found["build"])]
    if "growth" in found:
        parts.append(_growth(found["growth"]))
    parts += [_fold(found), _ask(found["ask"]), _start(found["start"]), HOW]
    return "\n\n".join(parts) + "\n"


def _heading(found: dict[str, Any]) -> str:
    machine, work = found["machine"], found["work"]
    libraries = ", ".join(f"{name} {number}" for name, number in machine["libraries"].items())
    return (
        f"# Bench of {found['date']}\n\n"
        f"{machine['cores']} cores ({machine['processor']}), {machine['memory_bytes'] / GB:.1f} GB, "
        f"Python {machine['python']}, {libraries}. "
        f"{work['files']:,} files ({work['contents']:,} differ in bytes), "
        f"{work['bytes'] / MB:.1f} MB ({work['bytes_inflated'] / MB:,.0f} MB inflated), "
        f"{work['rows']:,} rows; {work['lists']:,} lists, {work['accepted']:,} accepted; a record of "
        f"{work['record_bytes'] / MB:.2f} MB. Waited {found['waited_for_quiet_seconds']:.0f} s in all for a quiet "
        "machine."
    )


def goals(found: dict[str, Any]) -> list[Goal]:
    """Every goal, in the order of the requirement."""
    runs: Runs = found["build"]["runs"]
    against = statistics.median(ratios(runs, BUILD, FASTEXCEL))
    best, cpu = _best(runs[BUILD]) / _best(runs[FASTEXCEL]), statistics.median(ratios(runs, BUILD, FASTEXCEL, "cpu"))
    made = [
        Goal(
            "(a) build: at most 4 times fastexcel's time",
            f"{against:.2f} times",
            against <= 4,
            f"best to best {best:.2f}; cpu {cpu:.2f}; others {_others(runs[BUILD])} cores",
        )
    ]
    if PANDAS in runs:
        faster = _median(runs[PANDAS]) / _median(runs[BUILD])
        made.append(
            Goal("(a) build: 6 times faster than pandas reads", f"{faster:.1f} times", faster >= 6, "pandas taken once")
        )
    memory = max(run["rss_bound"] for run in runs[BUILD])
    made.append(Goal("(a) build: under 1 GB", f"{memory / MB:.0f} MB", memory < GB, "bound, the highest of all runs"))
    fold = found["fold"]["seconds"][FOLD_IN]
    made.append(_within("(b) folding in one new list", fold, 1.0, "s"))
    made.append(_within("(c) as_of in process", found["ask"]["milliseconds"][AS_OF], 5.0, "ms"))
    made += [_within(f"(d) {name}", _seconds(found["start"][name]), limit, "s") for name, limit in STARTS]
    return made


def _within(text: str, values: Sequence[float], limit: float, unit: str) -> Goal:
    middle = statistics.median(values)
    beside = f"best {min(values):.3f}, p95 {quantile(values, 0.95):.3f}"
    return Goal(f"{text}: under {limit:g} {unit}", f"{middle:.3f} {unit}", middle < limit, beside)


def _goals(found: dict[str, Any]) -> str:
    rows = [(goal.text, goal.found, "met" if goal.met else "**missed**", goal.beside) for goal in goals(found)]
    busy = _median(found["build"]["runs"][BUILD], "others")
    warning = (
        f"\n\n**Other work kept {busy:.1f} of {found['machine']['cores']} cores busy in the median build: its times "
        "are not the program's own, and goals missed here say little. Run it again on a quiet machine.**"
    )
    return "## Goals\n\n" + _rows(("goal", "median", "", "beside"), rows) + (warning if busy > QUIET else "")


def _build(found: dict[str, Any]) -> str:
    runs: Runs = found["runs"]
    rows = []
    for name, samples in runs.items():
        alone = found["reading_alone"].get(name)
        rows.append(
            (
                name,
                f"{len(samples)}",
                f"{_median(samples):.2f}",
                f"{_best(samples):.2f}",
                f"{statistics.median(alone):.2f}" if alone else "",
                f"{_median(samples, 'cpu'):.2f}",
                _others(samples),
                f"{max(run['rss_peak'] for run in samples) / MB:.0f}",
                f"{max(run['rss_bound'] for run in samples) / MB:.0f}",
                f"{statistics.median(ratios(runs, BUILD, name)):.2f}" if name not in (BUILD, PANDAS) else "",
            )
        )
    names = ("", "runs", "s, median", "best", "without imports", "cpu s", "others", "peak MB", "bound MB", "build / it")
    return "## (a) A full build, and reading the same files\n\n" + _rows(names, rows)


def _growth(found: list[dict[str, Any]]) -> str:
    rows = []
    for size in found:
        build, fastexcel = size["samples"][BUILD], size["samples"][FASTEXCEL]
        rows.append(
            (
                f"{size['factor']}",
                f"{size['files']:,}",
                f"{size['accepted']:,}",
                f"{size['rows']:,}",
                f"{_best(build):.2f}",
                f"{size['files'] / _best(build):,.0f}",
                f"{_best(build, 'cpu'):.2f}",
                _others(build),
                f"{max(run['rss_peak'] for run in build) / MB:.0f}",
                f"{max(run['rss_bound'] for run in build) / MB:.0f}",
                f"{_best(fastexcel):.2f}",
                f"{_best(build) / _best(fastexcel):.2f}",
            )
        )
    names = ("times", "files", "accepted", "rows", "s, best", "lists/s", "cpu s", "others", "peak MB", "bound MB")
    sizes = [float(size["factor"]) for size in found]

    def grows(name: str, what: str) -> str:
        return f"{exponent(sizes, [_best(size['samples'][name], what) for size in found]):.2f}"

    return (
        "## Growth: 1, 2, 4 and 8 times the lists, copies that differ in bytes\n\n"
        + _rows((*names, "fastexcel s, best", "build / it"), rows)
        + f"\n\nWith the number of lists to the power of: build {grows(BUILD, 'seconds')} in wall time, "
        f"{grows(BUILD, 'cpu')} in processor time, {grows(BUILD, 'rss_bound')} in memory; "
        f"fastexcel {grows(FASTEXCEL, 'seconds')} in wall time."
    )


def _fold(found: dict[str, Any]) -> str:
    fold = found["fold"]
    whole = _median(found["build"]["runs"][BUILD])
    rows = [
        (name, f"{len(seconds)}", *(f"{value:.3f}" for value in _spread(seconds)))
        for name, seconds in fold["seconds"].items()
    ]
    rows.append((f"{BUILD} of all lists, whole process", "", f"{whole:.3f}", "", ""))
    return (
        f"## (b) One new list, {fold['list']}, into the record of all others; seconds\n\n"
        + _rows(("", "times", "median", "best", "p95"), rows)
        + f"\n\n*{UPDATE}* waits {fold['pause_of_update']:g} s of it, on purpose, before it asks for a file."
    )


def _ask(found: dict[str, Any]) -> str:
    rows = [
        (name, f"{len(values)}", *(f"{value:.2f}" for value in _spread(values)))
        for name, values in found["milliseconds"].items()
    ]
    first = "; ".join(f"{name} {value:.0f} ms" for name, value in found["first_milliseconds"].items())
    return (
        f"## (c) Questions in process, against {found['flat_rows']:,} flat rows; milliseconds\n\n"
        + _rows(("", "days", "median", "best", "p95"), rows)
        + f"\n\nThe first question of a newly opened record, which reads the tables: {first}."
    )


def _start(runs: Runs) -> str:
    rows = [(name, f"{len(found)}", *(f"{v:.3f}" for v in _spread(_seconds(found)))) for name, found in runs.items()]
    return "## (d) Starting cold: a new process, files in the page cache; seconds\n\n" + _rows(
        ("", "times", "median", "best", "p95"), rows
    )


def ratios(runs: Runs, one: str, other: str, what: str = "seconds") -> list[float]:
    """How many times the other's time one took, round by round."""
    return [mine[what] / its[what] for mine, its in zip(runs[one], runs[other], strict=False)]


def _seconds(runs: Iterable[dict[str, Any]]) -> list[float]:
    return [run["seconds"] for run in runs]


def _median(runs: Iterable[dict[str, Any]], what: str = "seconds") -> float:
    return float(statistics.median(run[what] for run in runs))


def _best(runs: Iterable[dict[str, Any]], what: str = "seconds") -> float:
    return float(min(run[what] for run in runs))


def _others(runs: Sequence[dict[str, Any]]) -> str:
    busy = [run["others"] for run in runs]
    return f"{min(busy):.1f}" if len(busy) == 1 else f"{min(busy):.1f}–{max(busy):.1f}"


def _spread(values: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(values), min(values), quantile(values, 0.95)


def _rows(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its columns aligned for reading as plain text."""
    cells = [list(names), *map(list, rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(names))]
    left = [place == 0 or not any(row[place][:1].isdigit() for row in cells[1:]) for place in range(len(names))]

    def line(row: Sequence[str]) -> str:
        padded = (
            text.ljust(width) if is_left else text.rjust(width)
            for text, width, is_left in zip(row, widths, left, strict=True)
        )
        return f"| {' | '.join(padded)} |"

    rule = "|".join(
        f" {'-' * width} " if is_left else f" {'-' * (width - 1)}: "
        for width, is_left in zip(widths, left, strict=True)
    )
    return "\n".join([line(cells[0]), f"|{rule}|", *map(line, cells[1:])])
