"""Columns and tables as SQL: what is known without a row, texts with any sign, and tables that are read twice."""

import operator
from collections.abc import Iterator
from itertools import product
from typing import Any

import duckdb
import pytest

from ledger287.custody.relations.column import (
    Column,
    called,
    cases,
    coalesce,
    greatest,
    least,
    literal,
    null,
    unnested,
)
from ledger287.custody.relations.known import ColumnFacts, settled
from ledger287.custody.relations.table import Table, given, sql_of, union

KINDS = {"number": "int64", "word": "string", "good": "bool"}


@pytest.fixture
def rows() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    connection.execute("create table facts (number bigint, word varchar, good boolean)")
    connection.execute("insert into facts values (1, 'it''s', true), (-9, 'b\\s', false), (null, null, null)")
    yield connection
    connection.close()


def found(connection: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[Any, ...]]:
    return connection.execute(sql_of(table, "duckdb")).fetchall()


def test_what_is_known_without_a_row_is_worked_out() -> None:
    facts = given("facts", KINDS)
    nothing = null("int64")
    assert (nothing > 3).blank and nothing.isnull().sql == "true" and (facts.number + nothing).blank
    assert cases((nothing > 3, 1), (literal(False), 2), otherwise=facts.number).sql == facts.number.sql
    assert cases((facts.good, 1), (literal(True), 2), (facts.good, 3), otherwise=4).sql.count("when") == 1
    assert coalesce(nothing, facts.number, literal(0)).sql.startswith("coalesce(")
    assert least(nothing, facts.number).sql == greatest(facts.number, nothing).sql == facts.number.sql
    assert (facts.good & literal(True)).sql == (literal(False) | facts.good).sql == facts.good.sql
    assert (literal(0, "int64") & 5).zero and ((literal(0, "int64") & 5) != 0).sql == "false"
    assert nothing.fill_null(literal(7)).sql == "7" and facts.number.isin(()).sql == "false"


def test_what_no_row_can_be_is_left_out(rows: duckdb.DuckDBPyConnection) -> None:
    """Only in conditions: a comparison itself stays unknown where its number is."""
    facts = given("facts", KINDS).bounded(["number"], ColumnFacts(-9, 1))
    late, early = facts.number > 1, facts.number >= -9
    assert cases((late, 1), otherwise=2).sql == "2" and late.fill_null(False).sql == "false"
    assert (late | facts.good).truth == facts.good.sql and (facts.good & late).truth == "false"
    assert "is not null" in cases((early, 1), otherwise=2).sql and (facts.number - 5 > 0).truth == "false"
    code = cases((facts.good, literal(3)), otherwise=literal(7))
    assert (code == 5).sql == "false" and (code > 2).sql == "true" and code.isin((5, 7)).sql == (code == 7).sql
    assert (code & 3).known.values == frozenset({3}) and code.isnull().sql == "false"
    table = facts.select("number", out=~late, after=cases((early, 1), otherwise=2), code=code)
    assert sorted(found(rows, table), key=str) == [(-9, True, 1, 7), (1, True, 1, 3), (None, None, 2, 7)]
    other = (
        given("facts", {"word": "string"})
        .rename({"of": "word"})
        .mutate(seen=cases((literal(None, "bool"), 1), otherwise=2))
    )
    assert not facts.left_join(other, facts.word == other.of)["of"].known.filled


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">=", "=", "<>"])
def test_a_comparison_is_settled_only_where_every_number_agrees(sign: str) -> None:
    compare = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
               "<>": operator.ne}[sign]  # fmt: skip
    spans = [(low, high) for low in range(4) for high in range(low, 4)]
    for one, other in product(spans, spans):
        answers = {compare(a, b) for a, b in product(range(one[0], one[1] + 1), range(other[0], other[1] + 1))}
        said = settled(sign, ColumnFacts(*one), ColumnFacts(*other))
        assert said is None or answers == {said}
        if len(answers) == 1 and sign not in ("=", "<>"):
            assert said is not None


def test_a_constant_is_written_only_where_it_leaves(rows: duckdb.DuckDBPyConnection) -> None:
    facts = given("facts", KINDS).mutate(blank=null("string"), one=literal(1, "int64"))
    table = facts.mutate(two=facts.one + facts.number).filter(facts.number.notnull())
    assert sql_of(table.select("two"), "duckdb").count("blank") == 0
    assert found(rows, table.select("two", "blank", "one")) == [(2, None, 1), (-8, None, 1)]
    assert found(rows, table.mutate(number=literal(5)).select("number").distinct()) == [(5,)]
    both = union(table.select("one", "number"), table.mutate(number=null("int64")).select("number", "one"))
    assert sorted(found(rows, both), key=str) == [(1, -9), (1, 1), (1, None), (1, None)]
    other = given("facts", KINDS).rename({"of": "word"}).select("of").mutate(seen=literal(True))
    joined = table.left_join(other, [table.word + "x" == other.of])
    assert sorted(found(rows, joined.select("number", "seen"))) == [(-9, None), (1, None)]


