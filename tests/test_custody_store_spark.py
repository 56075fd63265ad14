"""Files in a store that Spark reads by URI, through the file systems of Hadoop; every case is synthetic.

The store is Hadoop's own view file system over a folder of this machine: its URIs have a scheme and a host as those of
hdfs and s3a have, and it comes with Spark.
"""

import importlib.util
import shutil
from pathlib import Path

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from custody_making import BRIEF_JAVA
from ledger287.core.problem import Refused
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import run
from ledger287.custody.testing.simulate import batches

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="PySpark is not installed"),
    pytest.mark.skipif(shutil.which("java") is None, reason="PySpark needs Java, which is not here"),
]
VIEW = "spark.hadoop.fs.viewfs.mounttable.jail.link./data="


def test_spark_reads_a_store_by_uri(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in BRIEF_JAVA.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LEDGER287_SPARK", "local[1]")
    table = next(iter(batches(300, 6)))
    for state in set(table["state"].to_pylist()):
        folder = tmp_path / "data" / "holds" / f"state={state}"
        folder.mkdir(parents=True)
        pq.write_table(table.filter(pc.equal(table["state"], state)).drop_columns(["state"]), folder / "a b+c.parquet")
    conf = (VIEW + (tmp_path / "data").as_uri(), "spark.sql.shuffle.partitions=2")
    found = {}
    for name, engine in ((str(tmp_path / "data" / "holds"), "duckdb"), ("viewfs://jail/data/holds", "spark")):
        work = tmp_path / engine
        work.mkdir()
        done = run([name], work, Options(engine=engine, spark_conf=conf if engine == "spark" else ()))
        query = "select columns(* exclude (file, row))::varchar from read_parquet(?) order by all"
        cases = done.cases / "*.parquet" if done.cases.is_dir() else done.cases
        found[engine] = duckdb.execute(query, [str(cases)]).fetchall()
    assert found["spark"] == found["duckdb"] and len(found["duckdb"]) == 300
    objects = {f"viewfs://jail/data/{path.relative_to(tmp_path / 'data')}"
               for path in (tmp_path / "data").rglob("*.parquet")}  # fmt: skip
    assert {*done.files} == {*done.fetched} == objects
    # In the store as well, the work: a text file, which this machine stages for the workers, and what they write.
    text, work, local = tmp_path / "june [1].csv", tmp_path / "far", tmp_path / "near"
    text.write_text("case,state,hold_started,released\nsynthetic-x,TX,2025-06-03 09:00,2025-06-05 11:00\n")
    rows = []
    for folder, asked in (
        (work, Options("America/Chicago", engine="spark", spark_conf=conf, work="viewfs://jail/data/")),
        (local, Options("America/Chicago")),
    ):
        folder.mkdir()
        done = run([text, next((tmp_path / "data").rglob("*.parquet"))], folder, asked)
        cases = done.cases / "*.parquet" if done.cases.is_dir() else done.cases
        rows.append(
            duckdb.execute("select columns(*)::varchar from read_parquet(?) order by all", [str(cases)]).fetchall()
        )
    assert rows[0] == rows[1] and "synthetic-x" in str(rows[0])
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["holds"]
    for name, says in {
        "s3://jail/holds": "org.apache.hadoop:hadoop-aws:3",
        "viewfs://jail/data/none": "there is no such object",
        "nowhere://jail/holds": "Spark has no connector for nowhere://",
    }.items():
        work = tmp_path / name.split(":")[0] / "work"
        work.mkdir(parents=True)
        with pytest.raises(Refused) as refused:
            run([name], work, Options(engine="spark", spark_conf=conf))
        assert says in str(refused.value)
