"""Several agencies of one name -> an error that names each, with its id: what to type instead is in it.

What enters: what was typed, the agencies that have the name with their states, and their own names. What leaves: the
error. Promise: an agency that was printed under another's name is shown by its own.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ledger287.core.query_error import QueryError, QueryField


def several_agencies(
    query: str, found: Mapping[str, str], called: Mapping[str, str], earlier: Collection[str], state: str | None
) -> QueryError:
    """The error; ``earlier`` are those that were on no list since 2021."""
    states = sorted(set(found.values()))
    each = ", ".join(
        f"{one} ({called[one]}, {where})" if one in called else f"{one} ({where})"
        for one, where in sorted(found.items())
    )
    gone = f" Only before the lists of 2021: {', '.join(f'{one} ({found[one]})' for one in sorted(earlier))}."
    return QueryError(
        "several_agencies",
        f"{len(found)} agencies are named {query!r}, in {', '.join(states)}. Say which ",
        *(() if state or len(states) == 1 else ("with ", QueryField("state"), ", or ")),
        f"by id: {each}." + (gone if earlier and len(earlier) != len(found) else ""),
        fields=("agency", "state"),
        choices=sorted(found),
    )


def with_own_names(rows: Sequence[tuple[str, str, str]], called: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Rows of an id, a state and a name; those of one name and state have each its agency's own name."""
    often = Counter(row[1:] for row in rows)
    return [(one, state, called.get(one, name) if often[state, name] > 1 else name) for one, state, name in rows]
