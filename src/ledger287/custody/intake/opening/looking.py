"""What stops a file when its rows are looked at: fields that it lacks, times in doubt or not read, people's names.

What enters: a file's headings and first rows, and which column is which field. What leaves: refusals, all of them.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from ledger287.core.problem import Refused
from ledger287.core.query_error import Ask, QueryError, QueryField
from ledger287.custody.intake.columns.assigning import Columns, personal
from ledger287.custody.intake.columns.grounds import kept_until
from ledger287.custody.intake.columns.guessing import (
    DAYS,
    HALVES,
    TIMES,
    TIMES_OF_DAY,
    guessed,
    headings_read,
    of_another_ground,
    of_the_hold,
    times_in,
    unread_days,
)
from ledger287.custody.intake.columns.headings import Shape
from ledger287.custody.intake.fields import ENDS, FREE, NUMBERED, OF_A_HOLD, STARTS
from ledger287.custody.intake.files import Cells
from ledger287.custody.intake.opening.first_rows import LOOK_AT
from ledger287.custody.intake.people.named_columns import names_in_column
from ledger287.custody.intake.people.named_numbers import counted, names_in, places_of
from ledger287.custody.intake.people.unread_columns import people_in
from ledger287.custody.intake.times.hours import half_unknown, places_of_hours
from ledger287.custody.intake.times.values import first_who, looks_personal, personal_heading, quoted, several


def enough(path: str, shape: Shape, fields: frozenset[str]) -> list[Refused]:
    if not fields:
        return []
    faults: list[Refused] = []
    if "case" not in fields:
        faults.append(Refused(f"{path}: expected a column with the case's number (case), found none."))
    if shape == "cases" and not (set(STARTS) & fields and set(ENDS) & fields):
        pair = f"expected a column of {' or '.join(STARTS)}, and one of {' or '.join(ENDS)}; found neither pair."
        propose = Ask("custody map", (path,))
        faults.append(QueryError("no_hold", f"{path}: {pair} ", propose, " proposes which column is which."))
    return faults


def asked_about(path: str, heads: list[str], rows: list[Cells], reader: Columns) -> list[Refused]:
    """Columns that no field reads and that have times, or look like those of a hold: none vanishes for its heading."""
    faults: list[Refused] = []
    paired = {head for pair in reader.pairs.values() for head in pair}
    read = headings_read(reader.columns, reader.pairs)
    whole = bool({*STARTS} & {*read}) and bool({*ENDS} & {*read})
    for place, head in enumerate(heads):
        if head not in reader.kept or head in reader.columns or head in paired or reader.named(head, reader.ignored):
            continue
        values = [row[place].strip() for row in rows[:LOOK_AT] if place < len(row)]
        later = kept_until(head, heads, rows[:LOOK_AT], reader.columns, reader.pairs)
        has = times_in(values) or unread_days(head, values, read, later=later)
        if has == TIMES_OF_DAY or (reader.shape == "log" and has != HALVES):
            continue
        name, _ = guessed(head, values, reader.shape, set(reader.fields)) or ("", "")
        # Where the start and the end of a hold are read already, another time is reported as not read, unless the start
        # is of one ground of release and the other time may be of another.
        known = "charges_cleared" in reader.fields and {*ENDS} & reader.fields
        another = later or of_another_ground(head, read.get("charges_cleared", ()))
        another = bool(known) and has in (TIMES, DAYS) and another
        own = has in (TIMES, DAYS) and of_the_hold(head)
        asks = has == HALVES or (has == TIMES and not known) or (has == DAYS and not whole) or another or own
        looks = f"looks like {name}" if name in OF_A_HOLD and has != HALVES else f"has {has}" if asks else ""
        looks += ", perhaps of another ground on which people were kept (they leave at the later)" if another else ""
        if looks:
            says = f"{path}: column {quoted(head)} {looks}, and is not read. "
            propose, drop = Ask("custody map", (path,)), QueryField("drop", quoted(head))
            more = " proposes how to read it; if it is something else, say "
            faults.append(QueryError("looks_like_a_time", says, propose, more, drop, "."))
    return faults


def asked_of_hours(
    path: str, kind: str, reader: Columns, rows: list[Cells], every: Callable[[], Iterable[Cells]]
) -> list[Refused]:
    """Times of day that may be of 12 hours without AM and PM: no hold is as long as they say before that is known."""
    places = places_of_hours(reader.heads, reader.columns, reader.pairs)
    known = reader.stated.map is not None and reader.stated.map.hours == 24
    doubt = None if known else half_unknown(rows, places, kind) and half_unknown(every(), places, kind)
    if not doubt:
        return []
    says = f"{path}: are its times of day of 24 hours, or of 12 hours without AM and PM? Found {doubt}. Export them "
    more = "with AM and PM; or, if they are of 24 hours, say hours: 24 in the map that "
    return [QueryError("half_day", says, more, Ask("custody map", (path,)), " proposes.")]


def look(path: str, heads: list[str], rows: list[Cells], reader: Columns) -> list[Refused]:
    """Looks at the first rows: columns that no field reads, and those that hold free text."""
    faults: list[Refused] = []
    year = datetime.now(UTC).year
    paired = {head for pair in reader.pairs.values() for head in pair}
    for place, head in enumerate(heads):
        if head not in reader.kept or head in paired:
            continue
        name = reader.columns.get(head)
        if name is not None and name not in FREE:
            continue
        if name is None and personal_heading(head) and not reader.named(head, reader.ignored):
            continue  # its heading was refused already
        values = [row[place].strip() for row in rows[:LOOK_AT] if place < len(row)]
        where = partial(places_of, heads, reader.columns, rows)
        if name is None or name in NUMBERED:
            found = looks_personal(values, year) or people_in(values, where)
        else:
            found = first_who(values, anywhere=name == "case")
            if name == "case":
                found = found or names_in(counted(values), where) or names_in_column(values, where)
        if found:
            faults.append(personal(path, head, f"values that look like {several(found)}", name or ""))
    return faults
