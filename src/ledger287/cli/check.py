"""``ledger287 check``: is the figure in this story true?"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import ANSWERED, WITH_PROBLEMS, Record, ledger, print_json, replacing
from ledger287.cli.plain import on_terminal

if TYPE_CHECKING:
    from ledger287.factcheck.correcting import ChosenReading
    from ledger287.factcheck.extract.model import Days
    from ledger287.factcheck.measures.index import Index
    from ledger287.factcheck.verdicts.answers import Checked


def _date(text: str) -> "Days":
    from ledger287.factcheck.text.published import month_or_day

    try:
        return month_or_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--date") from None


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE", help="An article as text, HTML or PDF; - for standard input.", show_default=False
        ),
    ],
    date: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DATE", help="The article's day (2025-08-14), month or year.", show_default=False
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT", help="Write the annotated article as an HTML page.", show_default=False),
    ] = None,
    correct: Annotated[
        list[str] | None,
        typer.Option(
            "--correct",
            metavar="CLAIM:CHOICE",
            help="Answer a claim that was read wrongly by a reading that you choose, as "
            "2:place=FL,model=TFM,unit=agencies,day=2025-08-14. May be repeated, for one FILE.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Processes, for several files.")] = 1,
    record: Record = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with the keys that docs/claims.md gives.")] = False,
) -> None:
    """Check the figures of a news story against the record.

    Finds each claim about the program, says what it is taken to mean, and answers it with its evidence.
    Exit code 0 when nothing is contradicted, 1 when something is, 2 when the request is wrong.

    Example: ledger287 check article.txt --date 2025-08-20
    """
    from ledger287.core.problem import Refused
    from ledger287.core.swapping import write_file
    from ledger287.factcheck.report import as_html, as_text
    from ledger287.factcheck.verdicts.answers import as_json

    if html and len(files) > 1:
        raise Refused("--html writes one page; give one FILE with it.")
    day = _date(date) if date else None
    chosen = _chosen(correct or [])
    if chosen and len(files) > 1:
        raise Refused("--correct names claims of one story; give one FILE with it.")
    checked = [_corrected(_one(files[0], day, record), chosen)] if chosen else _check_all(files, day, record, jobs)
    if html:
        try:
            with replacing(html):
                write_file(html, as_html(checked[0]).encode())
        except OSError as error:
            raise Refused(f"{html}: cannot be written ({error.strerror}). Name another file after --html.") from None
    if json:
        print_json(as_json(checked[0]) if len(files) == 1 else [as_json(one) for one in checked])
    else:
        texts = (as_text(one, colour=sys.stdout.isatty()).rstrip("\n") for one in checked)
        typer.echo(on_terminal("\n\n".join(texts)))
    raise typer.Exit(WITH_PROBLEMS if any(one.against for one in checked) else ANSWERED)


def _chosen(said: list[str]) -> "dict[int, ChosenReading]":
    """The readings that a person chose, by the number of the claim."""
    from ledger287.factcheck.correcting import reading_in_words

    chosen: dict[int, ChosenReading] = {}
    for text in said:
        try:
            number, reading = reading_in_words(text)
        except ValueError as error:
            raise typer.BadParameter(f"{error}.", param_hint="--correct") from None
        if number in chosen:
            raise typer.BadParameter(
                f"claim {number} is corrected twice; give its choices at once.", param_hint="--correct"
            )
        chosen[number] = reading
    return chosen


def _one(name: str, day: "Days | None", record: Path | None) -> "tuple[Checked, Index]":
    from ledger287.factcheck.batch import read_input
    from ledger287.factcheck.checking import Checker
    from ledger287.factcheck.text.cleaning import read_article

    checker = Checker(ledger(record))
    said, data = read_input(name)
    return checker.check(read_article(data, said, day)), checker.index


def _corrected(found: "tuple[Checked, Index]", chosen: "dict[int, ChosenReading]") -> "Checked":
    from ledger287.core.problem import Refused
    from ledger287.factcheck.correcting import corrected, not_correctable

    checked, index = found
    if wrong := not_correctable(checked, chosen):
        raise Refused(f"--correct: {wrong}")
    return corrected(checked, chosen, index)


def _check_all(files: list[str], day: "Days | None", record: Path | None, jobs: int) -> "list[Checked]":
    from ledger287.factcheck.batch import check_files, read_input

    inputs = [read_input(name) for name in files]
    if jobs == 1 or len(files) == 1:
        from ledger287.factcheck.checking import Checker
        from ledger287.factcheck.text.cleaning import read_article

        checker = Checker(ledger(record))
        return [checker.check(read_article(data, name, day)) for name, data in inputs]
    return check_files(inputs, day, record, jobs)
