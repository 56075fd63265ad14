"""``ledger287 outcomes panel``: agreements and people held by county or state and month, a table with its codebook."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import Json, Record, day_option, ledger, print_json, replacing
from ledger287.core.problem import Refused

if TYPE_CHECKING:
    import polars as pl

    from ledger287.places.atlas import Atlas

BY = ("county", "state")
COLUMNS = ("agreements_end", "agreements_any_day", "agreements_all_days")


def _write_panel(frame: "pl.DataFrame", out: Path) -> None:
    from io import BytesIO

    from ledger287.core.swapping import write_file

    data = BytesIO()
    if out.suffix == ".csv":
        frame.write_csv(data)
    else:
        frame.write_parquet(data)
    try:
        with replacing(out):
            write_file(out, data.getvalue())
    except OSError as error:
        raise Refused(f"{out}: cannot be written: {error.strerror or error}.") from None


def panel(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write it: a .csv or .parquet file.")],
    first: Annotated[date | None, day_option("--from", "The first month, by any day of it.")] = None,
    last: Annotated[date | None, day_option("--to", "The last month, by any day of it.")] = None,
    by: Annotated[str, typer.Option("--by", metavar="county|state", help="What a row is of.")] = "county",
    record: Record = None,
    json: Json = False,
) -> None:
    """Agreements in force and people held by county and month, as a table with a codebook; never as a cause.

    A row of a state (--by state) has what is published by state alone, such as the daily arrests of five states.

    Example: ledger287 outcomes panel --from 2025-01-01 --to 2026-03-31 --out panel.csv
    """
    from ledger287.analysis.outcomes.panels.county_panel import RULES

    if out.suffix not in (".csv", ".parquet"):
        raise typer.BadParameter("expected a file that ends in .csv or .parquet", param_hint="--out")
    if by not in BY:
        raise typer.BadParameter(f"expected {' or '.join(BY)}, found {by!r}", param_hint="--by")
    if not out.parent.is_dir():
        raise Refused(f"{out}: cannot be written: no folder {out.parent}. Name a file in a folder that exists.")
    since, until = first or date(2022, 10, 1), last or date(2026, 3, 31)
    frame, answer = (_of_counties if by == "county" else _of_states)(ledger(record), since, until)
    _write_panel(frame, out)
    sums = {rule: int(frame[column].sum() or 0) for rule, column in zip(RULES, COLUMNS, strict=True)}
    about: dict[str, Any] = {"file": out.name, "rows": frame.height, f"{by}_months_of_agreements": sums}
    answer = about | answer
    if json:
        print_json(answer)
        return
    typer.echo(f"  {frame.height:,} {by}-months in {out}")
    for column, says in answer["codebook"].items():
        typer.echo(f"    {column}: {says}")
    typer.echo(f"  {by}-months of agreements under three rules:")
    for rule, number in sums.items():
        typer.echo(f"    {rule}: {number:,}")
    _show_sensitivity(answer)


def _of_counties(atlas: "Atlas", since: date, until: date) -> tuple["pl.DataFrame", dict[str, Any]]:
    """The panel of counties, and what goes with it."""
    from ledger287.analysis.outcomes.panels.county_panel import CODEBOOK, county_panel, months_between
    from ledger287.analysis.outcomes.panels.sensitivity import joins, sensitivity
    from ledger287.analysis.outcomes.panels.sites import arrests_answer, sites_of

    arrested = sites_of(atlas, months_between(since, until))
    frame = county_panel(atlas, since, until, _progress, arrested)
    return frame, {
        "codebook": CODEBOOK,
        "sensitivity": sensitivity(frame),
        "joins": joins(atlas, until, arrested),
        "arrests": arrests_answer(arrested, frame) if arrested else None,
    }


def _of_states(atlas: "Atlas", since: date, until: date) -> tuple["pl.DataFrame", dict[str, Any]]:
    """The panel of states, and what goes with it."""
    from ledger287.analysis.outcomes.panels.state_panel import CODEBOOK, state_panel

    return state_panel(atlas, since, until, _progress), {"codebook": CODEBOOK, "sensitivity": [], "joins": {}}


def _show_sensitivity(answer: dict[str, Any]) -> None:
    if answer["sensitivity"]:
        typer.echo("  share of people held who are in a county with an agreement, as the rules go (no cause):")
    for row in answer["sensitivity"]:
        if row["share"] is not None:
            typer.echo(f"    agreements {row['agreements']}, people {row['people']}: {row['share']:.1%}")
    for name, join in answer["joins"].items():
        if join.get("rate") is not None:
            typer.echo(
                f"  {name.replace('_', ' ')}: {join['rate']:.1%} matched, {len(join['unmatched'])} not; see --json"
            )
    if arrests := answer.get("arrests"):
        typer.echo(
            f"  arrests in {arrests['file']} (added here) in a county with an agreement, of those at a site that"
        )
        typer.echo("  names a county, and of all (at least and at most), as the rules go (no cause):")
        for row in arrests["rules"]:
            matched = "none matched" if row["share_of_matched"] is None else f"{row['share_of_matched']:.1%}"
            bounds = f"{row['share_of_all_at_least']:.1%} to {row['share_of_all_at_most']:.1%}"
            typer.echo(f"    agreements {row['agreements']}, {row['duplicates']}: {matched}; {bounds}")
        typer.echo(f"  {arrests['cannot_show']}")


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  lists {done}/{total}" + ("\n" if done == total else ""))
