"""The two queries of an audit as SQL: the decisions on every case, and the findings on those that were written.

What enters: the columns of the tables that a query reads, the plan and the law. What leaves: SQL over tables of fixed
names. A query depends on nothing else, and is kept by what it rests on: a second audit of the same columns has it.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from threading import Lock

from ledger287.custody.batch.audit import audit
from ledger287.custody.batch.plans.plan import Plan
from ledger287.custody.batch.plans.reached import reached
from ledger287.custody.batch.written import read_back, with_instants, written
from ledger287.custody.case.hold_law import Law
from ledger287.custody.columns.calendars import families
from ledger287.custody.duties.findings import findings_of
from ledger287.custody.relations.table import Table, sql_of

GIVEN = "given_cases"
"""The name under which an engine has the table of cases."""
MOST_KEPT = 64
_kept: OrderedDict[object, str] = OrderedDict()
_lock = Lock()

Schemas = Mapping[str, Table]


def decisions_sql(tables: Schemas, law: Law, plan: Plan, dialect: str, by_function: Collection[str] = ()) -> str:
    """The decisions as they are written, a row for each case with a number, by the tables that an engine has.

    It has those named in ``by_function`` as functions (``Engine.as_function``).
    """

    def made(given: Mapping[str, Table]) -> Table:
        joined = given["clocks"], given["complaints"], given.get("models")
        decided = audit(given[GIVEN], *joined, law, plan, given.get("officers"), by_function)
        return written(decided.filter(~(decided.case.isnull() | (decided.case == ""))))

    spans = () if plan.times == "utc" else tuple(families(plan.zones_used, plan.first, plan.last))
    # The days of a plan only choose the intervals of its zones, and its agencies only whether there are models.
    apart = replace(plan, columns=frozenset(), first=0, last=0, agencies=(), within=None)
    rests_on = repr((sorted(plan.columns), apart, spans, reached(law, plan.within)))
    return _sql(("decisions", rests_on, frozenset(by_function)), tables, law, dialect, made)


def findings_sql(kept: Table, law: Law, dialect: str) -> str:
    """The findings on written decisions, with what is said of each rule."""

    def made(given: Mapping[str, Table]) -> Table:
        return with_instants(findings_of(read_back(given[kept.name], law), law), ("since", "due", "done"))

    return _sql("findings", {kept.name: kept}, law, dialect, made)


def _sql(what: object, tables: Schemas, law: Law, dialect: str, made: Callable[[Mapping[str, Table]], Table]) -> str:
    shapes = tuple((name, table.shape) for name, table in tables.items())
    key = (what, shapes, law.book, law.states, law.notices, law.orders, dialect)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    sql = sql_of(made(tables), dialect)
    with _lock:
        _kept[key] = sql
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return sql
