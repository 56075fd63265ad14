"""``ledger287 outcomes``: who was identified, arrested, held and removed, from published statistics."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, On, Record, State, day_option, day_text, ledger, print_json
from ledger287.core.problem import Refused
from ledger287.core.text import plural

if TYPE_CHECKING:
    import polars as pl

outcomes = typer.Typer(
    name="outcomes",
    help="Published statistics on people identified, arrested, held and removed: counts, never persons.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A file on this machine.", show_default=False)]
MOST_PROBLEMS_SHOWN = 12


def file_bytes(path: Path) -> bytes:
    """The bytes of a file that was named. Raises Refused where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}). Name a file on this machine.") from None


@outcomes.command()
def read(file: File, json: Json = False) -> None:
    """Read one of ICE's detention workbooks: its day and why, people held, every table, every problem.

    Example: ledger287 outcomes read FY26_detentionStats02022026.xlsx --json
    """
    from ledger287.sources.outcomes.answer import as_answer
    from ledger287.sources.outcomes.workbook import read_workbook

    book = read_workbook(file_bytes(file), file.name)
    answer = as_answer(book, values=json)
    if json:
        print_json(answer)
    else:
        _show_read(answer)
    if book.problems:
        raise typer.Exit(WITH_PROBLEMS)


def _show_read(answer: dict[str, Any]) -> None:
    typer.echo(f"{answer['file']}")
    typer.echo(f"  as of {answer['as_of'] or 'an unknown day'}: {answer['as_of_basis']['why']}")
    show_held(answer["held"])
    typer.echo(f"  {plural(len(answer['tables']), 'table')}")
    for table in answer["tables"]:
        place = f"{table['sheet'].strip()} {table['cells']}"
        typer.echo(f"    {table['kind']:28} {table['numbers']:>6,} numbers  {place:34} {table['title'][:60]}")
    show_problems(answer["problems"])


def show_held(held: dict[str, Any] | None) -> None:
    """Print who was held, with shares."""
    if held is None:
        typer.echo("  people held: not in this file")
        return
    typer.echo(f"  people held: {_figure(held['total'])}")
    for name, said in (("convicted", "convicted"), ("pending", "charges pending"), ("none", "neither")):
        typer.echo(f"    {said:18}{_figure(held['by_criminality'][name]):>9}  {_share(held['shares'][name])}")
    for name in ("ICE", "CBP"):
        said = f"arrested by {name}"
        typer.echo(f"    {said:18}{_figure(held['by_arresting_agency'][name]):>9}  {_share(held['shares'][name])}")


def _figure(number: int | None) -> str:
    return f"{number:,}" if number is not None else "not printed"


def _share(share: float | None) -> str:
    return f"{share:.1%}" if share is not None else ""


def show_problems(problems: list[dict[str, Any]]) -> None:
    """Print problems, the first of them in full."""
    if not problems:
        return
    typer.echo(f"  {len(problems)} {'problem' if len(problems) == 1 else 'problems'}")
    for one in problems[:MOST_PROBLEMS_SHOWN]:
        place = " ".join(filter(None, (one["sheet"], one["cell"]))) or "the file"
        typer.echo(f"    {place}: expected {one['expected']}; found {one['found']}. {one['remedy']}")
    if len(problems) > MOST_PROBLEMS_SHOWN:
        typer.echo(f"    and {len(problems) - MOST_PROBLEMS_SHOWN} more; --json gives them all")


@outcomes.command()
def held(on: On = None, json: Json = False) -> None:
    """Who was held on a day, by criminality and arresting agency: the snapshot of that day, or the latest before it.

    Example: ledger287 outcomes held --on 2026-01-25 --json
    """
    from ledger287 import api
    from ledger287.ledger.outcomes.held import held_answer, held_on

    answer = held_answer(held_on(on or api.eastern_today()))
    if json:
        print_json(answer)
    else:
        ago = (
            f" ({plural(answer['days_before'], 'day')} before {day_text(answer['asked'])})"
            if answer["days_before"]
            else ""
        )
        typer.echo(f"Snapshot of {day_text(answer['as_of'])}{ago}: {answer['file']}")
        show_held(answer["held"])
        for line in answer["differs"]:
            typer.echo(f"  differs: {line}")


@outcomes.command()
def series(
    first: Annotated[date | None, day_option("--from", "Snapshots from this day on.")] = None,
    last: Annotated[date | None, day_option("--to", "Snapshots up to this day.")] = None,
    json: Json = False,
) -> None:
    """Every snapshot of people held: counts and shares by criminality and arresting agency.

    Example: ledger287 outcomes series --from 2025-01-01
    """
    from ledger287.ledger.outcomes.held import mismatches, series, shares, snapshot_answer

    chosen = series(first, last)
    if json:
        print_json({"snapshots": [snapshot_answer(one) for one in chosen], "mismatches": mismatches(chosen)})
        return
    typer.echo("  day          held   convicted      pending      neither    by ICE")
    for one in chosen:
        parts = shares(one)
        cells = [
            f"{_figure(one.number(name)):>7} {_share(parts[name]):>5}" for name in ("convicted", "pending", "none")
        ]
        typer.echo(f"  {one.as_of}  {_figure(one.number('total')):>6}  {' '.join(cells)}  {_share(parts['ICE']):>5}")
    for line in mismatches(chosen):
        typer.echo(f"  does not add up: {line}")


