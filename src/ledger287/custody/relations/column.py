"""A column as SQL, in words that DuckDB and Spark share; where they differ, a sign takes the place of the word.

What enters: names, constants and other columns. What leaves: a ``Column``: its SQL, its kind, and whether it is a
constant. What is known without a row (a comparison with a blank, a condition that never holds) is worked out here: a
table that lacks most columns gives a short query. A comparison with an unknown value is unknown, as in SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ledger287.custody.relations.dialects import SAME, SIGN, TEXT, TYPES, WORDS, Kind
from ledger287.custody.relations.known import (
    NOTHING,
    ColumnFacts,
    filled_only,
    of_any,
    of_bits,
    of_sum,
    of_value,
    settled,
)


class Column:
    """A column of a table, or what is computed of some.

    ``truth`` is a condition as it is written where only rows count for which it holds: what can never hold is left out.
    ``repeats``: a function of an engine, which may read what it is given more than once.
    """

    __slots__ = ("constant", "kind", "known", "repeats", "sql", "truth", "value")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, sql: str, kind: Kind = "", *, constant: bool = False, value: Any = None, truth: str = "",
        known: ColumnFacts = NOTHING, repeats: bool = False,
    ) -> None:  # fmt: skip
        self.sql, self.kind, self.constant, self.value = sql, kind, constant, value
        self.truth, self.known, self.repeats = truth or sql, known, repeats

    def __repr__(self) -> str:
        return f"Column({self.sql.translate(WORDS['duckdb'])})"

    def __bool__(self) -> bool:
        raise TypeError("a column has a value for each row; a condition on it is made by & and |")

    @property
    def blank(self) -> bool:
        """Whether it is unknown in every row."""
        return self.constant and self.value is None

    @property
    def zero(self) -> bool:
        """Whether it is the number 0 in every row."""
        return self.constant and self.value == 0 and self.kind != "bool"

    # -- comparing ---------------------------------------------------------------------------------------------

    def _compared(self, sign: str, other: Any) -> Column:
        given = column_of(other)
        if self.blank or given.blank:
            return null("bool")
        if self.constant and given.constant and type(self.value) is type(given.value) and sign in SAME:
            return literal((self.value == given.value) == (sign == "="))
        known = filled_only((self.known, given.known))
        always = settled(sign, self.known, given.known)
        if always is not None and known.filled:
            return literal(always)
        text = f"({self.sql} {sign} {given.sql})"
        if always is None:
            return Column(text, "bool", known=known)
        there = " and ".join(f"{one.sql} is not null" for one in (self, given) if not one.known.filled)
        return Column(text, "bool", truth=f"({there})" if always else "false")

    def __eq__(self, other: object) -> Column:  # type: ignore[override]
        return self._compared("=", other)

    def __ne__(self, other: object) -> Column:  # type: ignore[override]
        return self._compared("<>", other)

    def __lt__(self, other: Any) -> Column:
        return self._compared("<", other)

    def __le__(self, other: Any) -> Column:
        return self._compared("<=", other)

    def __gt__(self, other: Any) -> Column:
        return self._compared(">", other)

    def __ge__(self, other: Any) -> Column:
        return self._compared(">=", other)

    def isnull(self) -> Column:
        """Whether it is unknown."""
        if self.constant or self.known.filled:
            return literal(self.blank)
        return Column(f"({self.sql} is null)", "bool", known=ColumnFacts(filled=True))

    def notnull(self) -> Column:
        """Whether it is known."""
        if self.constant or self.known.filled:
            return literal(not self.blank)
        return Column(f"({self.sql} is not null)", "bool", known=ColumnFacts(filled=True))

    def isin(self, values: Iterable[Any]) -> Column:
        """Whether it is one of some values."""
        given = [column_of(value) for value in values]
        if not given:
            return literal(False)
        if self.blank:
            return null("bool")
        possible = [one for one in given if settled("=", self.known, one.known) is not False]
        if len(possible) == 1:
            return self == possible[0]
        if not possible:
            return self == given[0]
        text = f"({self.sql} in ({', '.join(one.sql for one in possible)}))"
        return Column(text, "bool", known=ColumnFacts(filled=self.known.filled))

    def matches(self, pattern: str) -> Column:
        """Whether a regular expression is found in it."""
        if self.blank:
            return null("bool")
        return Column(f"{SIGN['matches']}({self.sql}, {literal(pattern).sql})", "bool")

    # -- conditions, and bits ----------------------------------------------------------------------------------

    def __and__(self, other: Any) -> Column:
        given = column_of(other)
        if "bool" not in (self.kind, given.kind):
            return _joined("&", self, given)
        if "false" in (self.sql, given.sql):
            return literal(False)
        if "true" in (self.sql, given.sql):
            return given if self.sql == "true" else self
        truth = _both(self.truth, given.truth, "and", "true", "false")
        known = filled_only((self.known, given.known))
        return Column(f"({self.sql} and {given.sql})", "bool", truth=truth, known=known)

    def __or__(self, other: Any) -> Column:
        given = column_of(other)
        if "bool" not in (self.kind, given.kind):
            return _joined("|", self, given)
        if "true" in (self.sql, given.sql):
            return literal(True)
        if "false" in (self.sql, given.sql):
            return given if self.sql == "false" else self
        truth = _both(self.truth, given.truth, "or", "false", "true")
        known = filled_only((self.known, given.known))
        return Column(f"({self.sql} or {given.sql})", "bool", truth=truth, known=known)

    def __invert__(self) -> Column:
        if self.blank:
            return self
        if self.kind != "bool":
            return Column(f"(~{self.sql})", self.kind)
        if self.constant:
            return literal(self.sql == "false")
        return Column(f"(not {self.sql})", "bool", known=filled_only((self.known,)))

    def __lshift__(self, other: Any) -> Column:
        return Column(f"({self.sql} << {column_of(other).sql})", self.kind)

    def __rshift__(self, many: int) -> Column:
        return Column(f"{SIGN['shift']}{self.sql}{SIGN['by']}{many})", self.kind)

    # -- arithmetic --------------------------------------------------------------------------------------------

    def __add__(self, other: Any) -> Column:
        given = column_of(other)
        return _joined("||" if "string" in (self.kind, given.kind) else "+", self, given)

    def __radd__(self, other: Any) -> Column:
        return column_of(other) + self

    def __sub__(self, other: Any) -> Column:
        return _joined("-", self, column_of(other))

    def __rsub__(self, other: Any) -> Column:
        return column_of(other) - self

    def __mul__(self, other: Any) -> Column:
        return _joined("*", self, column_of(other))

    def __mod__(self, other: int) -> Column:
        return _joined("%", self, column_of(other))

    def __floordiv__(self, by: int) -> Column:
        if self.blank:
            return self
        if by & (by - 1) == 0:
            return self >> (by.bit_length() - 1)
        return Column(f"cast(floor({self.sql} / {by}) as bigint)", "int64")

    # -- other forms -------------------------------------------------------------------------------------------

    def fill_null(self, value: Any) -> Column:
        """Another value where it is unknown."""
        if self.kind != "bool" or value is not False or self.constant:
            return coalesce(self, value)
        if self.known.filled or self.truth in ("true", "false"):
            return self if self.known.filled else literal(self.truth == "true")
        return Column(f"coalesce({self.truth}, false)", "bool", truth=self.truth, known=ColumnFacts(filled=True))

    def cast(self, kind: Kind) -> Column:
        """The same as another kind."""
        if self.blank:
            return null(kind)
        if self.sql.startswith("cast(") and self.sql.endswith(f" as {TYPES[kind]})"):
            return self
        value = str(self.value) if kind == "string" else self.value
        known = NOTHING if kind == "string" else self.known
        return Column(f"cast({self.sql} as {TYPES[kind]})", kind, constant=self.constant, value=value, known=known)

    def length(self) -> Column:
        """How many letters a text has."""
        return null("int64") if self.blank else Column(f"length({self.sql})", "int64")

    def as_instant(self) -> Column:
        """Seconds as a date and time."""
        if self.blank:
            return Column(SIGN["no_instant"], "timestamp", constant=True)
        return Column(f"{SIGN['instant']}({self.sql}))", "timestamp")

    def as_seconds(self) -> Column:
        """A date and time as seconds."""
        return null("int64") if self.blank else Column(f"{SIGN['seconds']}{self.sql}{SIGN['whole']}", "int64")

    def as_month(self) -> Column:
        """The month of a day that is counted from January 1, 1970, as 202508."""
        if self.blank:
            return null("int32")
        day = f"{SIGN['day']}cast({self.sql} as int))"
        return Column(f"cast(year({day}) * 100 + month({day}) as int)", "int32")

    def field(self, name: str, kind: Kind) -> Column:
        """A field of a struct; in DuckDB only, which alone finds lines by a function."""
        return Column(f"struct_extract({self.sql}, '{name}')", kind)

    def lag(self, by: str, order: str) -> Column:
        """Its value in the row before, of those with the same ``by``."""
        return Column(f"lag({self.sql}) over (partition by {quoted(by)} order by {quoted(order)})", self.kind)

    # -- of many rows ------------------------------------------------------------------------------------------

    def _of_rows(self, function: str, kind: Kind = "") -> Column:
        return Column(f"{function}({self.sql})", kind or self.kind)

    def min(self) -> Column:
        """The lowest; of conditions, whether all hold."""
        return self._of_rows("bool_and" if self.kind == "bool" else "min")

    def max(self) -> Column:
        """The highest; of conditions, whether one holds."""
        return self._of_rows("bool_or" if self.kind == "bool" else "max")

    def sum(self) -> Column:
        """The sum; of conditions, in how many rows they hold."""
        if self.kind == "bool":
            return Column(f"count(case when {self.truth} then 1 end)", "int64")
        return Column(f"cast(sum({self.sql}) as bigint)", "int64")

    def count(self) -> Column:
        """In how many rows it is known."""
        return self._of_rows("count", "int64")

    def bit_and(self) -> Column:
        """The bits that all have."""
        return self._of_rows("bit_and")

    def bit_or(self) -> Column:
        """The bits that one has."""
        return self._of_rows("bit_or")

    def arbitrary(self) -> Column:
        """Its value in one of the rows where it is known."""
        return Column(f"any_value({self.sql}{SIGN['any_value']}", self.kind)


def _joined(sign: str, one: Column, other: Column) -> Column:
    kind = "string" if sign == "||" else "int64" if "int64" in (one.kind, other.kind) else one.kind or other.kind
    if one.blank or other.blank:
        return null(kind)
    if sign == "&" and (one.zero or other.zero):
        return literal(0, kind)
    if sign in ("+", "|") and (one.zero or other.zero):
        kept = other if one.zero else one
        return kept if kept.kind == kind else kept.cast(kind)
    known = filled_only((one.known, other.known))
    if sign in ("+", "-"):
        known = of_sum(one.known, other.known, 1 if sign == "+" else -1)
    elif sign == "&":
        known = of_bits(one.known, other.known)
    return Column(f"({one.sql} {sign} {other.sql})", kind, known=known)


def _both(one: str, other: str, word: str, nothing: str, decides: str) -> str:
    """Two conditions as one; a part that changes ``nothing`` is left out, and one that ``decides`` is all."""
    if decides in (one, other):
        return decides
    kept = [part for part in (one, other) if part != nothing]
    return f"({kept[0]} {word} {kept[1]})" if len(kept) == 2 else kept[0] if kept else nothing


def quoted(name: str) -> str:
    """A name of a column or table."""
    return f"{SIGN['quote']}{name}{SIGN['quote']}"


def column_of(value: Any) -> Column:
    """A constant as a column; a column unchanged."""
    return value if isinstance(value, Column) else literal(value)


def literal(value: Any, kind: Kind = "") -> Column:
    """A constant of a kind, or of the value's own."""
    if value is None:
        return null(kind)
    known = of_value(value)
    if isinstance(value, bool):
        return Column("true" if value else "false", "bool", constant=True, value=value, known=known)
    if isinstance(value, str):
        return Column(f"'{value.translate(TEXT)}'", "string", constant=True, value=value, known=known)
    number = str(value) if value >= 0 else f"({value})"
    if not kind:
        return Column(number, "int32", constant=True, value=value, known=known)
    return Column(f"cast({number} as {TYPES[kind]})", kind, constant=True, value=value, known=known)


