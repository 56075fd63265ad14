"""Exports in the layouts of US jail systems (tests/custody/layouts.yml): each hold is found, as long as it was.

Each is audited as it is, and by the map that is proposed for it, unchanged.
"""

import re
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import ledger287
from ledger287.api import custody_audit, custody_map
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import run

EXPORTS = declared.read_yaml((Path(__file__).parent / "custody" / "layouts.yml").read_text(encoding="utf-8"))
ASKED: dict[str, Any] = {"zone": "America/Chicago", "state": "TX", "model": "WSO"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT")


def written(export: dict[str, Any], folder: Path) -> Path:
    """An export as its system writes it: text in its encoding, or a workbook whose times are real ones."""
    if "sheet" not in export:
        path = folder / f"export{export.get('suffix', '.csv')}"
        path.write_bytes(export["text"].encode(export.get("encoding", "utf-8")))
        return path
    book, path = Workbook(), folder / "export.xlsx"
    if export.get("from_1904"):
        book.epoch = CALENDAR_MAC_1904
    for row in export["sheet"]:
        cells = [datetime.fromisoformat(cell) if TIME.match(str(cell)) else cell for cell in row]
        book.active.append([cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell for cell in cells])
    book.save(path)
    return path


def said(out: Path) -> dict[str, tuple[float | None, str]]:
    """Each case of a report: the hours of its hold, and what over_limit says."""
    query = """select c."case", (epoch(c."left") - epoch(c."start")) / 3600, coalesce(f.verdict, 'met')
        from read_parquet(?) c left join (from read_parquet(?) where duty = 'over_limit') f using ("case")"""
    rows = duckdb.execute(query, [str(out / "cases.parquet"), str(out / "findings.parquet")]).fetchall()
    return {case: (hours, verdict) for case, hours, verdict in rows}


@pytest.mark.parametrize("mapped", [False, True], ids=["as it is", "by the proposed map"])
@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export["id"])
def test_an_export_is_read_as_its_cells_say(tmp_path: Path, export: dict[str, Any], mapped: bool) -> None:
    file, out, by = written(export, tmp_path), tmp_path / "report", tmp_path / "jail.yml"
    refusal = export.get("refused") or (None if mapped else export.get("refused_unmapped"))
    with pytest.raises(Refused, match=re.escape(refusal)) if refusal else nullcontext():
        if mapped:  # the tables alone: what a report adds to them is written for each export as it is
            by.write_text(custody_map(file).yaml, encoding="utf-8")
            out.mkdir()
            run([file], out, Options(**ASKED, map=str(by)), ledger287.open())
        else:
            custody_audit(file, out, **ASKED)
    if refusal:
        return
    found = said(out)
    assert set(found) == set(export["over"])
    for case, wanted in export["over"].items():
        hours, verdict = found[case]
        if wanted == "not missed":
            assert verdict != "missed", case
        elif isinstance(wanted, str):
            assert verdict == wanted, case
        else:
            assert hours == pytest.approx(wanted[0], abs=0.001), case
            assert verdict == wanted[1], case
    query = 'select "case", duty, verdict from read_parquet(?)'
    others = {row[:2]: row[2] for row in duckdb.execute(query, [str(out / "findings.parquet")]).fetchall()}
    for case, duties in export.get("duties", {}).items():
        assert {duty: others.get((case, duty)) for duty in duties} == duties, case


def test_there_are_thirty_layouts() -> None:
    assert len(EXPORTS) >= 30 and len({export["id"] for export in EXPORTS}) == len(EXPORTS)


@pytest.mark.parametrize(
    ("none", "where"), [("0001-01-01 00:00:00", "America/Chicago"), ("9999-12-31 23:59:59", "Pacific/Guam")]
)
def test_the_first_and_the_last_day_there_is_stop_no_report(tmp_path: Path, none: str, where: str) -> None:
    """Databases write them where there is no time; the jail's own clocks would show another year than there is."""
    file, out = tmp_path / "cases.parquet", tmp_path / "out"
    times = {"booked": "2025-06-14 22:10:00", "detainer_received": "2025-06-15 09:00:00",
             "charges_cleared": "2025-06-16 10:00:00", "released": none}  # fmt: skip
    cells = {name: pa.array([datetime.fromisoformat(text).replace(tzinfo=UTC)]) for name, text in times.items()}
    pq.write_table(pa.table({"case": ["synthetic-1"], "zone": [where], **cells}), file)
    custody_audit(file, out, **{**ASKED, "zone": where})
    assert said(out)["synthetic-1"][1] == "cannot tell"
    assert "synthetic-1" in (out / "exhibits.html").read_text(encoding="utf-8")


def test_a_parquet_log_of_another_ground_is_not_read_as_it_is(tmp_path: Path) -> None:
    """Of two logs of one schema the second has new charges after the time of release: that hold is not known."""
    lines = [("ICE Detainer Received", 15, 9), ("Bond Posted", 16, 10), ("Released to ICE", 18, 11)]
    for case, more in (("synthetic-1", ("Charges Filed", 14, 23)), ("synthetic-2", ("New Charges Filed", 16, 12))):
        columns = {
            "case": [case] * 4,
            "event": [event for event, *_ in (*lines, more)],
            "at": [datetime(2025, 6, day, hour) for _, day, hour in (*lines, more)],
        }
        pq.write_table(pa.table(columns), tmp_path / f"{case}.parquet")
    custody_audit([tmp_path / "synthetic-1.parquet", tmp_path / "synthetic-2.parquet"], tmp_path / "out", **ASKED)
    found = said(tmp_path / "out")
    assert (found["synthetic-1"], found["synthetic-2"][1]) == ((49.0, "missed"), "cannot tell")
