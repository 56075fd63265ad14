"""PySpark: in a JVM of this process, or on a cluster.

What enters: Parquet files and expressions. What leaves: tables of ibis, answers, and written Parquet.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from ledger287.core.query_error import Field, QueryError
from ledger287.custody.engines.engine import (
    TIME_FIELDS,
    EngineStopped,
    Part,
    key_names,
    ordered,
    part_table,
    sql_of,
)


def _bits(name: str) -> Any:
    return lambda self, op, *, arg, where: getattr(self.agg, name)(arg, where=where)  # noqa: ARG005


for _op, _name in (("BitOr", "bit_or"), ("BitAnd", "bit_and")):
    # Spark has these aggregates; ibis does not compile them for it.
    setattr(PySparkCompiler, f"visit_{_op}", _bits(_name))


def _uri(path: Path) -> str:
    """A path as Spark reads it: its own name, whatever signs are in it, and never a pattern."""
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", str(path.resolve()))


class SparkEngine:
    """PySpark: in this process's own JVM, or on the cluster at ``LEDGER287_SPARK`` (as spark://host:7077)."""

    dialect = "pyspark"

    def __init__(self, work: Path, settings: Sequence[str] = (), master: str | None = None) -> None:
        given = dict(_setting(one) for one in settings)
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            needs = " needs PySpark: pip install 'ledger287[spark]', and Java 17 or later."
            raise QueryError("engine_missing", Field("engine", "spark"), needs) from None
        if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
            needs = " needs Java 17 or later; none was found on the path or in JAVA_HOME."
            raise QueryError("engine_missing", Field("engine", "spark"), needs)
        cores = os.cpu_count() or 1
        builder: Any = SparkSession.builder
        where = master or os.environ.get("LEDGER287_SPARK", f"local[{cores}]")
        for name, value in given.items():
            builder = builder.config(name, value)
        wanted = (
            builder.master(where)
            .appName("ledger287 custody")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.ansi.enabled", "true")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.codegen.maxFields", "400")
            .config("spark.sql.shuffle.partitions", given.get("spark.sql.shuffle.partitions", str(2 * cores)))
            .config("spark.sql.warehouse.dir", str(work / "warehouse"))
            .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
        )
        try:
            self.session = wanted.getOrCreate()
        except Exception as error:  # of Java, of any kind: a cluster that is away or fails
            raise EngineStopped(f"Spark did not start at {where}; its log above says why.") from error
        self.session.sparkContext.setLogLevel("ERROR")
        self.backend = ibis.pyspark.connect(self.session)
        if not where.startswith("local"):
            self._probe(work)

    def _probe(self, folder: Path) -> None:
        """Whether what workers write is found by this machine, before an hour's work is lost to it."""
        try:
            self.session.range(0, PROBED, 1, PROBED).write.parquet(str((folder / "probe").resolve()))
            found = sum(pq.ParquetFile(part).metadata.num_rows for part in (folder / "probe").rglob("*.parquet"))
        except OSError:
            found = 0
        if found != PROBED:
            says = (
                f"{folder}: expected {PROBED} rows that Spark's workers wrote for a test, found {found}: this folder "
            )
            more = "is not the same one on every machine. Name one that all have mounted at the same path: "
            raise QueryError("work_not_shared", says + more, Field("work", "DIR"), ".")

    def direct(
        self,
        path: Path,
        number: int,
        columns: dict[str, str],
        types: dict[str, str],  # noqa: ARG002  (Spark casts by itself)
        times: Collection[str] = TIME_FIELDS,
    ) -> ir.Table:
        frame = self.session.read.parquet(_uri(path)).selectExpr(*self._columns(columns, times))
        frame.createOrReplaceTempView(f"source_{number}")
        return self.backend.table(f"source_{number}")

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
        parts: Sequence[Part],
        number: int,
        columns: dict[str, str] | None,
        types: dict[str, str],  # noqa: ARG002  (Spark casts by itself)
    ) -> ir.Table:
        from pyspark.sql import functions

        # Folders such as state=TX are read by ourselves, alike on each engine; Spark would guess their types. A folder
        # with such a name is read through the files in it, and Spark leaves their names out of the rows.
        frame = self.session.read.parquet(*(_uri(part.path) for part in parts))
        keys = key_names(parts)
        # How Spark gives a file's URL: as text, with one or three slashes.
        address = "url_decode(replace(regexp_replace(_metadata.file_path, '^file:/+', '/'), '+', '%2B')) as part"
        if columns is not None:
            frame = frame.selectExpr(*self._columns(columns, TIME_FIELDS), address)
        else:
            kept = [f"`{name}`" for name in frame.columns if name not in keys and "=" not in name]
            frame = frame.selectExpr(*kept, address)
        names = [str(part.path.resolve()) for part in parts]
        of = self.session.createDataFrame(part_table(parts, names))
        frame = frame.join(functions.broadcast(of), "part").drop("part")
        frame.createOrReplaceTempView(f"source_{number}")
        return self.backend.table(f"source_{number}")

    def staged(self, path: Path, number: int) -> ir.Table:
        self.session.read.parquet(_uri(path)).createOrReplaceTempView(f"source_{number}")
        return self.backend.table(f"source_{number}")

    def memory(self, name: str, table: pa.Table) -> ir.Table:
        self.session.createDataFrame(table).createOrReplaceTempView(name)
        return self.backend.table(name)

    def named(self, expression: ir.Table, name: str) -> ir.Table:
        self.session.sql(sql_of(expression, self.dialect)).createOrReplaceTempView(name)
        return self.backend.table(name)

    def answer(self, expression: ir.Table) -> pa.Table:
        return self.session.sql(sql_of(expression, self.dialect)).toArrow()

    def write(self, query: ir.Table | str, path: Path, order: Sequence[str] = ()) -> None:
        self.session.sql(ordered(query, order, self.dialect)).write.mode("overwrite").parquet(str(path.resolve()))

    def close(self) -> None:
        with contextlib.suppress(Exception):  # a JVM that broke down cannot be ended in good order
            self.session.stop()


PROBED = 16


def _setting(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip().startswith("spark."):
        raise QueryError("spark_conf", Field("spark_conf"), f": expected spark.NAME=VALUE, found {text!r}.")
    return name.strip(), value.strip()
