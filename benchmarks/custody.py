"""``python -m benchmarks.custody``: the audit of synthetic cases, compared with what a user would write instead.

On the same cases, in one run: the audit with its decisions and findings written, against (a) pandas, row by row, on
100,000 cases, scaled; (b) the best hand-written DuckDB SQL for the flat clock alone, its result written; (c) decoding
the Parquet columns that the audit uses, a sum over each; (d) the flat clock alone in Polars, its result written; (e)
the input read and written again as Parquet. Event logs are reported as well. Each is a separate process on two cores;
its memory is the peak that the kernel saw. Without ``--cases`` the sizes are 1, 10 and 50 million; ``--cases 1000000``
runs fewer. Other work on the machine makes the times longer, so ratios are more reliable than seconds.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.measuring import Patience, environment, machine, run

THREADS = 2
SIZES = (1_000_000, 10_000_000, 50_000_000)
ROWS_FOR_PANDAS = 100_000
PANDAS = "pandas (a)"
KEEP = 1_000_000
"""Files of more cases are removed as soon as they are measured."""
MOST = {"--local": 10_000_000, "--log": 10_000_000}
"""Up to this many cases, the jail's own clocks and a log of events are measured too."""
BYTES_A_CASE = 120
BYTECODE = Path(tempfile.gettempdir()) / "bench-custody-bytecode"
"""Where compiled modules are kept from one run to the next, as a user's are."""


def audit(file: Path, out: Path) -> None:
    """The audit: decisions and findings written as Parquet, problems and double case numbers looked for."""
    from ledger287.custody.batch.plans.plan import Options
    from ledger287.custody.batch.run import run as run_audit

    run_audit([file], out, Options(threads=THREADS))


def report(file: Path, out: Path) -> None:
    """The audit with its complete report: summary, page, charts."""
    from ledger287.custody.batch.plans.plan import Options
    from ledger287.custody.batch.run import run as run_audit
    from ledger287.custody.report.report import write_report

    write_report(run_audit([file], out, Options(threads=THREADS)), out)


def flat_sql(file: Path, out: Path) -> None:
    """The flat clock alone: the hours past 48 from releasable to leaving, written."""
    import duckdb

    duckdb.execute(f"set threads = {THREADS}; set preserve_insertion_order = false")
    duckdb.execute(
        f"""copy (select "case", agency, charges_cleared + interval 48 hour as no_later_than,
            greatest(0, epoch(least(released, ice_took_person)) - epoch(charges_cleared) - 48 * 3600) as over
        from read_parquet('{file}')) to '{out}/flat.parquet' (format parquet)"""
    )


def decode(file: Path, out: Path) -> None:
    """Every column that the audit uses, decoded: a sum over each."""
    import duckdb

    from ledger287.custody.batch.plans.plan import FIELDS, PLACES, TIMES

    duckdb.execute(f"set threads = {THREADS}")
    names = [row[0] for row in duckdb.execute(f"describe select * from read_parquet('{file}')").fetchall()]
    sums = [f"sum(epoch_us({name}))" for name in names if name in TIMES]
    sums += [f'sum(strlen("{name}"))' for name in names if name in ("case", *PLACES, *FIELDS)]
    found = duckdb.execute(f"select {', '.join(sums)} from read_parquet('{file}')").fetchall()
    (out / "sums.txt").write_text(str(found))


def pandas(file: Path, out: Path) -> None:
    """Row by row, as people write it: both clocks, over by how much, and the plain duties, for 100,000 cases."""
    import pandas as pd
    import pyarrow.parquet as pq
    from pandas.tseries.holiday import USFederalHolidayCalendar

    frame = next(pq.ParquetFile(file).iter_batches(ROWS_FOR_PANDAS)).to_pandas()
    days = {day.date() for day in USFederalHolidayCalendar().holidays("2000-01-01", "2050-01-01")}

    def counted_end(start: Any) -> Any:
        left, at = pd.Timedelta(hours=48), start
        while True:
            following = (at + pd.DateOffset(days=1)).normalize()
            if at.weekday() < 5 and at.date() not in days:
                if at + left <= following:
                    return at + left
                left -= following - at
            at = following

    def one(row: Any) -> pd.Series:
        start, left = row["charges_cleared"], row["ice_took_person"]
        if pd.isna(left):
            left = row["released"]
        if pd.isna(start) or pd.isna(left) or left <= start:
            return pd.Series({"over": None, "over_regulation": None, "missed": ""})
        flat = start + pd.Timedelta(hours=48)
        counted = counted_end(start.tz_convert(row["zone"])).tz_convert("UTC")
        end = start if row["state"] == "CO" or row["detainer_form"] == "I-247G" else flat
        wanted = ("detainer_received", "warrant_received", "served_on_person")
        missed = [name for name in wanted if not row[name] <= start]
        return pd.Series(
            {
                "over": max(0.0, (left - end).total_seconds()),
                "over_regulation": max(0.0, (left - counted).total_seconds()),
                "missed": " ".join(missed),
            }
        )

    frame.apply(one, axis=1).to_parquet(out / "pandas.parquet")


