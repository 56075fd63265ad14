"""``ledger287 outcomes facility``, ``population`` and ``compare``: people held by facility, county and state."""

from datetime import date
from typing import Annotated

import typer

from ledger287.cli.common import Json, State, day_option, day_text, print_json


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
    for row in (answer["added"] or {"months": []})["months"]:
        people = f"{row['midnight']:,.1f}" if row["midnight"] is not None else "under 5"
        typer.echo(f"    {row['month']:%b %Y}  {answer['added']['file']}: {people} at midnight")
    typer.echo(f"  {answer['note']}")


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
    for row in (answer["added"] or {"months": []})["months"]:
        people = f"{row['midnight']:,.1f}" if row["midnight"] is not None else "under 5"
        typer.echo(f"    {row['month']:%b %Y}  {answer['added']['file']} (added here): {people} at midnight")
    if not answer["months"]:
        typer.echo("    no facility that is known to be there held anybody in that time")
    typer.echo(f"  {answer['note']}")


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
    above, shot = answer["nation"]["averages_above_midnight"], answer["nation"]["snapshots_above_midnight_before"]
    revised = answer["nation"]["revised_between_workbooks"]
    typer.echo(
        f"    the nation, without any join: ICE's averages of {above['months']} months are {above['least']:.1%} to"
        f" {above['most']:.1%} above midnight, its snapshots of {shot['snapshots']} days {shot['median']:.1%}"
    )
    typer.echo(
        f"    ICE's new figures of months that had ended move an interval by {revised['median_people']:,.0f} people"
        f" (median of {revised['intervals']})"
    )
    for row in spans["outside_by_cause"]:
        share = f"{row['intervals']:,} intervals ({row['share_of_measured']:.1%})"
        typer.echo(f"    outside, {share}, {row['share_of_people_days']:.2%} of people-days: {row['says']}")
    typer.echo(f"    counted otherwise throughout: {', '.join(spans['counted_otherwise']) or 'none'}")
    typer.echo(f"  {answer['note']}")
