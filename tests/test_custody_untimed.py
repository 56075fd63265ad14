"""Cells that say that an event happened, in rows that have no time of it: nothing vanishes, and nothing is guessed."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import in_one_step, run
from ledger287.custody.case.limits import ASKED
from ledger287.custody.case.vocabulary import codes, companions, event_words, events, headings, plain, vocabulary
from ledger287.custody.duties.table import HOLDS, NO_HOLD, UNTOLD
from ledger287.custody.report.report import write_report
from ledger287.custody.report.tables.summary import Summary

CELLS = tuple((one, cell) for one in companions() for cell in one.cells)
"""Every event with a cell that says that it happened."""


def audited(tmp_path: Path, rows: list[dict[str, str]], form: str, heads: list[str]) -> tuple[Summary, Any]:
    """The summary of an audit of rows, and a connection with its tables; as CSV or as Parquet."""
    columns = {head: [row.get(head, "") for row in rows] for head in heads}
    file, out = tmp_path / f"cases.{form}", tmp_path / "out"
    if form == "csv":
        file.write_text("\n".join(",".join(cells) for cells in (heads, *zip(*columns.values(), strict=True))) + "\n")
    else:
        times = set(events())
        table = {head: [value or None for value in values] for head, values in columns.items()}
        pq.write_table(pa.table({head: pa.array(table[head], pa.string()) for head in table}), tmp_path / "texts")
        named = ", ".join(f'"{head}"::timestamp as "{head}"' if head in times else f'"{head}"' for head in heads)
        duckdb.execute(f"copy (select {named} from read_parquet('{tmp_path / 'texts'}')) to '{file}' (format parquet)")
    options = Options("America/Chicago", "TX", model="JEM", threads=2)
    found = in_one_step(out, lambda work: write_report(run([file], work, options), work))
    connection = duckdb.connect()
    for name in ("problems", "cases", "findings"):
        connection.execute(f"create view {name} as from read_parquet('{out / name}.parquet')")
    return found, connection


def says(cell: str) -> str:
    """A word of a cell that says that its event happened."""
    if cell in ("served_by", "held_by"):
        return "synthetic-7"
    return codes(cell)[0]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_an_event_that_a_cell_tells_of_and_that_has_no_time_is_a_problem_and_never_no_hold(
    tmp_path: Path, form: str
) -> None:
    """For each such cell a row with it and no time, one with the time, one with another event's that serves as well."""
    plain = {"booked": "2025-08-01 10:00", "released": "2025-08-09 10:00"}
    rows: list[dict[str, str]] = []
    expected: list[tuple[str, str]] = []
    for place, (one, cell) in enumerate(CELLS):
        told = {**plain, cell: says(cell)}
        rows.append({**told, "case": f"made-up-{place}-untimed"})
        expected.append((f"made-up-{place}-untimed", f"{one.event}_untimed"))
        rows.append({**told, "case": f"made-up-{place}-timed", one.event: "2025-08-02 10:00"})
        rows += [{**told, "case": f"made-up-{place}-{other}", other: "2025-08-02 10:00"} for other in one.instead]
        rows.append({**plain, "case": f"made-up-{place}-none", cell: "No"})
    heads = ["case", *dict.fromkeys(cell for _, cell in CELLS), *events()]
    found, tables = audited(tmp_path, rows, form, heads)
    untimed = tables.execute("select \"case\", kind from problems where kind like '%_untimed' order by all").fetchall()
    assert untimed == sorted(expected)
    assert found.problems["detainer_received_untimed"] == 3
    holds = dict(tables.execute('select "case", hold from cases').fetchall())
    for place, (one, _) in enumerate(CELLS):
        if one.event in ASKED:
            assert holds[f"made-up-{place}-untimed"] == HOLDS[UNTOLD], one
        assert holds[f"made-up-{place}-none"] == HOLDS[NO_HOLD], one


def test_a_hold_whose_detainer_warrant_or_contract_has_no_time_is_not_decided_against_the_jail(tmp_path: Path) -> None:
    """A week after release was due: what rests on the time that is missing is neither missed nor met."""
    held = {
        "charges_cleared": "2025-08-04 10:00", "hold_started": "2025-08-04 10:00", "released": "2025-08-11 10:00",
        "detainer_received": "2025-08-02 10:00", "warrant_received": "2025-08-02 10:00",
    }  # fmt: skip
    rows = [
        {**held, "case": "detainer", "detainer_form": "I-247A", "detainer_received": ""},
        {**held, "case": "warrant", "warrant_form": "I-200", "warrant_received": ""},
        {**held, "case": "contract", "paid_detention": "yes"},
        {**held, "case": "unread-contract", "paid_detention": "IGSA bed"},
    ]
    heads = ["case", "detainer_form", "warrant_form", "paid_detention", *events()]
    _, tables = audited(tmp_path, rows, "csv", heads)
    verdict = {(case, duty): said for case, duty, said in
               tables.execute('select "case", duty, verdict from findings').fetchall()}  # fmt: skip
    assert verdict["detainer", "no_detainer"] == verdict["warrant", "no_warrant"] == "cannot tell"
    assert verdict["contract", "over_limit"] == verdict["unread-contract", "over_limit"] == "cannot tell"
    assert verdict["warrant", "over_limit"] == "missed"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_line_of_a_log_without_a_time_is_told_next_to_lines_with_bad_ones(tmp_path: Path, form: str) -> None:
    """Each case whose line has no time, or one that cannot be read, is in the list of problems; a stay as its case."""
    lines = [
        ("one", "booked", "2025-08-01 10:00"), ("one", "released", "soon"),
        ("two", "booked", "2025-08-01 10:00"), ("two", "detainer_received", ""),
        ("two", "released", "2025-08-09 10:00"),
        ("three", "booked", "2025-08-01 10:00"), ("three", "released", "2025-08-09 10:00"),
    ]  # fmt: skip
    file, out = tmp_path / f"log.{form}", tmp_path / "out"
    if form == "csv":
        file.write_text("\n".join(map(",".join, [("case", "event", "at"), *lines])) + "\n", encoding="utf-8")
    else:
        told = [(case, event, datetime.fromisoformat(at) if at[:1] == "2" else None) for case, event, at in lines]
        names = ("case", "event", "at")
        pq.write_table(pa.table(dict(zip(names, map(list, zip(*told, strict=True)), strict=True))), file)
    options = Options("America/Chicago", "TX", threads=2)
    in_one_step(out, lambda work: write_report(run([file], work, options), work))
    found = duckdb.execute("select distinct \"case\" from read_parquet(?) where kind = 'unreadable_time' order by all",
                           [str(out / "problems.parquet")]).fetchall()  # fmt: skip
    assert found == [("one",), ("two",)]


