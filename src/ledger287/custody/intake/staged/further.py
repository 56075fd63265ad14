"""Further detainers of a case in columns of their own, as ``Detainer 2 received``: with the first they are one event.

What enters: SQL for the cells of the first and of further detainers. What leaves: SQL for what a log with a line for
each of them says: the first counts, forms that differ are all read, and a detainer canceled and come again is new.
"""

from collections.abc import Mapping, Sequence

from ledger287.custody.batch.folds.folding import same_in_law
from ledger287.custody.batch.folds.log_words import CANCELLED, DETAINER, FORMS, LOST_BIT
from ledger287.custody.batch.plans.plan import bit
from ledger287.custody.case.vocabulary import DOUBT, FURTHER, codes, number, spellings
from ledger287.custody.intake.times.cell_sql import as_text

FORM = "detainer_form"


def numbered(base: str, names: Sequence[str]) -> list[str]:
    """A field and its further ones, of those that a file has."""
    return [name for name in names if name == base or FURTHER.get(name) == base]


def together(
    seconds: Mapping[str, str], local: Mapping[str, str], lost: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The times of a row, whether they are local, and whether they cannot be read, with one detainer of several."""
    mine = numbered(DETAINER, [*seconds])
    kept = {name: one for name, one in seconds.items() if name not in FURTHER}
    own = {name: one for name, one in local.items() if name not in FURTHER}
    bad = {name: one for name, one in lost.items() if name not in FURTHER}
    if len(mine) > 1 or (mine and mine[0] != DETAINER):
        times = ", ".join(seconds[name] for name in mine)
        low, high = f"least({times})", f"greatest({times})"
        kept[DETAINER] = low
        tests = " ".join(f"when {seconds[name]} = {low} then {local[name]}" for name in mine)
        own[DETAINER] = f"case {tests} else false end"
        bad[DETAINER] = f"({' or '.join(lost[name] for name in mine)})"
        if CANCELLED in seconds:
            cancelled = seconds[CANCELLED]
            again = f"coalesce({low} <= {cancelled} and {cancelled} < {high}, false)"
            start = f"coalesce({seconds.get('charges_cleared', 'null')}, {seconds.get('hold_started', 'null')})"
            kept[CANCELLED] = f"case when {again} then null else {cancelled} end"
            bad[CANCELLED] = f"({lost[CANCELLED]} or ({again} and coalesce({high} > {start}, true)))"
    return kept, own, bad


def unread_cells(lost: Mapping[str, str]) -> str:
    """How many cells of times of a row cannot be read, as bits of their events."""
    return " + ".join(f"{test}::int * {bit(name)}" for name, test in lost.items()) or "0"


def forms_sql(cells: Sequence[str]) -> str:
    """The form of several detainers: the one, the lowest of those that say the same in law, or all of them."""
    if len(cells) == 1:
        return cells[0]
    masks = " | ".join(f"coalesce({_mask(cell)}, 0)" for cell in cells)
    lost = " ".join(f"when {_mask(cell)} = {LOST_BIT} then {cell}" for cell in cells)
    alike = " ".join(
        f"when ({masks}) & ~{sum(1 << code for code in group)} = 0 then {_lowest(masks)}" for group in same_in_law(FORM)
    )
    return (
        f"case when ({masks}) = 0 then null when ({masks}) & {LOST_BIT} <> 0 then case {lost} end {alike} "
        f"when bit_count({masks}) = 1 then {_lowest(masks)} else {as_text(FORMS)} || ({masks})::varchar end"
    )


def _mask(cell: str) -> str:
    plainly = f"trim(regexp_replace(lower({cell}), '[^a-z0-9]+', ' ', 'g'))"
    known = " ".join(f"when {as_text(word)} then {1 << number(FORM, code)}" for word, code in spellings(FORM).items())
    doubt = f"when contains({cell}, '{DOUBT}') then {LOST_BIT}"
    return f"case when {cell} is null then 0 {doubt} else case {plainly} {known} else {LOST_BIT} end end"


def _lowest(masks: str) -> str:
    tests = " ".join(f"when ({masks}) & {1 << number(FORM, code)} <> 0 then {as_text(code)}" for code in codes(FORM))
    return f"case {tests} end"
