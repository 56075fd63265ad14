"""What stands before the site: limits, headers, counts and logs; a record swapped under load; a graceful stop."""

import asyncio
import io
import json
import os
import re
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
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from ledger287.record.store import open_record, shipped, write_record
from ledger287.record.tables import TABLES
from ledger287.web.answering import SAFE
from ledger287.web.app import make_app
from ledger287.web.asked import Missing
from ledger287.web.keeping import Body, pack
from ledger287.web.machine import Meter
from ledger287.web.safety import MOST_BODY, MOST_UPLOAD, Gate
from ledger287.web.site import Site

TODAY = date(2026, 5, 9)
SITE = Site(None, today=lambda: TODAY)


@pytest.fixture(scope="module")
def client() -> Any:
    with TestClient(make_app(SITE, watch=False)) as opened:
        yield opened


def metric(client: TestClient, name: str) -> float:
    """The sum of a figure over its labels."""
    lines = client.get("/metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if re.match(rf"{name}[{{ ]", line))


# -- headers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/"),
        ("GET", "/"),
        ("GET", "/es/states"),
        ("GET", "/states.csv"),
        ("GET", "/nothing"),
        ("GET", "/state/XX"),
        ("GET", "/?on=never"),
        ("GET", "/static/nothing.css"),
        ("GET", "/api/v1/status"),
        ("GET", "/api/v1/nothing"),
        ("GET", "/feeds/changes.atom"),
        ("GET", "/download/agencies.csv"),
        ("GET", "/robots.txt"),
        ("GET", "/healthz"),
        ("GET", "/metrics"),
        ("POST", "/"),
        ("PUT", "/"),
        ("OPTIONS", "/api/v1/status"),
        ("POST", "/api/v1/hold"),
        ("POST", "/check"),
    ],
)
def test_every_response_has_safe_headers(client: TestClient, method: str, address: str) -> None:
    response = client.request(method, address)
    assert response.status_code < 500
    assert {name: response.headers.get(name) for name in SAFE} == SAFE
    policy = response.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "set-cookie" not in response.headers
    assert "server" not in response.headers


def test_pages_have_nothing_that_the_policy_forbids(client: TestClient) -> None:
    for address in ("/", "/es", "/states", "/state/FL", "/api", "/nothing"):
        text = client.get(address).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), address
        assert not re.search(r"<[^>]*\s(style|on[a-z]+)=", text), address
        for outside in re.findall(r"""(?:src|href|action)=["'](https?:)?//[^"']*""", text):
            assert outside != "src", address


# -- limits ----------------------------------------------------------------------------------------


def test_what_is_too_long_is_refused(client: TestClient) -> None:
    assert client.get("/states?q=" + "x" * 5000).status_code == 414
    assert client.get("/metrics", headers={"x-long": "x" * 20_000}).status_code == 431
    assert client.post("/hold", content=b"x" * (MOST_BODY + 1)).status_code == 413
    assert client.post("/api/v1/check", content=b"x" * (MOST_UPLOAD + 1)).status_code == 413
    told = client.post("/api/v1/hold", content=b"x" * (MOST_BODY + 1))
    assert told.headers["content-type"] == "application/problem+json"
    assert client.get("/metrics", headers={"content-length": "many"}).status_code == 413


def test_a_body_without_a_length_is_bounded_too(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(80):
            yield b"x" * 1024

    headers = {"content-type": "application/json"}
    assert client.post("/api/v1/hold", content=pieces(), headers=headers).status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "NONSENSE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/v1/status").status_code == 405


def test_a_body_that_does_not_arrive_is_not_waited_for() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await PlainTextResponse("whole")(scope, receive, send)

    gate = Gate(app, SITE, Meter(), seconds=0.05)
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/api/v1/hold", "query_string": b"", "headers": []}
    asyncio.run(gate(scope, receive, send))
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["type"].endswith("problem/too-slow")


