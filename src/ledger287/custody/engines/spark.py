"""PySpark: in a JVM of this process, or on a cluster.

What enters: Parquet files and expressions. What leaves: tables as SQL, answers, and written Parquet. Spark writes the
large tables; the small questions of an audit (which words are in a column, which numbers come twice) DuckDB answers
from the same files, all of which this machine sees: each would be a job of Spark's, with a method to compile.
"""

import contextlib
import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ledger287.core.process.spark import escaped, master_named, session, uri
from ledger287.core.query_error import QueryError, QueryField
from ledger287.custody.engines.duck import DuckEngine
from ledger287.custody.engines.engine import (
    PLACE,
    TIME_FIELDS,
    RelationFile,
    key_names,
    ordered,
    part_table,
)
from ledger287.custody.engines.hadoop import HadoopStore
from ledger287.custody.engines.shared_work import SharedWork
from ledger287.custody.intake.places.remote import Store
from ledger287.custody.relations.table import Table, constants, given, sql_of

KINDS = {
    "bigint": "int64", "int": "int32", "tinyint": "int8", "boolean": "bool", "string": "string", "double": "double",
    "timestamp": "timestamp",
}  # fmt: skip
"""Spark's names of the kinds of columns."""


JVM = "-XX:-DontCompileHugeMethods"
"""The decisions on a row are one long method, which a JVM would leave uncompiled by itself."""
DEFAULTS = (
    # On one machine the second compiler takes longer over that method than a million cases take without it, and looking
    # through the classes of Spark's own archives takes two seconds.
    f"spark.driver.extraJavaOptions={JVM} -XX:TieredStopAtLevel=1 "
    "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote{collector}",
    f"spark.executor.extraJavaOptions={JVM}",
    # Spark 4.3 makes one class of the decisions on files of several schemas: too long for its compiler, which says so
    # in the log after seconds of work, and Spark then does without.
    "spark.sql.codegen.wholeStage.union.enabled=false",
    # No sum of an audit comes near the bounds of its kind, and looking for that is a call and an object for each.
    "spark.sql.ansi.enabled=false",
)
"""Settings that a user's own replace."""
COLLECTOR = " -XX:+UseParallelGC"
"""One that stops for its work takes less of it, on one machine; Java starts with one collector only."""
OF_JAVA = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "SPARK_SUBMIT_OPTS")
"""Where Java's options may name another."""


def with_defaults(settings: Sequence[str]) -> tuple[str, ...]:
    """Settings with those that an audit has by itself."""
    named = re.search(r"-XX:\+Use\w+GC", " ".join(os.environ.get(name, "") for name in OF_JAVA))
    own = [one.replace("{collector}", "" if named else COLLECTOR) for one in DEFAULTS]
    return (*own, *settings)