def flat_polars(file: Path, out: Path) -> None:
    """The flat clock alone in Polars, streamed and written."""
    import polars as pl

    left, cleared = pl.min_horizontal("released", "ice_took_person"), pl.col("charges_cleared")
    over = ((left - cleared).dt.total_seconds() - 48 * 3600).clip(lower_bound=0).alias("over")
    rows = pl.scan_parquet(file).select(
        "case", "agency", (cleared + pl.duration(hours=48)).alias("no_later_than"), over
    )
    rows.sink_parquet(out / "flat.parquet")


def copied(file: Path, out: Path) -> None:
    """The input read and written again, unchanged."""
    import duckdb

    duckdb.execute(f"set threads = {THREADS}; set preserve_insertion_order = false")
    duckdb.execute(f"copy (select * from read_parquet('{file}')) to '{out}/copy.parquet' (format parquet)")


WORK = {
    "audit": audit,
    "report": report,
    "flat SQL (b)": flat_sql,
    "decode (c)": decode,
    "flat Polars (d)": flat_polars,
    "copy (e)": copied,
    PANDAS: pandas,
}


def measure(name: str, file: Path, patience: Patience) -> dict[str, Any]:
    """One piece of work in its own process."""
    out = Path(tempfile.mkdtemp(prefix="bench-"))
    patience.wait()
    try:
        done = run(
            [sys.executable, "-m", "benchmarks.custody", "--work", name, str(file), str(out)],
            environment(BYTECODE),
            memory=True,
        )
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    finally:
        shutil.rmtree(out, ignore_errors=True)
    return {"seconds": done.seconds, "cpu": done.cpu, "others": done.others, "rss": done.rss_bound, "written": size}


