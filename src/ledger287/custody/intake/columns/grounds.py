"""A column that no field reads, of a ground on which a person was kept after what is read as the time of release.

What enters: a heading, the first rows of a file, and which columns are read. What leaves: whether a row shows a later
time in that column, by when the person had not left: a sentence that ends two days after the charges were disposed.
"""

from collections.abc import Iterator, Mapping, Sequence

from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.columns.headings import words_of
from ledger287.custody.intake.fields import ENDS
from ledger287.custody.intake.times.moments import ORDERS, DayOrder, Moment, join_moment

START = "charges_cleared"


def kept_until(
    head: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    columns: Mapping[str, str],
    pairs: Mapping[str, Sequence[str]],
) -> bool:
    """Whether a row has a time in the column that is after its time of release and not after its end."""
    if not {*vocabulary()["kept_until"]} & {*words_of(head).split()}:
        return False
    place = {name: number for number, name in enumerate(heads)}

    def at(row: Sequence[str], field: str, order: DayOrder) -> Iterator[int]:
        given = [tuple(pairs[field])] if field in pairs else [(one,) for one, name in columns.items() if name == field]
        for parts in given:
            day, time = (*(row[place[one]].strip() for one in parts), "")[:2]
            found = join_moment(day, time, order)
            if isinstance(found, Moment):
                yield found.seconds

    for row in rows:
        if len(row) < len(heads) or not (text := row[place[head]].strip()):
            continue
        for order in ORDERS:
            until = join_moment(text, "", order)
            until = join_moment(text, "00:00", order) if until == "day_only" else until
            begun, left = [*at(row, START, order)], [one for end in ENDS for one in at(row, end, order)]
            if isinstance(until, Moment) and begun and left and begun[0] < until.seconds <= min(left):
                return True
    return False
