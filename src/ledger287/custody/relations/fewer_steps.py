"""A chain of steps in as few queries as it needs: to read, bind and plan each takes longer than a small audit's answer.

What enters: the steps of a table in order, from what an engine has: columns worked out of others, rows that are left
out, and small tables joined on the right. What leaves: their SQL for DuckDB. What nobody reads is left out, what one
place reads is written there, and the other columns are worked out together as soon as all that they rest on is known.
It promises the same columns of the same rows, in the same order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ledger287.custody.relations.column import Column, quoted
from ledger287.custody.relations.dialects import SIGN

NAME = re.compile(f"{SIGN['quote']}([^{SIGN['quote']}]*){SIGN['quote']}")


@dataclass(eq=False, slots=True)
class Definition:
    """A column that is worked out: the words between the columns that it is made of, and these."""

    words: list[str]
    parts: list[Part]
    name: str
    repeats: bool

    @property
    def place(self) -> str:
        return quoted(self.name)


Part = str | Definition
"""A column that a table has already, by its quoted name, or one that is worked out."""


@dataclass(frozen=True, slots=True)
class ProjectedStep:
    """Columns made of those before: name -> column."""

    wanted: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class FilteredStep:
    """Rows for which a condition holds."""

    condition: str


@dataclass(frozen=True, slots=True)
class JoinedStep:
    """One line at most of a small table for each row: the words of the join, its table as SQL, and its columns."""

    how: str
    table: str
    columns: Sequence[str]
    on: str


Step = ProjectedStep | FilteredStep | JoinedStep


@dataclass(slots=True)
class Chain:
    """What is known while a chain is written: what each name means, and what is written already."""

    env: dict[str, Part]
    visible: set[str]
    uses: Counter[int] = field(default_factory=Counter)
    written: set[int] = field(default_factory=set)
    many: int = 0

    def read(self, sql: str) -> tuple[list[str], list[Part]]:
        """The words of an expression, and what the names between them mean."""
        pieces = NAME.split(sql)
        return pieces[::2], [self.env.get(name, quoted(name)) for name in pieces[1::2]]

    def define(self, step: ProjectedStep) -> None:
        """The columns after a step."""
        found: dict[str, Part] = {}
        for name, one in step.wanted.items():
            words, parts = self.read(one.sql)
            if words == ["", ""]:
                found[name] = parts[0]
                continue
            self.many += 1
            found[name] = Definition(words, parts, f"{name}__{self.many}", one.repeats)
        self.env = found

    def join(self, step: JoinedStep) -> JoinedStep:
        """The columns after a join. Those of the small table that have the name of an earlier one get another."""
        self.many += 1
        renamed = {name: f"{name}__{self.many}" if name in self.visible else name for name in step.columns}
        self.visible |= {*renamed.values()}
        self.env |= {name: quoted(new) for name, new in renamed.items()}
        if all(name == new for name, new in renamed.items()):
            return step
        listed = ", ".join(f"{quoted(name)} as {quoted(new)}" for name, new in renamed.items())
        return replace(step, table=f"(select {listed} from {step.table})")

    def count(self, targets: Sequence[Part]) -> None:
        """How often each column is read by what is wanted in the end."""
        waiting = list(targets)
        while waiting:
            one = waiting.pop()
            if isinstance(one, Definition):
                self.uses[id(one)] += 1
                if self.uses[id(one)] == 1:
                    waiting += one.parts
                    if one.repeats:
                        waiting += one.parts

    def inline(self, one: Definition) -> bool:
        return self.uses[id(one)] == 1

    def text(self, one: Part) -> str:
        """A column where it is read: its name, or what it is made of."""
        if isinstance(one, str):
            return one
        return self.body(one) if self.inline(one) else one.place

    def body(self, one: Definition) -> str:
        return _filled(one.words, [self.text(part) for part in one.parts])

    def levels(self, targets: Sequence[Part]) -> Iterator[list[Definition]]:
        """The columns that have to be written before some can be, those together that rest on earlier ones only."""
        depth: dict[int, int] = {}
        found: dict[int, list[Definition]] = {}

        def visit(one: Part) -> int:
            if isinstance(one, str) or id(one) in self.written:
                return 0
            if id(one) in depth:
                return depth[id(one)]
            below = max((visit(part) for part in one.parts), default=0)
            if not self.inline(one):
                below += 1
                found.setdefault(below, []).append(one)
            depth[id(one)] = below
            return below

        for one in targets:
            visit(one)
        for level in sorted(found):
            self.written |= {id(one) for one in found[level]}
            yield found[level]


def in_few_steps(base: str, columns: Sequence[str], steps: Sequence[Step]) -> str:
    """The SQL of steps after one another on ``base``, which is a name, or a query in brackets, with some columns."""
    chain = Chain({name: quoted(name) for name in columns}, {*columns})
    forced: list[tuple[Step, list[str], list[Part]]] = []
    for step in steps:
        if isinstance(step, ProjectedStep):
            chain.define(step)
            continue
        if isinstance(step, JoinedStep):
            step = chain.join(step)  # noqa: PLW2901
        forced.append((step, *chain.read(step.condition if isinstance(step, FilteredStep) else step.on)))
    wanted = dict(chain.env)
    chain.count([*wanted.values(), *(part for *_, parts in forced for part in (*parts, *parts))])
    text = ""

    def nested() -> str:
        return f"({text})" if text else base

    for step, words, parts in forced:
        for level in chain.levels(parts):
            text = _worked_out(chain, level, nested())
        test = _filled(words, [chain.text(part) for part in parts])
        if isinstance(step, FilteredStep):
            text = f"select * from {nested()} where {test}"
        elif isinstance(step, JoinedStep):
            text = f"select * from {nested()}{step.how}{step.table}{test}"
    for level in chain.levels(list(wanted.values())):
        text = _worked_out(chain, level, nested())
    said = ((name, chain.text(one)) for name, one in wanted.items())
    listed = ", ".join(one if one == quoted(name) else f"{one} as {quoted(name)}" for name, one in said)
    return f"select {listed} from {nested()}"


def _worked_out(chain: Chain, level: Sequence[Definition], source: str) -> str:
    return f"select *, {', '.join(f'{chain.body(one)} as {one.place}' for one in level)} from {source}"


def _filled(words: Sequence[str], parts: Sequence[str]) -> str:
    return "".join(word + part for word, part in zip(words, [*parts, ""], strict=True))
