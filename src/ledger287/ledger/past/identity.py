"""Who is who before 2021: the registry of today's lists, the names met only then, and what people decided.

An id that the registry of lists gives is never changed. Names met only before 2021 have their ids in
declared/registry/agencies_before_2021.csv; the decisions, each with its reason, are in declared/history/identity.csv.
"""

from functools import cache

from ledger287.core import declared
from ledger287.ledger.identity.agencies import AgencyDecisions, Identity, committed_decisions
from ledger287.ledger.identity.spelling import plain


@cache
def decisions() -> AgencyDecisions:
    """What people decided on names, of the lists and of the years before."""
    committed = committed_decisions()
    same = {key: set(names) for key, names in committed.same.items()}
    different = set(committed.different)
    for row in declared.rows("history/identity.csv"):
        one, other = (row["a_state"], plain(row["a_name"])), (row["b_state"], plain(row["b_name"]))
        if row["verdict"] == "same":
            same.setdefault(one, set()).add(other)
            same.setdefault(other, set()).add(one)
        else:
            different.add(frozenset((one, other)))
    return AgencyDecisions({key: frozenset(names) for key, names in same.items()}, frozenset(different))


def identity_then() -> Identity:
    """Places the names of the years before 2021, after those of the lists."""
    return Identity(decisions=decisions())
