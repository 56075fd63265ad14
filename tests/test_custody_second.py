"""Holds worked out a second time, from the law alone: what an audit finds is what was settled."""

import csv
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from ledger287.core import declared
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import run

SECOND = declared.read_yaml((Path(__file__).parent / "custody" / "second.yml").read_text(encoding="utf-8"))


def row_of(case: dict[str, dict[str, str]]) -> dict[str, str]:
    """A case as a row of a table of cases, with the file's defaults where it says nothing else."""
    given, start = case["in"], case["in"]["start"]
    begun = datetime.fromisoformat(start)
    shifted = {
        event: (begun + timedelta(hours=hours)).isoformat(sep=" ")
        for event, hours in SECOND["defaults"]["shifts"].items()
    }
    return {
        "case": str(case["id"]),
        "state": given["state"],
        "zone": given["zone"],
        "charges_cleared": start,
        "hold_started": start,
        "released": given["left"],
        **shifted,
        **SECOND["defaults"]["codes"],
        **case.get("given", {}),
    }


def test_what_was_settled_is_what_an_audit_finds(tmp_path: Path) -> None:
    rows = [row_of(case) for case in SECOND["cases"]]
    heads = list(dict.fromkeys(head for row in rows for head in row))
    file, work = tmp_path / "second.csv", tmp_path / "work"
    with file.open("w", encoding="utf-8", newline="") as text:
        lines = csv.DictWriter(text, heads, restval="")
        lines.writeheader()
        lines.writerows(rows)
    work.mkdir()
    done = run([file], work, Options())
    found: dict[str, dict[str, set[str]]] = {row["case"]: {"missed": set(), "cannot tell": set()} for row in rows}
    for case, duty, verdict in duckdb.execute(
        'select "case", duty, verdict from read_parquet(?)', [str(done.findings)]
    ).fetchall():
        found[case][verdict].add(duty)
    for case in SECOND["cases"]:
        expected = case["expected"]
        wanted = {"missed": set(expected["missed"]), "cannot tell": set(expected["cannot_tell"])}
        assert found[case["id"]] == wanted, case["id"]


def test_every_difference_is_settled_and_is_one() -> None:
    differ = [case for case in SECOND["cases"] if "first" in case]
    assert len(SECOND["cases"]) >= 30 and differ
    assert all(case["settled"] in SECOND["settled"] and case["first"] != case["expected"] for case in differ)
    assert not [case for case in SECOND["cases"] if ("first" in case) != ("settled" in case)]
