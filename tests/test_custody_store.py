"""Files in an S3-compatible store, read by URI: the same tables as from this machine's own files.

The store is moto's server on this machine's loopback; every person, case and number is synthetic.
"""

import json
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.custody.batch.plans.plan import Options
from ledger287.custody.batch.run import run
from ledger287.custody.intake.columns.proposing import proposed
from ledger287.custody.intake.places.remote import pattern
from ledger287.custody.report.auditing import audit_into
from ledger287.custody.report.verify import verify
from ledger287.custody.testing.simulate import batches

pytestmark = pytest.mark.skipif(
    find_spec("moto") is None, reason="moto's server is not installed: the store's tests need it"
)
CSV = (
    "case,state,detainer_form,hold_started,released\n"
    "synthetic-1,TX,I-247A,2025-06-03 09:00,2025-06-05 11:00\n"
    "synthetic-2,TX,I-247A,2025-06-03 09:00,yesterday\n"
)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("store")
    table = next(iter(batches(600, 6)))
    for state in set(table["state"].to_pylist()):
        folder = root / "holds" / f"state={state}"
        folder.mkdir(parents=True)
        pq.write_table(table.filter(pc.equal(table["state"], state)).drop_columns(["state"]), folder / "a b.parquet")
    (root / "holds" / "_SUCCESS").write_text("")
    (root / "csv").mkdir()
    (root / "csv" / "june.csv").write_text(CSV, encoding="utf-8")
    (root / "notes.bin").write_bytes(b"%PDF-1.4")
    return root


@pytest.fixture(scope="module")
def address(local: Path) -> Iterator[str]:
    """A store on this machine with the files of ``local`` in the bucket ``jail``."""
    from moto.server import ThreadedMotoServer
    from pyarrow.fs import LocalFileSystem, S3FileSystem, copy_files

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        store = S3FileSystem(
            access_key="synthetic", secret_key="synthetic", endpoint_override=url, region="us-east-1",
            allow_bucket_creation=True,
        )  # fmt: skip
        store.create_dir("jail")
        copy_files(str(local), "jail", source_filesystem=LocalFileSystem(), destination_filesystem=store)
        yield url
    finally:
        server.stop()


@pytest.fixture
def store(address: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The store's URL, with the usual variables set to it."""
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "synthetic",
        "AWS_SECRET_ACCESS_KEY": "synthetic",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    return address


def rows_of(tmp_path: Path, *names: Path | str, **asked: Any) -> tuple[list[Any], Any]:
    work = tmp_path / f"work-{len(list(tmp_path.iterdir()))}"
    work.mkdir()
    done = run(names, work, Options(threads=1, **asked))
    query = "select columns(* exclude (file, row))::varchar from read_parquet(?) order by all"
    return duckdb.execute(query, [str(done.cases)]).fetchall(), done


@pytest.mark.parametrize("name", ["holds", "holds/", "holds/state=*", "holds/**/*.parquet", "holds/*/a?b.parquet"])
def test_a_store_gives_the_tables_of_the_files(tmp_path: Path, local: Path, store: str, name: str) -> None:
    wanted, _ = rows_of(tmp_path, local / "holds")
    found, done = rows_of(tmp_path, f"s3://jail/{name}")
    assert found == wanted and len(found) == 600
    objects = {f"s3://jail/{path.relative_to(local)}" for path in (local / "holds").rglob("*.parquet")}
    assert {*done.files} == objects
    told = duckdb.execute("select distinct file from read_parquet(?)", [str(done.cases)]).fetchall()
    assert {file for (file,) in told} == {*done.files}
    assert not [path for path in tmp_path.rglob("*") if path.name == "objects"], "copies are removed"


def test_a_report_names_objects_by_uri_and_is_verified(tmp_path: Path, local: Path, store: str) -> None:
    uri = "s3://jail/csv/june.csv"
    summary = audit_into([uri], tmp_path / "report", Options(zone="America/Chicago"), None)
    assert summary.files == (uri,) and summary.cases == 2
    assert f"{uri} row 2 column released" in summary.problems_shown[0]
    recorded = json.loads((tmp_path / "report" / "audit.json").read_text(encoding="utf-8"))
    audit_into([local / "csv" / "june.csv"], tmp_path / "other", Options(zone="America/Chicago"), None)
    other = json.loads((tmp_path / "other" / "audit.json").read_text(encoding="utf-8"))
    mine, theirs = recorded["run"]["inputs"][0], other["run"]["inputs"][0]
    assert (mine["file"], mine["sha256"], mine["bytes"]) == (uri, theirs["sha256"], theirs["bytes"])
    found = verify(tmp_path / "report")
    assert found.same and not found.inputs_changed
    assert verify(tmp_path / "report", local / "csv").same
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "june.csv").write_text(CSV.replace("06-05 11:00", "06-04 11:00"), encoding="utf-8")
    changed = verify(tmp_path / "report", tmp_path / "moved")
    assert not changed.same and changed.inputs_changed == (uri,)


