"""Counting on PySpark: in a JVM of this process, or on a cluster whose machines see the file at the same path.

What enters: the parts of a file and their headings, as DuckDB read them. What leaves: the same counts as DuckDB's. Only
counts come back to this process; no row is written or kept.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from ledger287.core.problem import Refused
from ledger287.core.process.spark import EngineStopped, session, uri
from ledger287.sources.outcomes.counts.heads import ending, unreadable

ENCODINGS = {"utf-8": "UTF-8", "latin-1": "ISO-8859-1"}
"""DuckDB's names of the encodings that are tried, and Spark's."""
BLANKS = "' \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000'"
TIME = r"(?:[01]?\d|2[0-3]):[0-5]?\d(?::[0-5]?\d(?:\.\d+)?)?"
ISO = rf"^(\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}})(?:[ T]{TIME} ?(?:Z|UTC|[+-]\d{{1,2}}(?::?\d{{2}})?)?)?$"
CLOCK = r"(?: (?:[01]?\d|2[0-3]):[0-5]?\d(?::[0-5]?\d)?| (?:0?[1-9]|1[0-2]):[0-5]?\d(?::[0-5]?\d)? [AaPp][Mm])?"
LONG_YEAR = rf"^(\d{{1,2}}/\d{{1,2}}/\d{{4}}){CLOCK}$"
SHORT_YEAR = rf"^(\d{{1,2}}/\d{{1,2}}/\d{{2}}){CLOCK}$"
OF_FILES = ("MALFORMED_", "FAILED_READ_FILE", "CANNOT_READ_FILE", "Parquet", "parquet")


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a file, and how its lines are divided where it is text."""

    headings: tuple[str, ...]
    divided: tuple[str, str, str] | None = None


def head_of(parts: Sequence[Path], headings: Sequence[str], encoding: str) -> Head:
    """How Spark has to read a file: what DuckDB found of its first lines."""
    if ending(parts[0]) != "csv":
        return Head(tuple(headings))
    with duckdb.connect() as connection:
        sniffed = f"sniff_csv(?, all_varchar = true, encoding = '{encoding}')"
        found = connection.execute(f"select delimiter, quote, escape, skiprows from {sniffed}", [str(parts[0])])
        [(delimiter, quote, escape, skipped)] = found.fetchall()
    if skipped:
        raise Refused(f"{parts[0].name}: {skipped} lines are above its headings; Spark cannot pass over them. "
                      "Take them out, or count it with DuckDB.")  # fmt: skip
    return Head(tuple(headings), (delimiter, _sign(quote), _sign(escape)))


def _sign(sign: str | None) -> str:
    return sign if sign and sign != "(empty)" else '"'


class SparkCounting:
    """PySpark, with the session's clock in UTC."""

    def __init__(
        self,
        parts: Sequence[Path],
        head: Head,
        work: Path,
        settings: Sequence[str] = (),
        rows: pl.DataFrame | None = None,
        encoding: str = "utf-8",
    ) -> None:
        self.parts, self.head = parts, head
        self.session = session("ledger287 outcomes", work, settings)
        self.session.conf.set("spark.sql.csv.parser.columnPruning.enabled", "false")
        if rows is not None:
            self.session.createDataFrame(rows.to_arrow()).createOrReplaceTempView("given")
        else:
            self.open(encoding)

    def open(self, encoding: str) -> None:
        """Make the file the view ``given``; a text file in an encoding, by DuckDB's name for it."""
        read, paths = self.session.read, [uri(part) for part in self.parts]
        with self._words():
            if self.head.divided is None:
                frame = read.parquet(*paths)
            else:
                delimiter, quote, escape = self.head.divided
                schema = ", ".join(f"{_quoted(heading)} string" for heading in self.head.headings)
                options = {"sep": delimiter, "quote": quote, "escape": escape, "encoding": ENCODINGS[encoding]}
                frame = read.schema(schema).csv(paths, header=True, multiLine=True, mode="FAILFAST", **options)
            frame.createOrReplaceTempView("given")

    def text(self, heading: str) -> str:
        return f"trim(both {BLANKS} from cast({_quoted(heading)} as string))"

    def day(self, heading: str) -> str:
        if dict(self.session.table("given").dtypes)[heading] in ("date", "timestamp", "timestamp_ntz"):
            return f"cast({_quoted(heading)} as date)"
        text = self.text(heading)
        iso = f"translate(regexp_extract({text}, r'{ISO}', 1), '/', '-')"
        short = f"try_to_timestamp(regexp_extract({text}, r'{SHORT_YEAR}', 1), 'M/d/yy')::date"
        return (
            f"coalesce(try_to_timestamp({iso}, 'y-M-d')::date, "
            f"try_to_timestamp(regexp_extract({text}, r'{LONG_YEAR}', 1), 'M/d/y')::date, "
            f"add_months({short}, case when year({short}) >= 2069 then -1200 else 0 end))"
        )

    def mark(self, columns: str) -> str:
        return f"xxhash64({columns})"

    def run(self, sql: str) -> None:
        with self._words():
            self.session.sql(sql.replace("create view", "create or replace temporary view"))

    def frame(self, sql: str) -> pl.DataFrame:
        with self._words():
            return pl.DataFrame(self.session.sql(sql).toArrow())

    def broken_signs(self, view: str, columns: Sequence[str]) -> bool:
        """Whether a text of these columns was not in the encoding in which it was read."""
        broken = " or ".join(f"contains({name}, '\ufffd')" for name in columns)
        return bool(self.frame(f"select count(*) > 0 as broken from {view} where {broken}").item())

    @contextlib.contextmanager
    def _words(self) -> Any:
        """A file that breaks while it is read is refused in words; anything else is an engine that broke down."""
        try:
            yield
        except Exception as error:
            if type(error).__module__.split(".")[0] not in ("pyspark", "py4j") and not isinstance(
                error, ConnectionError | EOFError
            ):
                raise
            first = (str(error).strip() or type(error).__name__).splitlines()[0]
            if any(sign in str(error) for sign in OF_FILES):
                raise unreadable(self.parts[0], error) from None
            raise EngineStopped(f"Spark ended in the middle of the counting ({first}).") from error

    def close(self) -> None:
        with contextlib.suppress(Exception):  # a JVM that broke down cannot be ended in good order
            self.session.stop()


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"