def make(cases: int, folder: Path, *options: str) -> Path:
    """A file of synthetic cases."""
    file = folder / f"{cases}{''.join(options)}.parquet"
    if not file.exists():
        free, needed = shutil.disk_usage(folder).free, cases * BYTES_A_CASE * (4 if "--log" in options else 1)
        if free < needed:
            raise SystemExit(
                f"{folder}: {needed / 1e9:.0f} GB are needed for {cases:,} cases, {free / 1e9:.0f} are free."
            )
        command = [sys.executable, "-m", "ledger287.cli.main", "custody", "simulate", "--out", str(file)]
        command += ["--cases", str(cases), "--seed", "1", *options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return file


def compare(cases: int, folder: Path, patience: Patience, rounds: int, only: list[str]) -> dict[str, Any]:
    """One size: every piece of work, the best of several rounds in turn, and their ratios."""
    names = [name for name in WORK if not only or name in only]
    file = make(cases, folder)
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for turn in range(rounds if cases <= 20_000_000 else 1):
        for name in names:
            if not (turn and name == PANDAS):
                runs[name].append(measure(name, file, patience))
    found = {name: min(mine, key=lambda one: one["seconds"]) | {"rss": max(one["rss"] for one in mine)}
             for name, mine in runs.items()}  # fmt: skip
    if cases > KEEP:
        file.unlink()
    for label, option in (("audit, the jail's clocks", "--local"), ("audit, log of events", "--log")):
        if not only and cases <= MOST[option]:
            other = make(cases, folder, option)
            found[label] = measure("audit", other, patience)
            if cases > KEEP:
                other.unlink()
    return {"cases": cases, "runs": found, "ratios": ratios_of(cases, found)}


def ratios_of(cases: int, found: dict[str, dict[str, Any]]) -> dict[str, float]:
    """The audit's ratios to the others, by wall-clock time and by processor time."""
    audit_, decode_, sql, pandas_ = (found.get(name) for name in ("audit", "decode (c)", "flat SQL (b)", PANDAS))
    if not audit_:
        return {}
    own = audit_["seconds"]
    ratios = {"cases_a_second": cases / own, "cases_a_second_of_two_cores": THREADS * cases / audit_["cpu"]}
    if decode_:
        ratios |= {"times_decode": own / decode_["seconds"], "times_decode_cpu": audit_["cpu"] / decode_["cpu"]}
    if copy := found.get("copy (e)"):
        ratios["times_copy_cpu"] = audit_["cpu"] / copy["cpu"]
    if sql:
        ratios["times_flat_sql"] = own / sql["seconds"]
    if pandas_:
        ratios["pandas_over_audit"] = pandas_["seconds"] * cases / min(cases, ROWS_FOR_PANDAS) / own
    return ratios


GOALS = {
    "cases_a_second": "cases a second (goal 1,000,000)",
    "cases_a_second_of_two_cores": "cases in a second of two cores' time, had no one else used them",
    "times_decode": "times decoding its columns (goal: at most 12)",
    "times_decode_cpu": "times decoding, by processor time",
    "times_copy_cpu": "times reading and writing its bytes, by processor time",
    "times_flat_sql": "times the flat clock alone in hand-written SQL",
    "pandas_over_audit": "times as fast as pandas row by row (goal: at least 50)",
}


def show(size: dict[str, Any]) -> None:
    """Print one size."""
    cases, found = size["cases"], size["runs"]
    print(f"\n{cases:,} cases")
    for name, one in found.items():
        about = f"{ROWS_FOR_PANDAS:,} cases only" if name == PANDAS else f"{cases / one['seconds']:>12,.0f} a second"
        print(
            f"  {name:<26} {one['seconds']:8.2f} s  cpu {one['cpu']:8.2f} s  {one['rss'] / 1e6:7,.0f} MB  "
            f"others {one['others']:.1f} cores  {about}"
        )
    for name, value in size["ratios"].items():
        print(f"  {value:>12,.{0 if value > 100 else 1}f} {GOALS[name]}")


def show_growth(sizes: list[dict[str, Any]]) -> None:
    """Print how time and memory grow from the smallest size to the largest."""
    audits = [(size["cases"], size["runs"]["audit"]) for size in sizes if "audit" in size["runs"]]
    if len(audits) > 1:
        (few, first), (many, last) = audits[0], audits[-1]
        print(
            f"\n{many / few:,.0f} times the cases: {last['cpu'] / first['cpu']:,.1f} times the processor time, "
            f"{last['rss'] / first['rss']:.1f} times the memory ({last['rss'] / 1e6:,.0f} MB)"
        )


def main() -> None:
    """Measure, print, and write the numbers."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cases", type=int, action="append", help="a size; may be given more than once")
    options.add_argument("--only", choices=WORK, action="append", help="only this work; may be given more than once")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--patience", type=float, default=120.0, help="seconds to wait in all for a quiet machine")
    options.add_argument("--folder", type=Path, default=None, help="where the made-up files lie; they are kept there")
    options.add_argument("--json", type=Path, default=None)
    options.add_argument("--work", nargs=3, metavar=("NAME", "FILE", "OUT"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.work:
        WORK[asked.work[0]](Path(asked.work[1]), Path(asked.work[2]))
        return
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="bench-custody-"))
    folder.mkdir(parents=True, exist_ok=True)
    began, patience = time.time(), Patience(asked.patience)
    sizes = []
    try:
        for cases in asked.cases or SIZES:
            sizes.append(compare(cases, folder, patience, asked.rounds, asked.only or []))
            show(sizes[-1])
        show_growth(sizes)
    finally:
        if not asked.folder:
            shutil.rmtree(folder, ignore_errors=True)
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine(), "sizes": sizes}, indent=2), encoding="utf-8")
    print(f"\n{time.time() - began:,.0f} seconds in all; waited {patience.waited:.0f} for a quiet machine")


if __name__ == "__main__":
    main()