def test_only_so_many_at_once() -> None:
    release = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await release.wait()
        await PlainTextResponse("done")(scope, receive, send)

    async def run() -> list[int]:
        gate = Gate(app, SITE, Meter(), at_once=3)
        transport = httpx.ASGITransport(app=gate)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as asking:
            running = [asyncio.create_task(asking.get(f"/api/v1/x{n}")) for n in range(3)]
            await asyncio.sleep(0.05)
            more = await asking.get("/api/v1/more")
            assert more.headers["retry-after"] == "1"
            release.set()
            return [more.status_code, *[(await task).status_code for task in running]]

    assert asyncio.run(run()) == [503, 200, 200, 200]


def test_only_named_hosts_are_answered_where_some_are_named() -> None:
    app = make_app(SITE, watch=False, allowed_hosts=["ledger.example", "[::1]"])
    asking = TestClient(app, base_url="http://ledger.example")
    assert asking.get("/states").status_code == 200
    assert asking.get("/states", headers={"host": "Ledger.Example:8080"}).status_code == 200
    assert asking.get("/states", headers={"host": "[::1]:2870"}).status_code == 200
    for host in ("evil.example", "", "ledger.example.evil.example", "ledger.example@evil.example"):
        assert asking.get("/states", headers={"host": host}).status_code == 400


# -- errors, counts, logs --------------------------------------------------------------------------


def test_an_error_is_told_and_logged_without_the_visitors_words(caplog: pytest.LogCaptureFixture) -> None:
    app = make_app(SITE, watch=False)

    async def broken(request: Request) -> None:
        raise ValueError(f"met {request.query_params['q']}")

    app.add_api_route("/api/v1/broken", broken, name="broken")
    response = TestClient(app).get("/api/v1/broken?q=my+secret")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert "ValueError in route broken" in caplog.text
    assert "secret" not in caplog.text


def test_requests_are_counted_and_logged_by_route_alone() -> None:
    log = io.StringIO()
    site = Site(None, today=lambda: TODAY)
    asking = TestClient(make_app(site, watch=False, log_to=log))
    typed = "Jane-Example-was-here"
    for _ in range(3):
        asking.get("/state/FL?on=2025-08-14", headers={"user-agent": typed, "referer": f"http://{typed}"})
    asking.get(f"/states?q={typed}")
    asking.get(f"/{typed}")
    asking.get(f"/state/{typed}")
    asking.request(typed.upper(), "/")
    asking.post("/api/v1/hold", json={"charges_cleared": typed})
    asking.post("/api/v1/check", json={"txt": typed})
    metrics = asking.get("/metrics").text
    assert typed.lower() not in (log.getvalue() + metrics).lower()
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert all(set(line) == {"time", "method", "route", "status", "ms", "bytes"} for line in lines)
    assert [f"{line['route']} {line['status']}" for line in lines[:7]] == [
        *["state 200"] * 3, "states 200", "none 404", "state 404", "refused 405"
    ]  # fmt: skip
    assert 'ledger287_requests_total{route="state",status="2xx"} 3.0' in metrics
    assert 'ledger287_request_seconds_count{route="state"} 4.0' in metrics
    assert f'ledger287_edition{{version="{site.edition.version}"}} 1.0' in metrics
    assert "ledger287_newest_list_age_days 1.0" in metrics
    assert "process_resident_memory_bytes" in metrics


def test_health_tells_the_edition(client: TestClient) -> None:
    assert client.get("/healthz").json() == {
        "status": "serving",
        "edition": SITE.edition.version,
        "newest_list": "2026-05-08",
        "today": "2026-05-09",
    }


def test_kept_answers_are_counted_and_have_the_same_headers(client: TestClient) -> None:
    before = metric(client, "ledger287_requests_total")
    first, again = client.get("/states?on=2025-03-03"), client.get("/states?on=2025-03-03")
    assert first.headers == again.headers
    assert first.content == again.content
    assert metric(client, "ledger287_requests_total") >= before + 2


# -- a newer record --------------------------------------------------------------------------------


def without_newest_list(folder: Path) -> dict[str, pl.DataFrame]:
    """The tables of a record that does not know its newest participating list."""
    stored = open_record(folder)
    tables = {table.name: stored.read(table.name) for table in TABLES}
    lists = tables["lists"].filter(pl.col("accepted"), pl.col("kind") == "participating")
    newest = lists["list"].max()
    tables["lists"] = tables["lists"].with_columns(accepted=pl.col("accepted") & (pl.col("list") != newest))
    return tables


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped(), tmp_path / "record"))


