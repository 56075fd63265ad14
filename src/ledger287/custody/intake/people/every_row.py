"""Every case number of the Parquet files that an audit reads as they are: none of them names a person.

What enters: sources. What leaves: nothing, or a refusal with its row. When a file is opened, its first rows are looked
at; a staged file is looked at completely while it is staged, and the others here, files of one heading together.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.columns.assigning import personal
from ledger287.custody.intake.files import peeking
from ledger287.custody.intake.opening.alike import metadata_of
from ledger287.custody.intake.opening.opened_files import ExportFile
from ledger287.custody.intake.people.named_columns import SAMPLE, names_in_column
from ledger287.custody.intake.people.named_numbers import (
    ALONE,
    FilePlaces,
    counting_sql,
    names_in,
    names_sql,
    people,
    places_of,
)
from ledger287.custody.intake.times.cell_sql import as_name, as_text
from ledger287.custody.intake.times.values import names_in_number, with_article

MOST = 100_000
"""So many case numbers that may be a name are looked at."""


def refuse_people(sources: Sequence[ExportFile]) -> None:
    """Refuses files of which a case number names a person, wherever in them it is."""
    by_head: dict[str, list[ExportFile]] = {}
    for source in sources:
        if source.direct:
            by_head.setdefault(source.head_of("case"), []).append(source)
    for head, mine in by_head.items():
        _refuse(head, mine)


def _refuse(head: str, sources: Sequence[ExportFile]) -> None:
    names = {str(source.path): source.name for source in sources}
    listed = ", ".join(map(as_text, names))
    read = f"read_parquet([{listed}], filename = true, file_row_number = true, hive_partitioning = false)"
    table = f"(select {as_name(head)}::varchar as number, filename, file_row_number + 1 as row from {read})"
    suspect = as_text(f"{people()}|{ALONE}|(?:{vocabulary()['personal']['words_of_number']})")
    where = partial(_places, sources)
    files = ", ".join(list(names.values())[:5])
    cursor = peeking().cursor()
    try:
        rows = sum(metadata_of(source.path).num_rows for source in sources)
        spaced = cursor.execute(f"select distinct number from {table} where row % {rows // SAMPLE + 1} = 0").fetchall()
        if look := names_in_column((row[0] for row in spaced), where):
            raise personal(files, head, f"values that look like {look}", "case")
        # Most files have no such number: one look at each value says so.
        plainly = "strip_accents(number)"
        if not cursor.execute(f"select 1 from {table} where regexp_matches({plainly}, {suspect}) limit 1").fetchone():
            return
        found = cursor.execute(
            f"select filename, row, number from {table} where {names_sql('number')} order by filename, row limit {MOST}"
        ).fetchall()
        for file, row, number in found:
            if who := names_in_number(number):
                raise personal(names[file], head, f"at row {row} a value that looks like {with_article(who)}", "case")
        words = {tuple(row[0]): row[1] for row in cursor.execute(counting_sql("number", table)).fetchall()}
    finally:
        cursor.close()
    if look := names_in(words, where):
        raise personal(files, head, f"values that look like {look}", "case")


def _places(sources: Sequence[ExportFile]) -> FilePlaces:
    found = [places_of(source.heads, source.columns, source.rows()) for source in sources]
    words: Iterator[str] = chain.from_iterable(one.words for one in found)
    return FilePlaces(frozenset(words), frozenset(chain.from_iterable(one.states for one in found)))
