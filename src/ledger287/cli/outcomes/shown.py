"""What the commands on outcomes print: people held, figures, shares, problems; and the bytes of a file."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ledger287.core.problem import Refused
from ledger287.core.text import plural

File = Annotated[Path, typer.Argument(metavar="FILE", help="A file on this machine.", show_default=False)]
MOST_PROBLEMS_SHOWN = 12


def file_bytes(path: Path) -> bytes:
    """The bytes of a file that was named. Raises Refused where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path}: cannot be read ({error.strerror}). Name a file on this machine.") from None


def show_held(held: dict[str, Any] | None) -> None:
    """Print who was held, with shares."""
    if held is None:
        typer.echo("  people held: not in this file")
        return
    typer.echo(f"  people held: {figure(held['total'])}")
    for name, said in (("convicted", "convicted"), ("pending", "charges pending"), ("none", "neither")):
        typer.echo(f"    {said:18}{figure(held['by_criminality'][name]):>9}  {share_of(held['shares'][name])}")
    for name in ("ICE", "CBP"):
        said = f"arrested by {name}"
        typer.echo(f"    {said:18}{figure(held['by_arresting_agency'][name]):>9}  {share_of(held['shares'][name])}")


def small(number: int | None) -> str:
    """A number with commas, or that it is withheld."""
    return f"{number:,}" if number is not None else "under 5"


def figure(number: int | None) -> str:
    """A number with commas, or that it is not printed."""
    return f"{number:,}" if number is not None else "not printed"


def share_of(share: float | None) -> str:
    """A share as a percentage, or nothing."""
    return f"{share:.1%}" if share is not None else ""


def show_problems(problems: list[dict[str, Any]]) -> None:
    """Print problems, the first of them in full."""
    if not problems:
        return
    typer.echo(f"  {plural(len(problems), 'problem')}")
    for one in problems[:MOST_PROBLEMS_SHOWN]:
        place = " ".join(filter(None, (one["sheet"], one["cell"]))) or "the file"
        typer.echo(f"    {place}: expected {one['expected']}; found {one['found']}. {one['remedy']}")
    if len(problems) > MOST_PROBLEMS_SHOWN:
        typer.echo(f"    and {len(problems) - MOST_PROBLEMS_SHOWN} more; --json gives them all")