class SparkEngine:
    """PySpark: in this process's own JVM, or on the cluster at ``LEDGER287_SPARK`` (as spark://host:7077)."""

    dialect = "pyspark"

    def __init__(
        self,
        work: Path,
        settings: Sequence[str] = (),
        master: str | None = None,
        threads: int | None = None,
        shared: str | None = None,
    ) -> None:
        self.session = session("ledger287 custody", work, with_defaults(settings), master)
        self.near = DuckEngine(work, threads)
        # The tables are written next to the folder of what is staged.
        self.far = SharedWork(self.session, shared, work.parent) if shared else None
        if self.far or not master_named(master).startswith("local"):
            self._probe(work)

    def _uri(self, path: Path) -> str:
        """Where the workers read a file of this machine."""
        return escaped(self.far.sent(path)) if self.far else uri(path)

    def _written(self, frame: Any, path: Path, **options: str) -> None:
        """Writes rows at or under ``path``, on this machine as well where the workers have another folder."""
        to = self.far.of(path) if self.far else str(path.resolve())
        frame.write.mode("overwrite").options(**options).parquet(to)
        if self.far:
            self.far.fetched(path)

    def _probe(self, folder: Path) -> None:
        """Whether what workers write is found by this machine, before an hour's work is lost to it."""
        try:
            self._written(self.session.range(0, PROBED, 1, PROBED), folder / "probe")
            found = sum(pq.ParquetFile(part).metadata.num_rows for part in (folder / "probe").rglob("*.parquet"))
        except OSError:
            found = 0
        if found != PROBED:
            says = (
                f"{folder}: expected {PROBED} rows that Spark's workers wrote for a test, found {found}: this folder "
            )
            more = "is not the same one on every machine. Name one that all have mounted at the same path: "
            raise QueryError("work_not_shared", says + more, QueryField("work", "DIR"), ".")

    def direct(
        self,
        path: Path,
        number: int,
        columns: dict[str, str],
        types: dict[str, str],
        times: Collection[str] = TIME_FIELDS,
    ) -> Table:
        self.near.direct(path, number, columns, types, times)
        frame = self._read(path, [self._uri(path)]).selectExpr(*self._columns(columns, times))
        frame.createOrReplaceTempView(f"source_{number}")
        return self._table(f"source_{number}")

    def _read(self, like: Path, paths: Sequence[str]) -> Any:
        """Parquet files of the columns of one that this machine has: Spark need not look for them, in a job."""
        one = next(iter(sorted(like.glob("*.parquet"))), like) if like.is_dir() else like
        schema = _schema(pq.read_schema(one))
        return (self.session.read.schema(schema) if schema else self.session.read).parquet(*paths)

    def _seen(self, path: Path) -> str:
        """A file of this machine by the name that Spark gives its rows."""
        return self.far.store.seen(self.far.sent(path)) if self.far else str(path.resolve())

    @staticmethod
    def _columns(columns: dict[str, str], times: Collection[str]) -> list[str]:
        parts = ["_metadata.row_index + 1 as row"]
        for head, name in columns.items():
            quoted = "`" + head.replace("`", "``") + "`"
            if name in times:
                # A timestamp without a zone is read as if it were in UTC: its seconds are those of local clocks.
                parts.append(f"unix_micros(cast({quoted} as timestamp)) div 1000000 as {name}")
            else:
                parts.append(f"cast({quoted} as string) as `{name}`")
        return parts

    def together(
        self,
        parts: Sequence[RelationFile],
        number: int,
        columns: dict[str, str] | None,
        types: dict[str, str],
    ) -> Table:
        from pyspark.sql import functions

        self.near.together(parts, number, columns, types)
        # Folders such as state=TX are read by ourselves, alike on each engine; Spark would guess their types. A folder
        # with such a name is read through the files in it, and Spark leaves their names out of the rows.
        places = [escaped(part.seen) if part.seen else self._uri(part.path) for part in parts]
        frame = self._read(parts[0].path, places)
        keys = key_names(parts)
        # How Spark gives a file's URL: as text, with one or three slashes.
        address = "url_decode(replace(regexp_replace(_metadata.file_path, '^file:/+', '/'), '+', '%2B')) as part"
        if columns is not None:
            frame = frame.selectExpr(*self._columns(columns, TIME_FIELDS), address)
        else:
            kept = [f"`{name}`" for name in frame.columns if name not in keys and "=" not in name]
            frame = frame.selectExpr(*kept, address)
        if len(parts) == 1:
            of_file = {**{key: parts[0].keys.get(key) for key in keys}, "file": parts[0].file}
            for name, value in of_file.items():
                frame = frame.withColumn(name, functions.lit(value).cast("string"))
            frame = frame.withColumn(PLACE, functions.lit(0).cast("bigint")).drop("part")
            frame.createOrReplaceTempView(f"source_{number}")
            return self._table(f"source_{number}")
        names = [part.seen or self._seen(part.path) for part in parts]
        of = self.session.createDataFrame(part_table(parts, names))
        frame = frame.join(functions.broadcast(of), "part").drop("part")
        frame.createOrReplaceTempView(f"source_{number}")
        return self._table(f"source_{number}")

    def staged(self, path: Path, number: int) -> Table:
        self.near.staged(path, number)
        self._read(path, [self._uri(path)]).createOrReplaceTempView(f"source_{number}")
        return self._table(f"source_{number}")

    def memory(self, name: str, table: pa.Table) -> Table:
        self.near.memory(name, table)
        self.session.createDataFrame(table).createOrReplaceTempView(name)
        return self._table(name)

    def as_function(self, name: str) -> bool:  # noqa: ARG002  (Spark sends a small table to every worker, and joins it there)
        return False

    def named(self, expression: Table, name: str) -> Table:
        self.near.named(expression, name)
        self.session.sql(sql_of(expression, self.dialect)).createOrReplaceTempView(name)
        return given(name, expression.kinds, constants(expression))

    def _table(self, name: str) -> Table:
        return given(name, {column: KINDS.get(kind, "") for column, kind in self.session.table(name).dtypes})

    def answer(self, expression: Table) -> pa.Table:
        return self.near.answer(expression)

    def write(
        self,
        query: Table | str,
        path: Path,
        order: Sequence[str] = (),
        *,
        gathers: bool = False,  # noqa: ARG002  (Spark's memory is its own setting)
    ) -> None:
        frame = self.session.sql(ordered(query, order, self.dialect))
        # Times and numbers hardly repeat: a dictionary is tried in vain.
        plain = {f"parquet.enable.dictionary#{name}": "false" for name, kind in frame.dtypes if kind in UNLIKE}
        self._written(frame, path, **plain)

    def store_of(self, uri: str) -> Store:  # noqa: ARG002  (Hadoop tells stores apart by their schemes)
        return HadoopStore(self.session)

    def close(self) -> None:
        self.near.close()
        if self.far:
            self.far.close()
        with contextlib.suppress(Exception):  # a JVM that broke down cannot be ended in good order
            self.session.stop()


def _schema(schema: pa.Schema) -> Any:
    """The columns of a file in Spark's kinds: a dictionary is its values. None where one has no such kind for sure."""
    from pyspark.errors import PySparkTypeError
    from pyspark.sql.pandas.types import from_arrow_schema

    kinds = {pa.large_string(): pa.string(), pa.string_view(): pa.string(), pa.large_binary(): pa.binary()}
    fields = []
    for one in schema:
        kind = one.type.value_type if pa.types.is_dictionary(one.type) else one.type
        if pa.types.is_timestamp(kind) and kind.unit == "ns":
            return None
        fields.append(pa.field(one.name, kinds.get(kind, kind)))
    try:
        return from_arrow_schema(pa.schema(fields), prefer_timestamp_ntz=True)
    except PySparkTypeError:
        return None


PROBED = 16
UNLIKE = ("bigint", "timestamp")
"""The kinds of columns whose values hardly repeat."""