@outcomes.command()
def identified(
    agency: Annotated[str | None, typer.Argument(metavar="[AGENCY]", show_default=False)] = None,
    state: State = None,
    json: Json = False,
) -> None:
    """People identified and removed under 287(g), fiscal years 2006 to 2013, by agency.

    Example: ledger287 outcomes identified "Maricopa County Sheriff" --json
    """
    from ledger287.ledger.outcomes import identified as found
    from ledger287.ledger.outcomes.flows import state_code

    code = state_code(state) if state else None
    answer = found.agency_answer(found.find(agency, code)) if agency else found.identified_answer(code)
    if json:
        print_json(answer)
        return
    for row in [answer] if agency else answer["rows"]:
        typer.echo(f"  {row['name']}, {row['state']}: {row['identified']:,} identified, {row['removed']:,} removed")
    if agency:
        for year in answer["years"]:
            pair = (_figure(year["identified"]), _figure(year["removed"]))
            typer.echo(f"    FY{year['fiscal_year']}  {pair[0]:>11} identified  {pair[1]:>11} removed")
        typer.echo(f"  which agency: {answer['decision']['evidence']}")
    else:
        typer.echo(f"  in all: {answer['identified']:,} identified, {answer['removed']:,} removed")
    typer.echo(f"  {found.LEAVES_OUT}")


@outcomes.command()
def arrests(state: State = None, daily: Annotated[bool, typer.Option("--daily")] = False, json: Json = False) -> None:
    """Arrests by state in two compilations side by side; --daily for the five states with days, and ICE's posts.

    Example: ledger287 outcomes arrests --state TX
    """
    from ledger287.ledger.outcomes.flows import arrests_by_state, arrests_daily

    answer = arrests_daily(state) if daily else arrests_by_state(state)
    if json:
        print_json(answer)
        return
    if daily:
        for row in answer["days"]:
            typer.echo(f"  {row['day']}  {row['state']:12} {row['arrests']:>6,}")
        for row in answer["posted"]:
            posted = f"{plural(row['arrests'], 'arrest')} and {plural(row['detainers'], 'detainer')}"
            typer.echo(f"  {row['day']}  ICE posted {posted}")
    else:
        for key, about in answer["compilations"].items():
            typer.echo(f"  {key}: {about['source']}")
        for row in answer["states"]:
            difference = f"{row['difference']:+,}" if row["difference"] is not None else ""
            typer.echo(f"  {row['state']:22}{_figure(row['a']):>12}{_figure(row['b']):>12}{difference:>10}")
    typer.echo(f"  {answer['cannot_show']}")


@outcomes.command()
def detainers(state: Annotated[str, typer.Argument(metavar="STATE")], json: Json = False) -> None:
    """Detainers of a state by month and why they were lifted: PA (2007 to 2015), MN (2022 to 2026).

    Example: ledger287 outcomes detainers PA
    """
    from ledger287.analysis.outcomes.jails import jails
    from ledger287.ledger.outcomes.flows import detainers as found

    answer = found(state)
    if answer["state"] == "PA":
        answer |= jails()
    if json:
        print_json(answer)
        return
    typer.echo(f"  {plural(answer['total'], 'detainer')} in {answer['state']}")
    if "join" in answer:
        join = answer["join"]
        typer.echo(
            f"  to {join['jails']} jails, {join['to_county']['jails']} of them joined to a county and "
            f"{join['to_code']['jails']} to a code of ICE's facilities; --json gives each"
        )
    if "share_taken" in answer:
        typer.echo(f"  {answer['taken']:,} booked into detention ({answer['share_taken']:.1%})")
        for row in answer["reasons"]:
            typer.echo(f"    {row['reason']:34} {row['detainers']:>7,}")
    typer.echo(f"  {answer['cannot_show']}")


@outcomes.command()
def facility(
    name: Annotated[str, typer.Argument(metavar="FACILITY", help="A code, or a name.")],
    state: State = None,
    json: Json = False,
) -> None:
    """People held in one facility by month, from two sources, and what ICE's averages say of the days between.

    Example: ledger287 outcomes facility STWRTGA
    """
    from ledger287.analysis.outcomes.facilities import facility_answer

    answer = facility_answer(name, state)
    if json:
        print_json(answer)
        return
    typer.echo(f"  {answer['name'] or answer['code']} ({answer['code']}), {answer['state'] or 'state not known'}")
    for row in answer["months"]:
        midnight = f"{row['midnight']:>9,.1f} at midnight" if row["midnight"] is not None else ""
        typer.echo(f"    {row['month']:%b %Y}  {row['source']:6} {row['held']:>9,.1f} a day{midnight}")
    typer.echo(f"  {answer['note']}")


