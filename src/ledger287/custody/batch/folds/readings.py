"""Cases that can be read in more than one way: each reading is decided, and what they have in common is the decision.

What enters: a table of cases of which some have detainers on different forms, and how rows of one reading are decided.
What leaves: one decision a case, as ``case.decide`` makes it of each reading. Rows of one reading still stream.
"""

from collections.abc import Callable, Mapping, Sequence

from ledger287.custody.case.vocabulary import NOT_UNDERSTOOD
from ledger287.custody.columns.words import int_of
from ledger287.custody.duties.table import BIT
from ledger287.custody.relations.column import Column, cases, literal
from ledger287.custody.relations.table import Table, union

KEYS = ("file", "row")
SHIFT = 8
"""By how much an end is multiplied to hold the number of its clock as well."""


def with_readings(table: Table, forms: Mapping[str, Sequence[str]], decided: Callable[[Table], Table]) -> Table:
    """The decisions on a table; ``forms`` are words for several forms, each with the forms that it stands for."""
    table = table if "file" in table.columns else table.mutate(file=literal("", "string"))
    several = table.detainer_form.isin(sorted(forms)).fill_null(False)
    copies = [
        table.filter(table.detainer_form.isin(sorted(word for word in forms if form in forms[word]))).mutate(
            detainer_form=literal(form, "string")
        )
        for form in sorted({form for listed in forms.values() for form in listed})
    ]
    plain, many = decided(table.filter(~several)), decided(union(*copies))
    wanted = [name for name in plain.columns if not name.startswith("v_")]
    agreed = _agreed(many, wanted)
    return union(plain.select(*wanted), agreed.select(*wanted))


def _agreed(table: Table, wanted: Sequence[str]) -> Table:
    """What every reading of a case has in common (``case.decide``)."""
    own = (
        "detainer_form", "request_end", "limit_end", "governing", "over_seconds", "missed", "open", "problems",
        "by_calendar", "by_law",
    )  # fmt: skip
    found: dict[str, Column] = {
        name: table[name].arbitrary() for name in wanted if name not in own and name not in KEYS
    }
    end, clock = table.limit_end, table.governing.cast("int64")
    found |= {
        "low": table.request_end.min(),
        "high": table.request_end.max(),
        "known": table.request_end.count(),
        "readings": table.count(),
        "end": (end * SHIFT + clock).min(),
        "last": (end * SHIFT + clock).max(),
        "missed": table.missed.bit_and(),
        "found": (table.missed | table.open).bit_or(),
        "problems": table.problems.bit_and(),
        "by_calendar": table.by_calendar.bit_and(),
        "by_law": table.by_law.bit_and(),
    }
    one = table.group_by(list(KEYS)).aggregate(**found)
    alike = (one.low == one.high) & (one.known == one.readings)
    past = (one.missed & BIT["over_limit"]) != 0
    governs = cases((past, one["last"]), otherwise=one.end)
    limit = governs // SHIFT
    over = cases((past, one.left - limit), otherwise=int_of(None))
    return one.mutate(
        detainer_form=literal(NOT_UNDERSTOOD, "int8"),
        request_end=cases((alike, one.low), otherwise=int_of(None)),
        limit_end=limit,
        governing=(governs % SHIFT).fill_null(0),
        over_seconds=over,
        open=one.found & ~one.missed,
    )