def test_a_table_without_a_column_for_the_time_says_so_once_and_keeps_its_cases(tmp_path: Path) -> None:
    kept = {"charges_cleared": "2025-08-04 10:00", "released": "2025-08-09 10:00"}
    rows = [{**kept, "case": "one", "detainer_form": "I-247A"}, {**kept, "case": "two"}]
    found, tables = audited(tmp_path, rows, "csv", ["case", "detainer_form", "charges_cleared", "released"])
    assert dict(tables.execute('select "case", hold from cases').fetchall()) == {
        "one": HOLDS[UNTOLD],
        "two": HOLDS[NO_HOLD],
    }
    assert [note for note in found.notes if "no column gives the time of detainer_received" in note]
    assert not [note for note in found.notes if "no case counts as held" in note]
    assert not found.problems


def test_a_column_of_codes_is_read_by_each_of_its_headings() -> None:
    """Each declared heading of a code's column leads to it, and to nothing else in the vocabulary."""
    others = {*event_words(), *(plain(word) for words in vocabulary()["columns"].values() for word in words)}
    for field, words in vocabulary()["code_headings"].items():
        for word in words:
            assert headings()[plain(word)] == field and plain(word) not in others, word
    assert headings()["detainer type"] == "detainer_form"


@pytest.mark.parametrize("form", ["csv", "parquet"])
@pytest.mark.parametrize("blank", ["", "N/A", "--"])
def test_an_answer_whose_code_is_missing_beside_its_time_is_a_problem_and_open(
    tmp_path: Path, form: str, blank: str
) -> None:
    held = {
        "charges_cleared": "2025-08-04 10:00", "hold_started": "2025-08-04 10:00", "released": "2025-08-05 10:00",
        "detainer_received": "2025-08-02 10:00", "status_answered": "2025-08-03 10:00",
    }  # fmt: skip
    rows = [
        {**held, "case": "left-blank", "status_outcome": blank},
        *({**held, "case": f"c-{at}", "status_outcome": word} for at, word in enumerate(CITIZENS)),
        {**held, "case": "no-time", "status_answered": ""},
    ]
    _, tables = audited(tmp_path, rows, form, ["case", "status_outcome", *events()])
    told = tables.execute("select \"case\" from problems where kind = 'status_outcome_blank'").fetchall()
    assert told == [("left-blank",)]
    verdicts = dict(
        tables.execute("select \"case\", verdict from findings where duty = 'held_despite_answer'").fetchall()
    )
    assert verdicts == {"left-blank": "cannot tell", **{f"c-{at}": "missed" for at, _ in enumerate(CITIZENS)}}


CITIZENS = ("us_citizen", "U.S. citizen", "U.S. Citizen", "USC", "United States citizen", "US citizen")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_contract_that_the_cell_denies_or_leaves_unread_decides_nothing(tmp_path: Path, form: str) -> None:
    held = {
        "charges_cleared": "2025-08-04 10:00", "hold_started": "2025-08-04 10:00", "released": "2025-08-11 10:00",
        "detainer_received": "2025-08-02 10:00",
    }  # fmt: skip
    passed = {**held, "custody_passed_to_ice": "2025-08-05 10:00"}
    rows = [
        *({**passed, "case": f"said-{word.lower()}", "paid_detention": word} for word in ("maybe", "USMS", "no")),
        {**held, "case": "denied", "contract_began": "2025-08-05 10:00", "paid_detention": "no"},
    ]
    _, tables = audited(tmp_path, rows, form, ["case", "paid_detention", *events()])
    limits = tables.execute(
        "select \"case\", string_agg(distinct verdict) from findings where duty in ('over_limit', 'exceeds_request', "
        "'exceeds_regulation') group by all"
    ).fetchall()
    assert dict(limits) == {**dict.fromkeys(("said-maybe", "said-usms", "denied"), "cannot tell"), "said-no": "missed"}
    told = dict(tables.execute('select "case", kind from problems').fetchall())
    assert told == {**dict.fromkeys(("said-maybe", "said-usms"), "unknown_paid_detention"), "denied": "contract_denied"}