def test_numbers_and_bits_are_as_python_has_them(rows: duckdb.DuckDBPyConnection) -> None:
    facts = given("facts", KINDS)
    known = facts.filter(facts.number.notnull())
    table = known.select(by=known.number // 8, day=known.number // 86_400, more=7 - known.number, bits=~known.number)
    assert found(rows, table) == [(one // 8, one // 86_400, 7 - one, ~one) for one in (1, -9)]
    bits = known.mutate(bit=unnested((1, 2, 4), lambda bit: (known.number & bit) != 0)).select("number", "bit")
    assert found(rows, bits) == [(1, 1), (-9, 1), (-9, 2), (-9, 4)]
    held = facts.group_by("good").aggregate(many=facts.count(), true=facts.good.sum(), one=facts.good.max())
    assert sorted(found(rows, held), key=str) == [(False, 1, 0, False), (None, 1, 0, None), (True, 1, 1, True)]


def test_a_text_with_any_sign_is_the_same_for_each_engine(rows: duckdb.DuckDBPyConnection) -> None:
    facts = given("facts", KINDS)
    for word in ("it's", "b\\s"):
        assert found(rows, facts.filter(facts.word == word).select("word")) == [(word,)]
    assert "'it\\'s'" in sql_of(facts.filter(facts.word == "it's"), "pyspark")
    assert "'b\\\\s'" in sql_of(facts.filter(facts.word == "b\\s"), "pyspark")
    assert "`word`" in sql_of(facts.select("word"), "pyspark")


def test_what_two_steps_read_is_written_once(rows: duckdb.DuckDBPyConnection) -> None:
    facts = given("facts", KINDS)
    known = facts.filter(facts.word.notnull())
    low = known.group_by("word").aggregate(low=known.number.min()).rename({"of": "word"})
    joined = known.join(low, known.word == low.of)
    assert sql_of(joined, "duckdb").count("is not null") == 1
    assert found(rows, joined.select("number", "low")) == [(1, 1), (-9, -9)]
    assert found(rows, facts.anti_join(low, facts.word == low.of).select("number")) == [(None,)]
    assert len(found(rows, facts.semi_join(low, facts.word == low.of))) == 2


def test_what_is_meant_in_two_ways_is_refused() -> None:
    facts = given("facts", KINDS)
    with pytest.raises(ValueError, match="different names"):
        facts.join(facts.select("word"), facts.word == "x")
    with pytest.raises(TypeError, match="expected a column"):
        facts.select(other="word")
    with pytest.raises(TypeError, match="a value for each row"):
        bool(facts.good)
    with pytest.raises(KeyError, match="no column"):
        facts["nothing"]
    assert isinstance(facts["word"], Column)


def test_steps_become_few_queries(rows: duckdb.DuckDBPyConnection) -> None:
    """Columns that rest on the same ones are worked out at once; one that is read once is written where it is read."""
    facts = given("facts", KINDS)
    table = facts.mutate(once=facts.number + 1, twice=facts.number + 2)
    table = table.mutate(unread=table.once + table.twice, number=table.once + table.twice, more=table.twice + 5)
    table = table.filter(table.number > -100).drop("once", "unread").mutate(word=table.word.fill_null("none"))
    sql = sql_of(table, "duckdb")
    assert sql.count("select") == 4 and "unread" not in sql and sql.count("+ 1") == 1
    assert sorted(found(rows, table.select("word", "number", "twice", "more"))) == [
        ("b\\s", -15, -7, -2),
        ("it's", 5, 3, 8),
    ]


def test_small_tables_of_the_same_names_are_joined_one_after_another(rows: duckdb.DuckDBPyConnection) -> None:
    rows.execute("create table small as select 1 as key, 'one' as said union all select -8, 'other'")
    table = given("facts", KINDS)
    for turn, shift in (("first", 0), ("second", 1)):
        small = given("small", {"key": "int64", "said": "string"}).rename({"of_key": "key", "of_said": "said"})
        table = table.mutate(at=table.number + shift)
        table = table.left_join(small, [small.of_key == table.at])
        table = table.mutate(**{turn: table.of_said}).drop("of_key", "of_said", "at")
    assert sorted(found(rows, table.select("number", "first", "second")), key=str) == [
        (-9, None, "other"),
        (1, "one", None),
        (None, None, None),
    ]


def test_what_a_function_reads_is_worked_out_before(rows: duckdb.DuckDBPyConnection) -> None:
    rows.execute("create macro doubled(one) as one + one")
    facts = given("facts", KINDS)
    table = facts.mutate(next=facts.number + 1)
    table = table.mutate(twice=called("doubled", [table.next], "int64")).select("twice")
    assert sql_of(table, "duckdb").count("+ 1") == 1 and 'doubled("next' in sql_of(table, "duckdb")
    assert sorted(found(rows, table), key=str) == [(-16,), (4,), (None,)]


def test_rows_made_of_one_are_a_step_of_their_own(rows: duckdb.DuckDBPyConnection) -> None:
    facts = given("facts", KINDS)
    table = facts.mutate(bit=unnested((1, 2), lambda bit: bit >= facts.number))
    table = table.mutate(both=table.bit * 10).filter(table.bit > 1).select("number", "both")
    assert sorted(found(rows, table), key=str) == [(-9, 20), (1, 20)]
