"""What comes before the site: limits, headers, counts and logs."""

import asyncio
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

import ledger287
from ledger287.web.render.assets import by_address
from ledger287.web.render.response import SAFE
from ledger287.web.server.app import make_app
from ledger287.web.server.machine import Meter
from ledger287.web.server.safety import MOST_BODY, MOST_HEADERS, MOST_UPLOAD, SECONDS_TO_ARRIVE, UPLOADS, Gate
from ledger287.web.server.site import Site
from ledger287.web.server.workers.children import ChildLimits, Failed
from ledger287.web.server.workers.shares import Shares, visitor_of
from sites import site_on

TODAY = date(2026, 5, 9)
SITE = site_on(TODAY)


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

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/v1/hold",
        "query_string": b"",
        "headers": [(b"host", b"x")],
    }
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


def asgi(client: TestClient, headers: list[tuple[bytes, bytes]], version: str = "1.1", path: str = "/") -> int:
    """The status of a request with just these headers."""
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": headers, "http_version": version, "root_path": "", "scheme": "http"}  # fmt: skip

    async def run() -> None:
        await client.app(scope, receive, send)

    asyncio.run(run())
    assert dict(sent[0]["headers"])[b"x-content-type-options"] == b"nosniff"
    return int(sent[0]["status"])


@pytest.mark.parametrize(
    ("hosts", "version", "status"),
    [
        ([b"x"], "1.1", 200), ([b"x:2870"], "1.1", 200), ([b"[::1]:2870"], "1.1", 200), ([b"192.0.2.7"], "1.1", 200),
        ([], "1.0", 200), ([], "1.1", 400), ([b"a", b"b"], "1.1", 400), ([b"a", b"a"], "1.0", 400), ([b""], "1.1", 400),
        ([b"a b"], "1.1", 400), ([b"a/b"], "1.1", 400), ([b"user@a"], "1.1", 400), ([b"-a"], "1.1", 400),
    ],
)  # fmt: skip
def test_a_request_has_one_host(client: TestClient, hosts: list[bytes], version: str, status: int) -> None:
    assert client.get("/").status_code == 200  # kept from here on, and still not given to a bad request
    assert asgi(client, [(b"host", host) for host in hosts], version) == status


def test_headers_are_bounded_before_what_is_kept(client: TestClient) -> None:
    assert client.get("/states").status_code == 200
    assert client.get("/states", headers={"x-long": "x" * 17_000}).status_code == 431
    many = [(b"host", b"x"), *((b"x-%d" % number, b"y") for number in range(150))]
    assert asgi(client, many, path="/states") == 431
    asset = next(iter(by_address()))
    assert asgi(client, [(b"host", b"x")], path=asset) == 200
    assert asgi(client, many, path=asset) == 431


def test_a_web_socket_is_refused_and_logged() -> None:
    log = io.StringIO()
    asking = TestClient(make_app(SITE, watch=False, log_to=log))
    wanted = {"connection": "Upgrade", "upgrade": "WebSocket", "sec-websocket-version": "13"}
    assert asking.get("/states", headers=wanted).status_code == 400
    with pytest.raises(WebSocketDisconnect), asking.websocket_connect("/states"):
        pass
    assert [(line["route"], line["status"]) for line in map(json.loads, log.getvalue().splitlines())] == [
        ("refused", 400),
        ("refused", 403),
    ]


def test_a_client_that_leaves_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    log = io.StringIO()
    gate = make_app(SITE, watch=False, log_to=log)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        pytest.fail(f"answered a client that is gone: {message}")

    scope = {"type": "http", "method": "POST", "path": "/check", "raw_path": b"/check", "query_string": b"",
             "headers": [(b"host", b"x")], "http_version": "1.1", "root_path": "", "scheme": "http"}  # fmt: skip
    asyncio.run(gate(scope, receive, send))
    assert json.loads(log.getvalue())["status"] == 499
    assert not caplog.records


# -- one visitor's share ---------------------------------------------------------------------------