@outcomes.command()
def population(
    place: Annotated[
        str, typer.Argument(metavar="PLACE", help="A state, or a county by code (13259) or name (Stewart County, GA).")
    ],
    first: Annotated[date | None, day_option("--from", "Days from this one on.")] = None,
    last: Annotated[date | None, day_option("--to", "Days up to this one.")] = None,
    json: Json = False,
) -> None:
    """People held for ICE in a state or county by day, from two sources; --json gives every day.

    Example: ledger287 outcomes population "Stewart County, GA" --from 2025-01-01
    """
    from ledger287 import api

    answer = api.people_held_in(place, first, last)
    if json:
        print_json(answer)
        return
    typer.echo(f"  {answer['county'] or answer['state']}: people a day, by month")
    for row in answer["months"]:
        mean = f"{row['held']:>9,.1f}" if row["held"] is not None else "  under 5"
        most = f"   at most {row['most']:,}" if row["most"] is not None else ""
        typer.echo(f"    {row['month']:%b %Y}  {row['source']:6}{mean}{most}")
    if not answer["months"]:
        typer.echo("    no facility that is known to be there held anybody in that time")
    typer.echo(f"  {answer['note']}")


@outcomes.command()
def compare(json: Json = False) -> None:
    """How the two sources on facilities compare, and how ICE's averages compare with daily counts.

    Example: ledger287 outcomes compare --json
    """
    from ledger287.analysis.outcomes.facilities import compared

    answer = compared()
    if json:
        print_json(answer)
        return
    gap, spans = answer["largest_gap"], answer["intervals"]
    typer.echo(f"  {answer['facility_days']:,} facility-days of {answer['facilities']} facilities are in both sources")
    typer.echo(f"  median difference {answer['median_of_facility_medians']:.2%}; the largest {gap['people']:,} people")
    typer.echo(f"    at {gap['name']} on {day_text(gap['day'])}")
    typer.echo(
        f"  {spans['measured']:,} intervals measured: {spans['between_midnight_and_held']:.1%} between both counts,"
    )
    typer.echo(
        f"    {spans['within_one_person']:.1%} within one person; {spans['impossible']} of {spans['all']:,} impossible"
    )
    typer.echo(
        f"    {spans['within_releases']:.1%} within one person and {spans['release_share']:.1%}, by which two releases"
        " of ICE's records differ"
    )
    nation = spans["nationwide"]
    typer.echo(
        f"    all facilities together: {nation['between']} of {nation['intervals']} intervals between both counts"
    )
    typer.echo(f"    counted otherwise throughout: {', '.join(spans['counted_otherwise']) or 'none'}")
    typer.echo(f"  {answer['note']}")


@outcomes.command()
def landmark(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="An apprehension site or facility's name, as typed.")],
    on: On = None,
    state: State = None,
    record: Record = None,
    json: Json = False,
) -> None:
    """Which agency with an agreement on the day, or which county, an apprehension site names; or cannot tell.

    Example: ledger287 outcomes landmark "CAP - ELMORE COUNTY JAIL, AL STATE" --on 2026-05-08
    """
    from ledger287.analysis.outcomes.landmark import Matcher
    from ledger287.ledger.outcomes.flows import state_code

    answer = Matcher(ledger(record), on).match(text, state_code(state) if state else None)
    if json:
        print_json(answer)
        return
    what = answer.agency or answer.county
    typer.echo(f"  {answer.verdict}{f': {what}, {answer.state}' if what else ''} ({answer.why})")


@outcomes.command()
def add(
    file: File,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="The folder of outcomes to add to; created if it is new.")
    ],
    json: Json = False,
) -> None:
    """Add a file to a folder of outcomes: a detention workbook, or a file of arrests, detainers or detentions.

    Rows of persons are counted while they are read; only counts are written, and cells under 5 are withheld. Answer
    from the folder by setting LEDGER287_OUTCOMES to it.

    Example: ledger287 outcomes add arrests-latest.parquet --out my-outcomes
    """
    from ledger287.analysis.outcomes.adding import add as add_file
    from ledger287.sources.outcomes.answer import problem_answer

    added = add_file(file, out)
    problems = [problem_answer(one) for one in added.problems]
    if json:
        print_json(
            {
                "file": added.file,
                "kind": added.kind,
                "tables": added.tables,
                "counts": added.counts,
                "problems": problems,
            }
        )
    else:
        typer.echo(f"  {added.file}: {added.kind}")
        for name, number in added.counts.items():
            typer.echo(f"    {name.replace('_', ' '):12} {number:>12,}")
        for name, number in added.tables.items():
            typer.echo(f"    {name}.parquet has {plural(number, 'row')}")
        show_problems(problems)
    if problems:
        raise typer.Exit(WITH_PROBLEMS)


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


@outcomes.command()
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