def test_an_object_that_changed_is_said_to_have_changed(tmp_path: Path, store: str) -> None:
    from pyarrow.fs import S3FileSystem

    system = S3FileSystem(endpoint_override=store)
    with system.open_output_stream("jail/changing.csv") as file:
        file.write(CSV.encode())
    audit_into(["s3://jail/changing.csv"], tmp_path / "report", Options(zone="America/Chicago"), None)
    with system.open_output_stream("jail/changing.csv") as file:
        file.write(CSV.replace("06-05 11:00", "06-09 11:00").encode())
    found = verify(tmp_path / "report")
    assert not found.same and found.inputs_changed == ("s3://jail/changing.csv",)


def test_local_files_and_objects_go_together(tmp_path: Path, local: Path, store: str) -> None:
    other = tmp_path / "july.csv"
    other.write_text(CSV.replace("synthetic-", "synthetic-7"), encoding="utf-8")
    _, done = rows_of(tmp_path, other, "s3://jail/csv/*.csv", zone="America/Chicago")
    assert done.files == (str(other), "s3://jail/csv/june.csv")
    assert {one.file for one in done.problems} == {*done.files}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("s3://nobody/holds", "there is no such bucket"),
        ("s3://jail/nothing.csv", "there is no such object, and no folder of this name"),
        ("s3://jail/csv/*.parquet", "no object has a name like this"),
        ("s3://jail/notes.bin", "s3://jail/notes.bin: expected CSV, a workbook"),
        ("s3://*/x.csv", "a bucket's name cannot be a pattern"),
        ("s3://", "expected a bucket"),
        ("hdfs://namenode/holds", "read by the engine Spark only"),
        ("s3://jail/csv/june.csv", "s3://jail/csv/june.csv: its times have no time zone"),
    ],
)
def test_what_cannot_be_read_is_one_line_with_what_to_do(tmp_path: Path, store: str, name: str, says: str) -> None:
    with pytest.raises(Refused) as refused:
        audit_into([name], tmp_path / "report", Options(), None)
    assert says in str(refused.value) and "\n" not in str(refused.value)
    assert not (tmp_path / "report").exists()


def test_keys_that_the_store_refuses(tmp_path: Path, store: str) -> None:
    def allowed(many: bytes) -> None:
        plain = {"Content-Type": "text/plain"}
        asked = urllib.request.Request(f"{store}/moto-api/reset-auth", many, plain, method="POST")
        urllib.request.urlopen(asked).close()

    allowed(b"0")
    try:
        with pytest.raises(Refused, match="AWS_ACCESS_KEY_ID"):
            audit_into(["s3://jail/csv/june.csv"], None, Options(zone="America/Chicago"), None)
    finally:
        allowed(b"inf")


def test_a_store_that_does_not_answer(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(Refused, match="Set AWS_ENDPOINT_URL"):
        audit_into(["s3://jail/csv/june.csv"], None, Options(zone="America/Chicago"), None)


def test_a_map_is_proposed_for_an_object(store: str) -> None:
    found = proposed("s3://jail/csv/june.csv")
    assert found.file == "s3://jail/csv/june.csv" and found.rows[0]["case"] == "synthetic-1"
    done = CliRunner().invoke(app, ["custody", "map", "s3://jail/csv/june.csv", "--json"])
    assert json.loads(done.output)["file"] == "s3://jail/csv/june.csv"


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("s3://b/*.csv", "s3://b/a.csv", "s3://b/x/a.csv"),
        ("s3://b/**/*.csv", "s3://b/x/y/a.csv", "s3://b/x/y/a.csv.gz"),
        ("s3://b/2025-[01]?.csv", "s3://b/2025-06.csv", "s3://b/2025-26.csv"),
        ("s3://b/[!a].csv", "s3://b/b.csv", "s3://b/a.csv"),
    ],
)
def test_patterns_of_names(name: str, yes: str, no: str) -> None:
    assert pattern(name).fullmatch(yes) and not pattern(name).fullmatch(no)