def null(kind: Kind = "") -> Column:
    """Unknown, as a kind."""
    truth = "false" if kind == "bool" else ""
    return Column(f"cast(null as {TYPES[kind]})" if kind else "null", kind, constant=True, truth=truth)


def cases(*pairs: tuple[Any, Any], otherwise: Any = None) -> Column:
    """The value of the first condition that holds."""
    last, kept = column_of(otherwise), []
    for condition, value in pairs:
        test = column_of(condition)
        if test.blank or test.truth == "false":
            continue
        if test.truth == "true":
            last = column_of(value)
            break
        kept.append((test, column_of(value)))
    if not kept:
        return last
    kind = next((value.kind for value in (*(value for _, value in kept), last) if not value.blank), last.kind)
    said = "".join(f" when {test.truth} then {value.sql}" for test, value in kept)
    parts = [value for value in (*(value for _, value in kept), last) if not value.blank]
    filled = len(parts) == len(kept) + 1 and all(one.known.filled for one in parts)
    known = of_any([one.known for one in parts], filled=filled)
    return Column(f"(case{said} else {last.sql} end)", kind, known=known)


def coalesce(*columns: Any) -> Column:
    """The first that is known."""
    given = [column_of(one) for one in columns]
    known = [one for one in given if not one.blank]
    ends = next((place for place, one in enumerate(known) if one.constant), len(known) - 1)
    return _called("coalesce", known[: ends + 1], given)