def test_a_newer_record_is_served_at_once_and_no_request_fails(folder: Path) -> None:
    """Requests go on while the record is replaced, forth and back."""
    old = {table.name: open_record(folder).read(table.name) for table in TABLES}
    older = without_newest_list(folder)
    site = Site(folder, today=lambda: TODAY)
    addresses = ["/states", "/states.json", "/api/v1/status", "/api/v1/lists", "/feeds/changes.atom", "/state/KY", "/"]
    failed: list[str] = []
    asked = [0]

    async def ask(client: httpx.AsyncClient, place: int, until: asyncio.Event) -> None:
        while not until.is_set():
            for address in addresses[place:] + addresses[:place]:
                response = await client.get(address)
                asked[0] += 1
                if response.status_code != 200:
                    failed.append(f"{address}: {response.status_code}")
            await asyncio.sleep(0)

    async def run(client: httpx.AsyncClient) -> list[str]:
        seen, until = [], asyncio.Event()
        cursor = (await client.get("/api/v1/lists?limit=10")).json()["next"]
        asking = [asyncio.create_task(ask(client, place, until)) for place in range(4)]
        for tables in (older, old, older):
            before = asked[0]
            await asyncio.to_thread(write_record, folder, tables)
            assert await asyncio.to_thread(site.shelf.look)
            seen.append((await client.get("/api/v1/status")).json()["list"]["file"])
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
    assert seen[0] == seen[2] != seen[1] == "participatingAgencies05082026am.xlsx"


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


def test_downloads_are_of_the_record_that_is_served(folder: Path) -> None:
    site = Site(folder, today=lambda: TODAY)
    client = TestClient(make_app(site, watch=False))
    one = client.get("/download/lists.parquet").headers["etag"]
    write_record(folder, without_newest_list(folder))
    assert site.shelf.look()
    assert client.get("/download/lists.parquet").headers["etag"] != one


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


def test_a_running_request_is_finished_after_sigterm() -> None:
    """A body that is still on its way when the site is told to stop is read to its end and answered."""
    with serving("--log") as (process, told):
        body = json.dumps({"charges_cleared": "2025-07-03 10:00", "zone": "America/Chicago"}).encode()
        head = (
            f"POST /api/v1/hold HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", told["port"]), timeout=20) as connection:
            connection.sendall(head.encode() + body[:20])
            time.sleep(0.4)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.4)
            with pytest.raises(OSError):
                socket.create_connection(("127.0.0.1", told["port"]), timeout=2).close()
            connection.sendall(body[20:])
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
        assert answer.startswith(b"HTTP/1.1 200")
        assert b"No later than" in answer
        assert process.wait(timeout=12) == 0
        assert process.stderr is not None
        log = process.stderr.read()
        assert '"route":"api.hold","status":200' in log
        assert "Traceback" not in log


def test_heads_are_bounded_on_the_wire() -> None:
    with serving() as (_, told):
        with socket.create_connection(("127.0.0.1", told["port"]), timeout=20) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n")
            answer = b""
            try:
                for _ in range(60):
                    connection.sendall(b"x: " + b"y" * 1000 + b"\r\n")
                    time.sleep(0.002)
                answer = connection.recv(4096)
            except OSError:
                answer = answer or b"HTTP/1.1 431"
            assert answer.startswith(b"HTTP/1.1 431")
        with socket.create_connection(("127.0.0.1", told["port"]), timeout=20) as connection:
            connection.sendall(b"GET /states HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 200")


def test_serving_elsewhere_says_what_to_put_in_front() -> None:
    with serving("--host", "0.0.0.0") as (process, _):
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        assert "Put a reverse proxy with TLS" in process.stderr.read()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--base-url", "ledger.example"], "expected the site's own address"),
        (["--base-url", "https://x.example/path?q"], "expected the site's own address"),
        (["--record", "nowhere"], "no record here"),
    ],
)
def test_served_wrongly(options: list[str], told: str) -> None:
    command = [sys.executable, "-m", "ledger287.cli.main", "serve", "--port", "0", *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
