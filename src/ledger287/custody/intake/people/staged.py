"""People in the free columns of a staged file: their names and numbers, wherever in the file they are, stop it.

What enters: a source, and its staged cells. What leaves: nothing, or a refusal.
"""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from ledger287.custody.case.vocabulary import vocabulary
from ledger287.custody.intake.columns.assigning import personal
from ledger287.custody.intake.fields import FREE
from ledger287.custody.intake.opening.opened_files import ExportFile
from ledger287.custody.intake.people.named_columns import SAMPLE, names_in_column
from ledger287.custody.intake.people.named_numbers import counting_sql, names_in, names_sql, places_of
from ledger287.custody.intake.times.cell_sql import as_name, as_text, is_foot
from ledger287.custody.intake.times.values import identifies, names_in_number, with_article

MOST = 100_000
"""So many different values that may be a name are looked at."""


def refuse_people_staged(source: ExportFile, words: Collection[str], run_sql: Callable[[str], Any]) -> None:
    """A value of a free column that looks like a person's, wherever in the file it is, stops the audit."""
    patterns = vocabulary()["personal"]["values"].values()
    for head, field in source.columns.items():
        if field not in FREE or field not in words:
            continue
        name = as_name(field)
        suspects = " or ".join(f"regexp_matches({name}, {as_text(pattern)})" for pattern in patterns)
        suspects = names_sql(name) if field == "case" else suspects
        rows = run_sql(
            f"select min(row), {name} from named where {name} is not null and ({suspects}) "
            f"and not ({is_foot()}) and not heading and {name} <> {as_text(head)} group by 2 order by 1 limit {MOST}"
        ).fetchall()
        look_at = names_in_number if field == "case" else identifies
        for row, value in rows:
            if look := look_at(value):
                why = f"at row {row} a value that looks like {with_article(look)}"
                raise personal(source.path, head, why, field)
        if field == "case":
            _refuse_named_numbers(source, head, run_sql)


def _refuse_named_numbers(source: ExportFile, head: str, run_sql: Callable[[str], Any]) -> None:
    """Case numbers whose words are people's names; the words of the file's own places are not."""
    kept = f'not ({is_foot()}) and not heading and "case" <> {as_text(head)}'
    table = f'(select row, "case" as number from named where {kept})'
    words = {tuple(row[0]): row[1] for row in run_sql(counting_sql("number", table)).fetchall()}
    where = cache(lambda: places_of(source.heads, source.columns, source.rows()))
    every = f"(select greatest(1, ceil(count(*) / {SAMPLE}))::bigint from named)"
    spaced = run_sql(f"select distinct number from {table} where row % {every} = 0").fetchall()
    if look := names_in(words, where) or names_in_column((row[0] for row in spaced), where):
        raise personal(source.path, head, f"values that look like {look}", "case")