def test_one_visitor_has_one_story_at_a_time_and_others_go_on() -> None:
    async def run() -> tuple[list[str], str]:
        shares, done, order = Shares(waiting=1), asyncio.Event(), []

        async def story(visitor: str, name: str) -> None:
            async with shares.turn(visitor):
                order.append(name)
                await done.wait()

        tasks = [asyncio.create_task(story("one", name)) for name in ("first", "second")]
        await asyncio.sleep(0)
        with pytest.raises(Failed) as refused:
            await story("one", "third")
        tasks.append(asyncio.create_task(story("other", "of another")))
        await asyncio.sleep(0)
        assert order == ["first", "of another"]
        done.set()
        await asyncio.gather(*tasks)
        async with shares.turn("one"):
            order.append("later")
        return order, refused.value.trouble

    assert asyncio.run(run()) == (["first", "of another", "second", "later"], "share")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
    ],
)
def test_who_a_visitor_is(one: str, other: str, same: bool) -> None:
    assert (visitor_of((one, 1)) == visitor_of((other, 2))) == same


def test_a_story_of_a_visitor_with_many_waits_is_refused_in_words(client: TestClient) -> None:
    before, SITE.shares = SITE.shares, Shares(waiting=-1)
    try:
        page, data = client.post("/check", data={"text": "10 agreements"}), {"text": "10 agreements"}
        told = client.post("/api/v1/check", json=data)
    finally:
        SITE.shares = before
    assert (page.status_code, told.status_code) == (503, 503)
    assert "Stories of yours are being checked" in page.text
    assert int(told.headers["retry-after"]) > 0
    assert told.headers["x-content-type-options"] == "nosniff"


def test_the_time_for_a_story_grows_with_its_length() -> None:
    limits = ChildLimits(seconds=20.0, seconds_per_mb=120.0)
    assert limits.more_for(b"x" * 2**10) < 1
    assert limits.more_for(b"x" * 2**19) == 60
    assert limits.more_for(b"%PDF" + b"x" * 2**17) > 60
    assert limits.more_for(b"x" * 2**22) == 120
    assert limits.longest_answer == 140 + limits.waiting_seconds


def test_the_proxys_limits_are_the_sites() -> None:
    text = (Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf").read_text(encoding="utf-8")

    def number(pattern: str, within: str = text) -> int:
        return int(re.findall(pattern, within)[0])

    (stories,) = re.findall(r"location ~ (\S+) \{", text)
    for address in UPLOADS:
        assert re.fullmatch(stories, address), address
    assert ChildLimits().longest_answer < number(r"proxy_read_timeout (\d+)s", text.partition("location ~")[2])
    assert number(r"client_max_body_size (\d+)m") * 2**20 == MOST_UPLOAD
    assert number(r"client_body_timeout (\d+)s") <= SECONDS_TO_ARRIVE
    assert number(r"large_client_header_buffers \d+ (\d+)k") * 1024 == MOST_HEADERS
    assert text.count("proxy_set_header X-Forwarded-For $remote_addr;") == 2


@pytest.mark.parametrize("body", ['{"text": "10 agreements", "file": null}', '{"file": null}', '{"text": null}'])
def test_null_is_no_story(client: TestClient, body: str) -> None:
    answer = client.post("/api/v1/check", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert "found null" in answer.json()["detail"]


# -- errors, counts, logs --------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/state/FL/", "/es/state/FL/?on=2025-08-14", "/healthz/"])
def test_a_redirect_names_no_host(client: TestClient, address: str) -> None:
    answer = client.get(address, headers={"host": "elsewhere.example"}, follow_redirects=False)
    assert answer.status_code == 307
    path, _, query = address.partition("?")
    assert answer.headers["location"] == path.rstrip("/") + (f"?{query}" if query else "")


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
        *["state 200"] * 3, "states 400", "none 404", "state 404", "refused 405"
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
        "software": f"ledger287 {ledger287.__version__}",
    }


def test_kept_answers_are_counted_and_have_the_same_headers(client: TestClient) -> None:
    before = metric(client, "ledger287_requests_total")
    first, again = client.get("/states?on=2025-03-03"), client.get("/states?on=2025-03-03")
    assert first.headers == again.headers
    assert first.content == again.content
    assert metric(client, "ledger287_requests_total") >= before + 2
