"""Stores that Spark reads, through the Hadoop file systems of its own JVM: s3a, hdfs, gs, abfss and others.

What enters: a session of Spark and URIs. What leaves: what a store lists, and copies of its objects for this machine,
which reads headings and hashes; the workers read the objects themselves. A store needs its connector (a jar) and its
settings, which are Spark's: for one, ``spark.hadoop.fs.s3a.endpoint``.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ledger287.core.process.spark import EngineStopped
from ledger287.core.query_error import QueryError, QueryField, Refused

T = TypeVar("T")
JARS = {
    "s3a": "spark.jars.packages=org.apache.hadoop:hadoop-aws:VERSION",
    "gs": "spark.jars=gcs-connector-hadoop3.jar",
    "abfss": "spark.jars.packages=org.apache.hadoop:hadoop-azure:VERSION",
}
ABSENT = ("ClassNotFound", "No FileSystem for scheme", "UnsupportedFileSystem", "NoClassDefFound")


class HadoopStore:
    """A store by its URIs, as the Hadoop of a session of Spark reads it. ``s3://`` is its ``s3a://``."""

    def __init__(self, session: Any) -> None:
        self.jvm, self.context = session.sparkContext._jvm, session.sparkContext

    def kind(self, uri: str) -> str:
        def ask() -> str:
            system, path = self._opened(uri)
            if not system.exists(path):
                return ""
            return "folder" if system.getFileStatus(path).isDirectory() else "file"

        return self._answer(uri, ask)

    def under(self, uri: str) -> list[str]:
        def ask() -> list[str]:
            system, path = self._opened(uri)
            found, listing = [], system.listFiles(path, True)
            while listing.hasNext():
                found.append(str(listing.next().getPath().toString()))
            return found

        root = self.seen(uri).rstrip("/")
        # A listing has the store's own names: what is below the folder is kept, under the URI as its user writes it.
        return [f"{uri.rstrip('/')}{name.removeprefix(root)}" for name in self._answer(uri, ask)]

    def copy(self, uri: str, to: Path) -> None:
        def ask() -> None:
            system, path = self._opened(uri)
            target = self.jvm.org.apache.hadoop.fs.Path(f"file://{to.resolve()}")
            system.copyToLocalFile(False, path, target, True)

        self._answer(uri, ask)

    def make(self, uri: str) -> None:
        """Makes a folder, with those above it."""

        def ask() -> None:
            system, path = self._opened(uri)
            system.mkdirs(path)

        self._answer(uri, ask, writes=True)

    def send(self, path: Path, uri: str) -> None:
        """Copies a file of this machine to a new object."""

        def ask() -> None:
            system, target = self._opened(uri)
            source = self.jvm.org.apache.hadoop.fs.Path(f"file://{path.resolve()}")
            system.copyFromLocalFile(False, True, source, target)

        self._answer(uri, ask, writes=True)

    def remove(self, uri: str) -> None:
        """Removes a folder and all that is in it."""

        def ask() -> None:
            system, path = self._opened(uri)
            system.delete(path, True)

        self._answer(uri, ask, writes=True)

    def seen(self, uri: str) -> str:
        def ask() -> str:
            system, path = self._opened(uri)
            return str(system.makeQualified(path).toString())

        return self._answer(uri, ask)

    def _opened(self, uri: str) -> tuple[Any, Any]:
        path = self.jvm.org.apache.hadoop.fs.Path(_known(uri))
        return path.getFileSystem(self.context._jsc.hadoopConfiguration()), path

    def _answer(self, uri: str, ask: Callable[[], T], *, writes: bool = False) -> T:
        """What the store answers; what it refuses, in one line that says what to give."""
        from py4j.protocol import Py4JJavaError, Py4JNetworkError

        try:
            return ask()
        except Py4JNetworkError as error:
            raise EngineStopped("Spark ended while it looked for the files; its log says why.") from error
        except Py4JJavaError as error:
            said = " ".join(str(error.java_exception.toString()).split())
        scheme = _known(uri).split("://", 1)[0]
        if any(sign in said for sign in ABSENT):
            version = str(self.jvm.org.apache.hadoop.util.VersionInfo.getVersion())
            needs = JARS.get(scheme, "spark.jars=FILE.jar").replace("VERSION", version)
            says = f"{uri}: Spark has no connector for {scheme}:// here. Give it its jar, as "
            more = "; its settings are given so too (docs/custody.md, on a cluster)."
            raise QueryError("no_connector", says, QueryField("spark_conf", needs), more)
        raise Refused(f"{uri}: Spark cannot {'write' if writes else 'read'} it: {said[:300]}")


def _known(uri: str) -> str:
    """A URI with the scheme that Hadoop has for it."""
    return re.sub(r"^s3n?://", "s3a://", uri)
