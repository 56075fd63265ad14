"""A cluster of two workers on this machine: the same tables as DuckDB's, though a worker is killed in the middle.

In CI there are a million cases; elsewhere few, and LEDGER287_CLUSTER_CASES gives another number (`make bench-custody`
has ten million).
"""

import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from custody_making import BRIEF_JAVA
from ledger287.custody.testing.simulate import batches

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="PySpark is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="PySpark needs Java, which is not here"),
]
CASES = int(os.environ.get("LEDGER287_CLUSTER_CASES") or ("1000000" if os.environ.get("CI") else "20000"))
FILES = 100
PATIENCE = 400 + CASES // 2_500
"""So many seconds an audit may take once a worker is gone."""
SMALL_TABLES = ("problems", "summary")
"""Compared row by row; the cases and findings, of which there may be millions, by the report's own fingerprints."""
SMALL = ("spark.executor.memory=512m", "spark.executor.cores=1", "spark.driver.host=127.0.0.1")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def started(folder: Path, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A master or a worker, in a process group of its own, with its folders in one of ours."""
    spec = importlib.util.find_spec("pyspark")
    assert spec and spec.origin
    jars = Path(spec.origin).parent / "jars" / "*"
    with (folder / f"{kind}-{len(list(folder.iterdir()))}.log").open("wb") as log:
        return subprocess.Popen(
            ["java", "-Xmx256m", "-cp", str(jars), f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1",
             *arguments],
            stdout=log, stderr=subprocess.STDOUT, start_new_session=True, cwd=folder,
            env={
                **os.environ,
                **BRIEF_JAVA,
                "SPARK_HOME": str(Path(spec.origin).parent),
                "SPARK_SCALA_VERSION": "2.13",
                "SPARK_LOCAL_IP": "127.0.0.1",
                "SPARK_WORKER_DIR": str(folder / "work"),
            },
        )  # fmt: skip


def killed(process: subprocess.Popen[bytes]) -> None:
    """Kills a process with those that it started, as a machine that fails does."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def waited(condition: Any, seconds: float, what: str) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"waited {seconds} seconds for {what}"
        time.sleep(0.2)


def answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    port = free_port()
    address = f"spark://127.0.0.1:{port}"
    master = started(folder, "master.Master", "--port", str(port), "--webui-port", "0")
    workers: list[subprocess.Popen[bytes]] = []
    try:
        waited(lambda: answers(port), 300, "the master")
        one = ("worker.Worker", "--cores", "1", "--memory", "1g", "--webui-port", "0", address)
        workers.extend(started(folder, *one) for _ in range(2))
        yield address, workers
    finally:
        for process in (*workers, master):
            killed(process)


def audit(out: Path, data: Path, *more: str, **environment: str) -> subprocess.Popen[bytes]:
    with out.with_suffix(".json").open("wb") as found, out.with_suffix(".log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "ledger287.cli.main", "custody", "audit", str(data), "--out", str(out), "--json",
             *more],
            stdout=found, stderr=log, env={**os.environ, **BRIEF_JAVA, **environment},
        )  # fmt: skip


def test_a_cluster_that_loses_a_worker_gives_the_same_tables(tmp_path: Path, cluster: Any) -> None:
    address, workers = cluster
    data = tmp_path / "data"
    place = 0
    for batch in batches(CASES, 6):
        step = -(-CASES // FILES)
        for start in range(0, batch.num_rows, step):
            part = batch.slice(start, step)
            folder = data / f"part={place % 4}"
            folder.mkdir(parents=True, exist_ok=True)
            pq.write_table(part, folder / f"{place:03}.parquet")
            place += 1
    alone, together = tmp_path / "alone", tmp_path / "together"
    conf = [word for one in SMALL for word in ("--spark-conf", one)]
    running = audit(together, data, "--engine", "spark", "--work", str(tmp_path), *conf, LEDGER287_SPARK=address)
    try:
        written = lambda: running.poll() is not None or any(tmp_path.glob(".ledger287-*/cases.parquet/_temporary/*/*"))  # noqa: E731
        waited(written, 900, "the first rows")
        killed(workers[0])
        assert running.wait(timeout=PATIENCE) == 1, together.with_suffix(".log").read_text()[-2000:]
    finally:
        running.kill()
    assert audit(alone, data).wait(timeout=PATIENCE) == 1
    found, wanted = (json.loads(one.with_suffix(".json").read_text()) for one in (together, alone))
    assert found["cases"] == wanted["cases"] == CASES
    assert found["run"]["fingerprints"] == wanted["run"]["fingerprints"]
    assert found["problems"] == wanted["problems"]
    for name in SMALL_TABLES:
        one, other = (f"from read_parquet('{out / name}.parquet')" for out in (together, alone))
        differ = f"select count(*) from (({one} except all {other}) union all ({other} except all {one}))"
        assert duckdb.execute(differ).fetchone() == (0,), name
        assert duckdb.execute(f"select count(*) > 0 {one}").fetchone() == (True,), name
