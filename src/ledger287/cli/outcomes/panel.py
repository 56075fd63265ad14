"""``ledger287 outcomes panel``: agreements and people held by county and month, as a table with its codebook."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import Json, Record, day_option, ledger, print_json
from ledger287.core.problem import Refused

if TYPE_CHECKING:
    import polars as pl


def _write_panel(frame: "pl.DataFrame", out: Path) -> None:
    from io import BytesIO

    from ledger287.core.swapping import write_file

    data = BytesIO()
    if out.suffix == ".csv":
        frame.write_csv(data)
    else:
        frame.write_parquet(data)
    try:
        write_file(out, data.getvalue())
    except OSError as error:
        raise Refused(f"{out}: cannot be written: {error.strerror or error}.") from None


def panel(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write it: a .csv or .parquet file.")],
    first: Annotated[date | None, day_option("--from", "The first month, by any day of it.")] = None,
    last: Annotated[date | None, day_option("--to", "The last month, by any day of it.")] = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """Agreements in force and people held by county and month, as a table with a codebook; never as a cause.

    Example: ledger287 outcomes panel --from 2025-01-01 --to 2026-03-31 --out panel.csv
    """
    from ledger287.analysis.outcomes.panel import CODEBOOK, RULES, county_panel
    from ledger287.analysis.outcomes.sensitivity import joins, sensitivity

    if out.suffix not in (".csv", ".parquet"):
        raise typer.BadParameter("expected a file that ends in .csv or .parquet", param_hint="--out")
    if not out.parent.is_dir():
        raise Refused(f"{out}: cannot be written: no folder {out.parent}. Name a file in a folder that exists.")
    atlas, until = ledger(record), last or date(2026, 3, 31)
    frame = county_panel(atlas, first or date(2022, 10, 1), until, _progress)
    _write_panel(frame, out)
    sums = {
        rule: int(frame[column].sum() or 0)
        for rule, column in zip(RULES, ("agreements_end", "agreements_any_day", "agreements_all_days"), strict=True)
    }
    answer = {
        "file": out.name,
        "rows": frame.height,
        "codebook": CODEBOOK,
        "county_months_of_agreements": sums,
        "sensitivity": sensitivity(frame),
        "joins": joins(atlas, until),
    }
    if json:
        print_json(answer)
        return
    typer.echo(f"  {frame.height:,} county-months in {out}")
    for column, says in CODEBOOK.items():
        typer.echo(f"    {column}: {says}")
    typer.echo("  county-months of agreements under three rules:")
    for rule, number in sums.items():
        typer.echo(f"    {rule}: {number:,}")
    _show_sensitivity(answer)


def _show_sensitivity(answer: dict[str, Any]) -> None:
    typer.echo("  share of people held who are in a county with an agreement, as the rules go (no cause):")
    for row in answer["sensitivity"]:
        if row["share"] is not None:
            typer.echo(f"    agreements {row['agreements']}, people {row['people']}: {row['share']:.1%}")
    for name, join in answer["joins"].items():
        if "rate" in join:
            typer.echo(
                f"  {name.replace('_', ' ')}: {join['rate']:.1%} matched, {len(join['unmatched'])} not; see --json"
            )


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  lists {done}/{total}" + ("\n" if done == total else ""))
