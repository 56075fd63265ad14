"""The site while it runs: a record swapped under load, a broken one left alone, a process that stops in order."""

import asyncio
import io
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import polars as pl
import pytest
import uvicorn
from starlette.testclient import TestClient
from uvicorn.server import ServerState

from commands import run_command
from ledger287.ledger.build.building import build
from ledger287.ledger.store.folder import open_record, shipped, write_record
from ledger287.ledger.store.tables import TABLES
from ledger287.web.pages import KINDS
from ledger287.web.render.addresses import address
from ledger287.web.server import wire
from ledger287.web.server.app import make_app
from ledger287.web.server.kept.giving_back import give_back
from ledger287.web.server.kept.kept_answers import Body, pack
from ledger287.web.server.notes import note_as
from ledger287.web.server.query import Form, Language, Missing
from ledger287.web.server.site import Site
from making import list_name, made_up_rows, workbook_bytes

FORMS: tuple[tuple[Language, Form], ...] = (("en", "html"), ("es", "html"), ("en", "json"))
TODAY = date(2026, 5, 9)
PATIENCE = 240
"""Seconds after which a process counts as stuck; a loaded machine needs many to start one."""

# -- a newer record --------------------------------------------------------------------------------


AGENCY, OTHER_NAME = "ag-8zwthaz", "Okaloosa County Jail"


