"""A session of PySpark for any room that runs on it: in a JVM of this process, or on a cluster.

What enters: the name that the cluster shows, a folder for the session's own files, and settings as spark.NAME=VALUE.
What leaves: a session in UTC that is strict about types, or a refusal that says what is missing.
"""

import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger287.core.query_error import QueryError, QueryField

VARIABLE = "LEDGER287_SPARK"


class EngineStopped(Exception):
    """An engine that broke down: no answer, and no fault of the question or of the files."""


def uri(path: Path) -> str:
    """A path as Spark reads it: its own name, whatever signs are in it, and never a pattern."""
    return escaped(str(path.resolve()))


def escaped(name: str) -> str:
    """A name as Spark reads it, its signs of patterns taken as they are."""
    return re.sub(r"([\\*?\[\]{}])", r"\\\1", name)


def master_named(master: str | None = None) -> str:
    """Where Spark runs: as given, or the cluster at ``LEDGER287_SPARK`` (as spark://host:7077), or this process."""
    return master or os.environ.get(VARIABLE, f"local[{os.cpu_count() or 1}]")


def session(name: str, work: Path, settings: Sequence[str] = (), master: str | None = None) -> Any:
    """A session; raises QueryError without PySpark or Java, and EngineStopped where Spark does not start."""
    given = dict(setting(one) for one in settings)
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        needs = " needs PySpark: pip install 'ledger287[spark]', and Java 17 or later."
        raise QueryError("engine_missing", QueryField("engine", "spark"), needs) from None
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        needs = " needs Java 17 or later; none was found on the path or in JAVA_HOME."
        raise QueryError("engine_missing", QueryField("engine", "spark"), needs)
    builder: Any = SparkSession.builder
    for key, value in given.items():
        builder = builder.config(key, value)
    where = master_named(master)
    partitions = given.get("spark.sql.shuffle.partitions", str(2 * (os.cpu_count() or 1)))
    wanted = (
        builder.master(where)
        .appName(name)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", given.get("spark.sql.ansi.enabled", "true"))
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        .config("spark.sql.codegen.maxFields", "400")
        .config("spark.sql.shuffle.partitions", partitions)
        .config("spark.sql.warehouse.dir", str(work / "warehouse"))
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
    )
    try:
        found = wanted.getOrCreate()
    except Exception as error:  # of Java, of any kind: a cluster that is away or fails
        raise EngineStopped(f"Spark did not start at {where}; its log above says why.") from error
    found.sparkContext.setLogLevel("ERROR")
    return found


def setting(text: str) -> tuple[str, str]:
    """The name and the value of a setting of Spark."""
    name, sign, value = text.partition("=")
    if not sign or not name.strip().startswith("spark."):
        raise QueryError("spark_conf", QueryField("spark_conf"), f": expected spark.NAME=VALUE, found {text!r}.")
    return name.strip(), value.strip()
