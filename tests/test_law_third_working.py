"""A third working of the states and the functions: what a reader of the facts alone expects, compared by one audit.

``tests/law/third-working.yml`` has the expectations and, under ``differences``, each row in which the rules were kept,
with why. A difference that is not written down there fails, and so does one that is written down and is none.
"""

from collections import defaultdict
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core import declared
from ledger287.custody.clock.asking import case_of
from ledger287.law.agreements.table import functions_table
from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on
from ledger287.law.lawbook.zones import read_zones
from ledger287.web.forms.holding import answer_of

FILE = Path(__file__).parent / "law" / "third-working.yml"
ON_HOLDS = ("state_forbids", "over_limit", "exceeds_state", "no_judges_order")
MODELS = ("none", "WSO")
AGREEMENTS = {
    "open": ("none encoded",),
    "bars": ("bars agreements",),
    "conditional": ("limits agreements",),
    "mandate": ("requires agreements",),
}


@cache
def third() -> dict[str, Any]:
    found: dict[str, Any] = declared.read_yaml(FILE.read_text(encoding="utf-8"))
    return found


def audited(folder: Path) -> dict[str, set[tuple[str, str]]]:
    """What one audit finds of every hold: the duties on holds, each with its verdict."""
    lines = [
        "case,state,zone,model,detainer_form,detainer_received,warrant_received,warrant_form,served_on_person,"
        "charges_cleared,hold_started,released,judge_ordered"
    ]
    for state, day, *_ in third()["holds"]:
        came = f"{day - timedelta(days=2)} 09:00"
        papers = f"I-247A,{came},{came},I-200,{came},{day} 00:01,{day} 00:01,{day} 23:59,"
        lines += [f"{state} {day} {model},{state},{read_zones()[state].key},{model},{papers}" for model in MODELS]
    file, out = folder / "cases.csv", folder / "out"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["custody", "audit", str(file), "--out", str(out)])
    assert result.exit_code in (0, 1), result.output
    found = defaultdict(set)
    rows = duckdb.execute('select "case", duty, verdict from read_parquet(?)', [str(out / "findings.parquet")])
    for case, duty, verdict in rows.fetchall():
        if duty in ON_HOLDS:
            found[case].add((duty, verdict))
    return found


def as_expected(expected: str, does: str, found: set[tuple[str, str]]) -> bool:
    barred = ("state_forbids", "missed") in found
    missed = any(verdict == "missed" for _, verdict in found)
    if expected == "barred":
        return barred and does == "bars holds"
    if expected == "cannot_tell":
        return not missed and ("state_forbids", "cannot tell") in found
    if expected == "limited":
        return not barred and bool(found) and does == "limits holds"
    if expected == "must_honor":
        return not missed and does == "must honor"
    return not missed and does in ("not checked", "silent")


def test_the_third_working_of_the_states(tmp_path: Path) -> None:
    found, differ = audited(tmp_path), set()
    for state, day, *holds, agreements in third()["holds"]:
        (table,) = jurisdictions_on(day, state).jurisdictions
        for model, expected in zip(MODELS, holds, strict=True):
            if not as_expected(expected, table.holds.does, found[f"{state} {day} {model}"]):
                differ.add(f"{state} {day} {model}")
        if agreements and table.agreements.does not in AGREEMENTS[agreements]:
            differ.add(f"{state} {day} agreements")
    assert differ == {row for one in third()["differences"] for row in one["rows"]}
    assert all(one["why"].strip() for one in third()["differences"])


def test_the_third_working_of_the_functions() -> None:
    found = []
    for one in functions_table().listings:
        (row,) = (row for row in third()["functions"] if (row["model"], row["function"]) == (one.model, one.function))
        listed = "no time stated" if one.listed and one.time_stated is False else one.listed
        fits = listed == row["listed"] and all(words in one.says for words in row.get("says", ()))
        if not fits or any(words in one.says for words in row.get("lacks", ())):
            found.append((one.version, one.function, listed, one.says))
    assert found == []


# -- what the first lines of a clock say -----------------------------------------------------------------------


def clock(*words: str) -> str:
    result = CliRunner().invoke(app, ["custody", "clock", *words])
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize(
    ("left", "tells"), [("2021-01-20 10:00", True), ("2021-01-21 10:00", False), ("2021-01-21 10:01", True)]
)
def test_a_clock_cannot_tell_where_inauguration_day_decides(left: str, tells: bool) -> None:
    form = ("--form", "I-247", "--state", "TX", "--zone", "America/Chicago")
    says = clock("--releasable", "2021-01-15 10:00", *form, "--left", left)
    assert (
        "cannot tell whether that was too late: Thu, Jan 21, 2021, 10:00 CST if Inauguration Day" in says
    ) is not tells


@pytest.mark.parametrize(("day", "needs"), [("2024-11-30", False), ("2024-12-01", True), ("2025-10-01", True)])
def test_a_clock_says_that_a_state_requires_an_order(day: str, needs: bool) -> None:
    says = clock("--releasable", f"{day} 10:00", "--state", "NC", "--zone", "America/New_York", "--form", "I-247A")
    assert ("State law requires a judge's or magistrate's order for this hold: N.C. G.S. 162-62" in says) is needs
    case = case_of("synthetic", {"charges_cleared": f"{day} 10:00"}, "America/New_York", "NC", "I-247A", None)
    assert bool(answer_of(case, frozenset()).notes) is needs


@pytest.mark.parametrize(
    ("start", "then"),
    [
        ("2019-05-20 10:00", "no later than Tue, May 21, 2019, 00:00 PDT, when that became law."),
        ("2019-05-21 00:00", "no later than Tue, May 21, 2019, 00:00 PDT, when the person was otherwise releasable."),
    ],
)
def test_a_clock_says_why_a_barred_hold_ends_where_it_does(start: str, then: str) -> None:
    where = ("--state", "WA", "--zone", "America/Los_Angeles", "--form", "I-247A")
    assert then in clock("--releasable", start, *where, "--left", "2019-05-21 09:00")
    assert then in clock("--releasable", start, *where)


def test_a_notice_is_due_from_what_the_act_says_starts_it() -> None:
    where = ("--state", "NC", "--zone", "America/New_York", "--form", "I-247A", "--received", "2025-10-10 10:00")
    says = clock("--releasable", "2025-10-15 10:00", *where)
    assert "no later than Wed, Oct 15, 2025, 12:00 EDT: notify ICE (nc-hold)" in says