def renamed(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables of a record in which one agency has another name."""
    stored = open_record(folder)
    tables = {table.name: stored.read(table.name) for table in TABLES}
    name = pl.when(pl.col("agency_id") == AGENCY).then(pl.lit(OTHER_NAME)).otherwise("name")
    tables["agencies"] = tables["agencies"].with_columns(name=name)
    return tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped(), tmp_path / "record"))


def test_a_newer_record_is_served_at_once_and_no_request_fails(folder: Path) -> None:
    """Requests go on while the record is replaced, forth and back."""
    old = {table.name: open_record(folder).read(table.name) for table in TABLES}
    other = renamed(folder)
    site = Site(folder, today=lambda: TODAY)
    addresses = ["/states", "/states.json", "/api/v1/status", "/api/v1/lists", "/feeds/changes.atom", "/state/KY", "/"]
    failed: list[str] = []
    asked = [0]

    async def ask(client: httpx.AsyncClient, place: int, until: asyncio.Event) -> None:
        while not until.is_set():
            for path in addresses[place:] + addresses[:place]:
                response = await client.get(path)
                asked[0] += 1
                if response.status_code != 200:
                    failed.append(f"{path}: {response.status_code}")
            await asyncio.sleep(0)

    async def run(client: httpx.AsyncClient) -> list[str]:
        seen, until = [], asyncio.Event()
        cursor = (await client.get("/api/v1/lists?limit=10")).json()["next"]
        asking = [asyncio.create_task(ask(client, place, until)) for place in range(4)]
        for tables in (other, old, other):
            before = asked[0]
            await asyncio.to_thread(write_record, folder, tables)
            assert await asyncio.to_thread(site.shelf.look)
            seen.append((await client.get("/api/v1/agencies?q=okaloosa corrections")).json()["agencies"][0]["name"])
            assert (await client.get("/healthz")).json()["edition"] == site.edition.version
            assert asked[0] > before
        until.set()
        await asyncio.gather(*asking)
        late = await client.get(f"/api/v1/lists?limit=10&cursor={cursor}")
        assert late.status_code == 410
        assert late.json()["type"].endswith("problem/cursor-of-an-older-record")
        assert "ledger287_swaps_total 3.0" in (await client.get("/metrics")).text
        return seen

    async def opened() -> list[str]:
        transport = httpx.ASGITransport(app=make_app(site, watch=False))
        async with httpx.AsyncClient(transport=transport, base_url="http://test", timeout=120) as client:
            return await run(client)

    seen = asyncio.run(opened())
    assert failed == []
    assert [name == OTHER_NAME for name in seen] == [True, False, True]


def test_who_asks_for_the_same_at_once_gets_the_same() -> None:
    """A page that many ask for while it is not kept is made once; an error reaches each of them."""
    site = Site(None, today=lambda: TODAY)
    made: list[int] = []

    def make(_: Any) -> Body:
        made.append(1)
        time.sleep(0.1)
        return pack(b"made", "text/plain")

    def fail(_: Any) -> Body:
        made.append(1)
        raise Missing("nothing")

    async def run() -> list[Any]:
        good = await asyncio.gather(*[site.body("key", make) for _ in range(20)])
        bad = await asyncio.gather(*[site.body("bad", fail) for _ in range(20)], return_exceptions=True)
        return [*good, *bad]

    found = asyncio.run(run())
    assert len(made) == 2
    assert {body.data for body in found[:20]} == {b"made"}
    assert all(isinstance(error, Missing) for error in found[20:])


def test_a_broken_record_is_not_served(folder: Path) -> None:
    site = Site(folder, today=lambda: TODAY)
    client = TestClient(make_app(site, watch=False))
    before = client.get("/api/v1/status").json()
    pointer = folder / "record.json"
    whole = pointer.read_text(encoding="utf-8")
    for broken in ("", "{}", json.dumps({"format": 99, "tables": "nowhere"})):
        pointer.write_text(broken, encoding="utf-8")
        assert not site.shelf.look()
        assert client.get("/api/v1/status").json() == before
        assert client.get("/states.json?on=2025-02-02").status_code == 200
    pointer.write_text(whole, encoding="utf-8")
    site.shelf.look()
    assert client.get("/api/v1/status").json() == before


@pytest.mark.parametrize("day", [date(2025, 5, 1), date(2026, 4, 20)])
def test_every_page_stands_over_a_record_of_one_list(tmp_path: Path, day: date) -> None:
    """Any built record is served, whichever days and agencies the pages and examples would choose by themselves."""
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / list_name(day)).write_bytes(workbook_bytes(made_up_rows(20)))
    build([tmp_path / "lists"], tmp_path / "record")
    site = Site(tmp_path / "record", today=lambda: TODAY)
    client = TestClient(make_app(site, watch=False))
    firsts = [(kind, next(iter(kind.instances(site.edition)), None)) for kind in KINDS]
    pages = [
        address(kind.pattern, places, lang=lang, form=form)
        for kind, places in firsts
        if places is not None
        for lang, form in FORMS
    ]
    pages += ["/feeds/changes.atom", "/map.svg", "/download/datapackage.json", "/api/v1/openapi.json"]
    assert {path: status for path in pages if (status := client.get(path).status_code) != 200} == {}


def test_downloads_are_of_the_record_that_is_served(folder: Path) -> None:
    site = Site(folder, today=lambda: TODAY)
    client = TestClient(make_app(site, watch=False))
    one = client.get("/download/agencies.parquet").headers["etag"]
    write_record(folder, renamed(folder))
    assert site.shelf.look()
    assert client.get("/download/agencies.parquet").headers["etag"] != one


# -- as a process ----------------------------------------------------------------------------------


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """The site as a user runs it, on a free port."""
    plain = {key: value for key, value in os.environ.items() if key != "LEDGER287_RECORD"}
    command = [sys.executable, "-m", "ledger287.cli.main", "serve", "--port", "0", "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=plain) as process:
        try:
            told = ""
            while not told.rstrip().endswith("}"):
                line = process.stdout.readline() if process.stdout else ""
                assert line, process.stderr.read() if process.stderr else ""
                told += line
            yield process, json.loads(told)
        finally:
            process.kill()


def wait_until_closed(port: int) -> None:
    """Wait until nobody listens on a port any more."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError:
            return
        time.sleep(0.05)
    pytest.fail("the site still takes connections after SIGTERM")


def test_a_running_request_is_finished_after_sigterm() -> None:
    """A body that is still on its way when the site is stopped is read to its end and answered."""
    with serving("--log") as (process, told):
        body = json.dumps({"charges_cleared": "2025-07-03 10:00", "zone": "America/Chicago"}).encode()
        head = (
            f"POST /api/v1/hold HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nexpect: 100-continue\r\nconnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", told["port"]), timeout=PATIENCE) as connection:
            connection.sendall(head.encode())
            assert connection.recv(65536).startswith(b"HTTP/1.1 100 ")  # the site waits for the body
            connection.sendall(body[:20])
            process.send_signal(signal.SIGTERM)
            wait_until_closed(told["port"])
            connection.sendall(body[20:])
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"No later than" in answer
        assert process.wait(timeout=PATIENCE) == 0
        assert process.stderr is not None
        log = process.stderr.read()
        assert '"route":"api.hold","status":200' in log
        assert "Traceback" not in log