def least(*columns: Any) -> Column:
    """The lowest of those that are known."""
    given = [column_of(one) for one in columns]
    return _called("least", [one for one in given if not one.blank], given)


def greatest(*columns: Any) -> Column:
    """The highest of those that are known."""
    given = [column_of(one) for one in columns]
    return _called("greatest", [one for one in given if not one.blank], given)


def _called(function: str, known: Sequence[Column], given: Sequence[Column]) -> Column:
    if len(known) < 2:
        return known[0] if known else given[0]
    found = of_any([one.known for one in known], filled=any(one.known.filled for one in known))
    return Column(f"{function}({', '.join(one.sql for one in known)})", known[0].kind, known=found)


def unnested(numbers: Iterable[int], wanted: Callable[[Column], Column]) -> Column:
    """A row for each of some numbers for which a condition holds."""
    every = ", ".join(f"cast({number} as int)" for number in numbers)
    test = wanted(Column("one_number", "int32")).truth
    return Column(
        f"{SIGN['unnest']}({SIGN['kept']}({SIGN['list']}({every}), {SIGN['each']}one_number{SIGN['is']}{test}))",
        "int32",
    )


def called(function: str, given: Iterable[Column], kind: Kind = "struct") -> Column:
    """What a function of an engine finds: the line of a small table, or another kind of answer."""
    return Column(f"{function}({', '.join(one.sql for one in given)})", kind, repeats=True)
