"""``ledger287 outcomes identified``, ``arrests``, ``detainers`` and ``landmark``: by agency and state."""

from typing import Annotated, Any

import typer

from ledger287.cli.common import Json, On, Record, State, day_text, ledger, print_json
from ledger287.cli.outcomes.shown import figure, small
from ledger287.core.text import plural


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
            pair = (figure(year["identified"]), figure(year["removed"]))
            typer.echo(f"    FY{year['fiscal_year']}  {pair[0]:>11} identified  {pair[1]:>11} removed")
        typer.echo(f"  which agency: {answer['decision']['evidence']}")
    else:
        typer.echo(f"  in all: {answer['identified']:,} identified, {answer['removed']:,} removed")
    typer.echo(f"  {found.LEAVES_OUT}")


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
        if not answer["states"]:
            typer.echo("  Neither prints arrests of it.")
        for row in answer["states"]:
            difference = f"{row['difference']:+,}" if row["difference"] is not None else ""
            typer.echo(f"  {row['state']:22}{figure(row['a']):>12}{figure(row['b']):>12}{difference:>10}")
        if answer["added"]:
            _show_added(answer["added"], "arrests", "states", "state", nation=state is None)
    typer.echo(f"  {answer['cannot_show']}")


def _show_added(added: dict[str, Any], of: str, rows: str, name: str, nation: bool = False) -> None:
    """Print what the file that was added counts, as a source of its own."""
    typer.echo(
        f"  in {added['file']} (added here, {added['first_month']:%b %Y} to {added['last_month']:%b %Y}): "
        f"{small(added['total'])} {of}"
    )
    for row in added[rows]:
        typer.echo(f"    {row[name]:34} {small(row[of]):>7}")
    if nation and added["not_a_state"] != 0:
        typer.echo(f"    {'not in a state':34} {small(added['not_a_state']):>7}")


def detainers(state: Annotated[str, typer.Argument(metavar="STATE")], json: Json = False) -> None:
    """Detainers of a state by month, jail and why they were lifted: PA (2007 to 2015), MN (2022 to 2026, by day too).

    Example: ledger287 outcomes detainers PA
    """
    from ledger287.analysis.outcomes.deriving.jails import detainers_answer

    answer = detainers_answer(state)
    if json:
        print_json(answer)
        return
    total = "under 5 detainers" if answer["total"] is None else plural(answer["total"], "detainer")
    typer.echo(f"  {total} in {answer['state']}")
    if "join" in answer:
        join = answer["join"]
        typer.echo(
            f"  to {join['jails']} jails, {join['to_county']['jails']} of them joined to a county and "
            f"{join['to_code']['jails']} to a code of ICE's facilities; --json gives each"
        )
    lifted = answer.get("lifted", answer)
    if lifted.get("first"):
        typer.echo(f"  of the {lifted['total']:,} from {day_text(lifted['first'])} to {day_text(lifted['through'])}:")
    if "share_taken" in lifted:
        typer.echo(f"  {lifted['taken']:,} booked into detention ({lifted['share_taken']:.1%})")
        for row in lifted["reasons"]:
            typer.echo(f"    {row['reason']:46} {row['detainers']:>7,}")
    if answer["added"]:
        _show_added(answer["added"], "detainers", "reasons", "reason")
    typer.echo(f"  {answer['cannot_show']}")


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
    from ledger287.analysis.outcomes.landmarks.landmark import landmark_of

    answer = landmark_of(ledger(record), text, on, state)
    if json:
        print_json(answer)
        return
    what = answer.agency or answer.county
    typer.echo(f"  {answer.verdict}{f': {what}, {answer.state}' if what else ''} ({answer.why})")
    if answer.cannot_tell_after:
        typer.echo(f"  The newest list is of {day_text(answer.cannot_tell_after)}: what changed after it is not known.")
