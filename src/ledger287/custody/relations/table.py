"""A table as SQL: a step after another, each a query of the one before.

What enters: the tables of an engine, by name, and columns. What leaves: a ``Table``, and its SQL for an engine. A
column that is the same constant in every row is not written by the steps in between, and a table that is read twice is
written once. Columns are found by their names: of tables that are joined, no two may have the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ledger287.custody.relations.column import Column, column_of, quoted
from ledger287.custody.relations.dialects import SIGN, WORDS, Kind
from ledger287.custody.relations.fewer_steps import FilteredStep, JoinedStep, ProjectedStep, Step, in_few_steps
from ledger287.custody.relations.known import ColumnFacts, doubted

Body = tuple["str | Projected | Table", ...]


class Projected(NamedTuple):
    """The columns of a step, made of those of the step before; DuckDB reads many steps at once.

    ``added`` are the new ones where the others stay; ``complete`` means that constants are written as columns.
    """

    wanted: Mapping[str, Column]
    added: Mapping[str, Column] | None = None
    complete: bool = False

    @property
    def sql(self) -> str:
        """The step by itself."""
        added = ", ".join(f"{one.sql} as {quoted(name)}" for name, one in (self.added or {}).items())
        return f"select {f'*, {added}' if added else _listed(self.wanted, written=self.complete)} from "

    @property
    def columns(self) -> dict[str, Column]:
        """The columns that are written."""
        return {name: one for name, one in self.wanted.items() if self.complete or not one.constant}

    @property
    def by_rows(self) -> bool:
        """Whether a column of a row is made of others of that row alone, and leaves one row a row."""
        return not any(sign in one.sql for one in self.wanted.values() for sign in (SIGN["unnest"], " over ("))


class Table:
    """A table of an engine, or a query of others."""

    __slots__ = ("_body", "_columns")

    def __init__(self, body: Body, columns: Mapping[str, Column]) -> None:
        self._body, self._columns = body, dict(columns)

    # -- what it has -------------------------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(self._columns)

    @property
    def given(self) -> bool:
        """Whether an engine has it under a name."""
        return len(self._body) == 1

    @property
    def name(self) -> str:
        """The name under which an engine has it."""
        return str(self._body[0])[1:-1]

    @property
    def kinds(self) -> dict[str, Kind]:
        """Name -> kind of its columns."""
        return {name: one.kind for name, one in self._columns.items()}

    @property
    def shape(self) -> tuple[tuple[str, Kind, str], ...]:
        """What a query of it depends on: its columns with their kinds, and those that are constants."""
        return tuple((name, one.kind, one.sql if one.constant else "") for name, one in self._columns.items())

    def __getitem__(self, name: str) -> Column:
        try:
            return self._columns[name]
        except KeyError:
            raise KeyError(f"no column {name}: expected one of {', '.join(self._columns)}") from None

    def __getattr__(self, name: str) -> Column:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._columns[name]
        except KeyError as error:
            raise AttributeError(str(error)) from None

    # -- its rows in other columns -----------------------------------------------------------------------------

    def mutate(self, **new: Any) -> Table:
        """Its columns, with others added or in their place."""
        given = {name: _stated(value) for name, value in new.items()}
        written = {name: one for name, one in given.items() if not one.constant}
        columns = self._columns | {name: _kept(name, one) for name, one in given.items()}
        replaced = [name for name in given if name in self._columns and not self._columns[name].constant]
        if not written and not replaced:
            return Table(self._body, columns)
        added = written if not replaced and self._physical() else None
        return self._selected(self._columns | given, added)

    def select(self, *names: str, **new: Any) -> Table:
        """Some of its columns, and new ones."""
        return self._selected({name: self[name] for name in names} | {name: _stated(one) for name, one in new.items()})

    def drop(self, *names: str) -> Table:
        """Its columns without some."""
        kept = {name: one for name, one in self._columns.items() if name not in names}
        if len(kept) == len(self._columns):
            return self
        return self._selected(kept)

    def rename(self, named: Mapping[str, str]) -> Table:
        """Its columns, of which some have new names: new -> old."""
        old = {name: new for new, name in named.items()}
        return self._selected({old.get(name, name): one for name, one in self._columns.items()})

    def _selected(self, wanted: Mapping[str, Column], added: Mapping[str, Column] | None = None) -> Table:
        return Table((Projected(wanted, added), self), {name: _kept(name, one) for name, one in wanted.items()})

    def _physical(self) -> bool:
        return any(not one.constant for one in self._columns.values())

    def bounded(self, names: Iterable[str], known: ColumnFacts) -> Table:
        """The same, where something is known of some columns."""
        more = {name: Column(self[name].sql, self[name].kind, known=known) for name in names if not self[name].constant}
        return Table(self._body, self._columns | more)

    # -- some of its rows --------------------------------------------------------------------------------------

    def filter(self, *conditions: Column) -> Table:
        """The rows for which every condition holds."""
        tests = [one.truth for one in conditions if one.truth != "true"]
        return Table(("select * from ", self, f" where {' and '.join(tests)}"), self._columns) if tests else self

    def distinct(self) -> Table:
        """Each different row once."""
        return Table((f"select distinct {_everything(self)} from ", self), _written(self))

    def limit(self, many: int, order: Sequence[str] = ()) -> Table:
        """So many rows at most: the first ones in an order, where one is given."""
        by = f" order by {', '.join(map(quoted, order))}" if order else ""
        return Table(("select * from ", self, f"{by} limit {many}"), self._columns)

    # -- with others -------------------------------------------------------------------------------------------

    def join(self, other: Table, on: Column | Sequence[Column]) -> Table:
        """The rows of both that match."""
        return self._joined("join", other, on)

    def left_join(self, other: Table, on: Column | Sequence[Column]) -> Table:
        """Every row, with that of the other where it matches."""
        return self._joined("left join", other.materialized(), on)

    def semi_join(self, other: Table, on: Column | Sequence[Column]) -> Table:
        """The rows that match one of the other."""
        return Table(("select * from ", self, " semi join ", other, _on(on)), self._columns)

    def anti_join(self, other: Table, on: Column | Sequence[Column]) -> Table:
        """The rows that match none of the other."""
        return Table(("select * from ", self, " anti join ", other, _on(on)), self._columns)

    def _joined(self, how: str, other: Table, on: Column | Sequence[Column]) -> Table:
        if both := set(self._columns) & set(other._columns):
            raise ValueError(f"expected different names of columns in a join, found both to have {sorted(both)}")
        theirs = other._columns
        if how == "left join":
            theirs = {name: _doubted(name, one) for name, one in theirs.items()}
        return Table(("select * from ", self, f" {how} ", other, _on(on)), self._columns | theirs)

    def materialized(self) -> Table:
        """The same with its constants written as columns."""
        if not any(one.constant for one in self._columns.values()):
            return self
        return Table((Projected(self._columns, complete=True), self), _written(self))

    # -- as groups ---------------------------------------------------------------------------------------------

    def group_by(self, names: str | Sequence[str]) -> Groups:
        """Its rows in groups by some columns."""
        return Groups(self, [names] if isinstance(names, str) else list(names))

    def aggregate(self, **found: Column) -> Table:
        """One row of all."""
        return Groups(self, []).aggregate(**found)

    def count(self) -> Column:
        """How many rows there are."""
        return Column("count(*)", "int64")


class Groups:
    """The rows of a table in groups."""

    def __init__(self, table: Table, by: Sequence[str]) -> None:
        self._table, self._by = table, by

    def aggregate(self, **found: Column) -> Table:
        """One row a group: its keys, and what is found of its rows."""
        keys = {name: self._table[name] for name in self._by}
        by = f" group by {', '.join(map(str, range(1, len(keys) + 1)))}" if keys else ""
        said = ", ".join(f"{one.sql} as {quoted(name)}" for name, one in (keys | found).items())
        columns = {name: Column(quoted(name), one.kind) for name, one in (keys | found).items()}
        return Table((f"select {said} from ", self._table, by), columns)


def given(name: str, kinds: Mapping[str, Kind], constants: Mapping[str, Column] | None = None) -> Table:
    """A table that an engine has under a name; ``constants`` are known to be the same in every row."""
    whole = Table((quoted(name),), {one: Column(quoted(one), kind) for one, kind in kinds.items()})
    return whole.mutate(**constants) if constants else whole


def constants(table: Table) -> dict[str, Column]:
    """The columns of a table that are the same in every row."""
    return {name: table[name] for name in table.columns if table[name].constant}


def union(*tables: Table) -> Table:
    """The rows of all, which have the same columns."""
    names = tables[0].columns
    if any(set(table.columns) != set(names) for table in tables):
        raise ValueError("expected tables of the same columns")
    body: list[str | Table] = []
    for place, table in enumerate(tables):
        listed = _listed({name: table[name] for name in names}, written=True)
        body += [f"{' union all ' if place else ''}select {listed} from ", table]
    kinds = {
        name: next((table[name].kind for table in tables if not table[name].blank), tables[0][name].kind)
        for name in names
    }
    return Table(tuple(body), {name: Column(quoted(name), kinds[name]) for name in names})


def _stated(value: Any) -> Column:
    """A column for a table. A bare text is refused: it may be meant as a name, or as a constant."""
    if isinstance(value, str):
        raise TypeError(f"expected a column or literal({value!r})")
    return column_of(value)


def _on(on: Column | Sequence[Column]) -> str:
    tests = [on] if isinstance(on, Column) else on
    return f" on {' and '.join(one.sql for one in tests)}"


def _kept(name: str, one: Column) -> Column:
    """A column as the next step finds it: by its name, or as the constant that it is."""
    return one if one.constant else Column(quoted(name), one.kind, known=one.known)


def _doubted(name: str, one: Column) -> Column:
    """A column of the right side of a join: a row of the left that matches none has it unknown."""
    return Column(quoted(name), one.kind, known=doubted(one.known))


def _listed(wanted: Mapping[str, Column], *, written: bool = False) -> str:
    """Columns as a query lists them; constants only where they are ``written``, or where there is nothing else."""
    parts = [(name, one) for name, one in wanted.items() if written or not one.constant] or list(wanted.items())[:1]
    return ", ".join(one.sql if one.sql == quoted(name) else f"{one.sql} as {quoted(name)}" for name, one in parts)


def _everything(table: Table) -> str:
    return _listed({name: table[name] for name in table.columns}, written=True)


def _written(table: Table) -> dict[str, Column]:
    return {name: Column(quoted(name), kind) for name, kind in table.kinds.items()}


# -- as a text -------------------------------------------------------------------------------------------------


def sql_of(table: Table, dialect: str) -> str:
    """A table as SQL of an engine. Each step is a query of its own, and what two steps read is named once."""
    whole = table.materialized()
    order: list[Table] = []
    read: Counter[int] = Counter()
    _visit(whole, order, read, set())
    names = {id(one): f"step_{place}" for place, one in enumerate(order)}
    twice = [one for one in order if read[id(one)] > 1 and not one.given]
    known = {id(one) for one in twice}
    steps = [f"{names[id(one)]} as ({_text(one, names, known, dialect)})" for one in twice]
    said = f"with {', '.join(steps)} " if steps else ""
    return (said + _text(whole, names, known, dialect)).translate(WORDS[dialect])


def _visit(table: Table, order: list[Table], read: Counter[int], seen: set[int]) -> None:
    seen.add(id(table))
    for part in table._body:
        if isinstance(part, Table):
            read[id(part)] += 1
            if id(part) not in seen:
                _visit(part, order, read, seen)
    order.append(table)


def _text(table: Table, names: Mapping[int, str], known: Collection[int], dialect: str) -> str:
    if table.given:
        return f"select * from {table._body[0]}"
    if dialect == "duckdb" and isinstance(_step(table, names, known), ProjectedStep):
        return _chained(table, names, known)
    parts = []
    for part in table._body:
        if isinstance(part, Table):
            parts.append(_source(part, names, known, dialect))
        else:
            parts.append(part.sql if isinstance(part, Projected) else part)
    return "".join(parts)


def _source(table: Table, names: Mapping[int, str], known: Collection[int], dialect: str) -> str:
    """A table as another reads it: a name, or a query in brackets."""
    if table.given:
        return str(table._body[0])
    if id(table) in known:
        return names[id(table)]
    return f"({_text(table, names, known, dialect)}) as {names[id(table)]}"


def _chained(table: Table, names: Mapping[int, str], known: Collection[int]) -> str:
    """A step and those before it, as far as each is made of the one before, row by row."""
    steps: list[Step] = []
    at, first = table, True
    while first or id(at) not in known:
        step = _step(at, names, known)
        if step is None:
            break
        steps.append(step)
        at, first = next(part for part in at._body if isinstance(part, Table)), False
    base = _source(at, names, known, "duckdb")
    return in_few_steps(base, [name for name in at.columns if not at[name].constant], steps[::-1])


def _step(table: Table, names: Mapping[int, str], known: Collection[int]) -> Step | None:
    """What a table is to the one before it; None where it is no step row by row."""
    match table._body:
        case (Projected() as given, Table()) if given.by_rows and given.columns:
            return ProjectedStep(given.columns)
        case (str(), Table(), str(words)) if words.startswith(" where "):
            return FilteredStep(words.removeprefix(" where "))
        case (str(), Table(), " left join ", Table() as other, str(on)):
            columns = [name for name in other.columns if not other[name].constant]
            return JoinedStep(" left join ", _source(other, names, known, "duckdb"), columns, on)
    return None