def test_heads_are_bounded_on_the_wire() -> None:
    with serving() as (_, told):
        with socket.create_connection(("127.0.0.1", told["port"]), timeout=PATIENCE) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n")
            for _ in range(60):
                connection.sendall(b"x: " + b"y" * 1000 + b"\r\n")
            answer = connection.recv(4096)
            assert answer.startswith(b"HTTP/1.1 431")
        with socket.create_connection(("127.0.0.1", told["port"]), timeout=PATIENCE) as connection:
            connection.sendall(b"this is no request\r\n\r\n")
            answer = connection.recv(4096)
            assert answer.startswith(b"HTTP/1.1 400")
            assert b"content-security-policy: default-src 'none'" in answer
            assert b"no-store" in answer
        with socket.create_connection(("127.0.0.1", told["port"]), timeout=PATIENCE) as connection:
            connection.sendall(b"GET /states HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")


def test_a_connection_too_many_gets_a_safe_refusal_and_all_are_logged_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    config = uvicorn.Config(make_app(Site(None, today=lambda: TODAY), watch=False, log_to=log), ws="none")
    server = ServerState()
    monkeypatch.setattr(wire, "MOST_CONNECTIONS", 1)

    async def run() -> list[bytes]:
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(lambda: wire.Bounded(config, server, {}), "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        first, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        answers = [await first.read(60)]
        second, other = await asyncio.open_connection("127.0.0.1", port)
        answers.append(await second.read())
        writer.write(b"no request\r\n\r\n")
        answers.append((await first.read()).rpartition(b"}")[2])
        for each in (writer, other):
            each.close()
        listening.close()
        return answers

    good, busy, bad = asyncio.run(run())
    assert good.startswith(b"HTTP/1.1 200")
    assert busy.startswith(b"HTTP/1.1 503")
    for line in (b"x-content-type-options: nosniff", b"retry-after: ", b"default-src 'none'", b"no-store"):
        assert line in busy
    assert b"HTTP/1.1 400" in bad
    assert [json.loads(line)["status"] for line in log.getvalue().splitlines()] == [200, 503, 400]


def test_notes_of_the_program_are_lines_of_json_where_requests_are(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("ledger287.web")
    before = (logger.handlers, logger.propagate, logger.level)
    try:
        note_as(lines=True)
        logger.warning("the new record cannot be opened: %s", "a\nb")
    finally:
        logger.handlers, logger.propagate, logger.level = before
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["note"]) == ("warning", "the new record cannot be opened: a\nb")


def test_serving_elsewhere_says_what_to_put_in_front() -> None:
    with serving("--host", "0.0.0.0") as (process, _):
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        assert "Put a reverse proxy with TLS" in process.stderr.read()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--base-url", "ledger.example"], "expected the site's own URL"),
        (["--base-url", "https://x.example/path?q"], "expected the site's own URL"),
        (["--record", "nowhere"], "no record here"),
    ],
)
def test_served_wrongly(options: list[str], told: str) -> None:
    done = run_command("serve", "--port", "0", *options)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_freed_memory_goes_back_to_the_system() -> None:
    """Of two hundred thousand texts that were freed, the process does not keep the pages (glibc alone)."""
    held = [f"{number:0600}" for number in range(200_000)]
    before, last = _resident(), held[-1]  # at the end of the heap, so that nothing goes back by itself
    del held
    give_back()
    assert _resident() < before - 50 * 2**20
    assert last


def _resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_the_library_of_tables_is_loaded_after_its_memory_is_set() -> None:
    """Its allocator reads the setting once, when it is loaded: by then nothing of the command may have loaded it."""
    code = (
        "import os, sys; import ledger287.cli.upkeep.lean as lean; from ledger287.cli.main import run; "
        "lean.lean_memory = lambda: os._exit(7 if 'polars' in sys.modules else 0); "
        "sys.argv = ['ledger287', 'serve']; run(); os._exit(8)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_files_of_tables_are_made_in_another_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's own process exports nothing, so that its memory does not grow by what an export needs."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("an export in the process of the server")

    monkeypatch.setattr("ledger287.web.publish.table_files.export", refuse)
    client = TestClient(make_app(Site(folder), watch=False))
    answer = client.get("/download/agencies.csv")
    assert answer.status_code == 200
    assert answer.text.startswith("agency_id,")
    package = client.get("/download/datapackage.json").json()
    assert "agencies-parquet" in [resource["name"] for resource in package["resources"]]
