"""``update`` against a web server on this machine: every way in which a download goes wrong, and right.

Each test serves a page like ICE's from a thread, takes its lists, and compares the record with a full build of the same
files. Nothing sleeps: the requested waits are collected. All agencies are synthetic.
"""

import json
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from ledger287.cli.main import run
from ledger287.core.problem import Refused
from ledger287.ledger.build import updating
from ledger287.ledger.build.building import build
from ledger287.ledger.build.updating import Updated, update, user_record
from ledger287.ledger.store import folder
from ledger287.ledger.store.folder import open_record
from ledger287.sources.fetching import USER_AGENT, Manners, Web
from ledger287.sources.ice_lists.page_links import file_name, links
from making import PENDING, list_name, made_up_rows, workbook_bytes

FOLDER = "/doclib/about/offices/ero/287g/"
DAY = [date(2025, 7, day) for day in range(1, 9)]
NOW = datetime(2025, 7, 9, 15, tzinfo=UTC)


@dataclass
class Served:
    """A file as the server gives it. Each number of ``cuts`` ends one answer after so many bytes."""

    data: bytes = b""
    etag: str | None = None
    modified: str | None = None
    status: int = 200
    location: str | None = None
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    first: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    kind: str = "application/octet-stream"
    told_size: bool = True


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    headers: dict[str, str]


class Site:
    """A web site on the loopback interface; ``files`` maps paths to what is served."""

    def __init__(self) -> None:
        self.files: dict[str, Served] = {}
        self.asked: list[Asked] = []
        self.slept: list[float] = []
        self.at_once = 0
        self.most_at_once = 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
                site.asked.append(Asked(self.path, dict(self.headers)))
                try:
                    answer(self, site.files.get(unquote(self.path)))
                except ConnectionError:
                    self.close_connection = True
                finally:
                    site.at_once -= 1

            def log_message(self, *args: object) -> None:
                """Keep the output of the tests clean."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, *args: object) -> None:
                """Say nothing where the reader hangs up early; that is among what the tests try."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()
        self.root = f"http://127.0.0.1:{self.server.server_port}"
        self.page = f"{self.root}/identify-and-arrest/287g"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def link(self, *hrefs: str) -> None:
        """Serve a page with these links."""
        anchors = "".join(f'<li><a class="x" href="{href}">a list</a></li>' for href in hrefs)
        text = f"<!doctype html><html><body><a href='/'>Home</a><ul>{anchors}</ul></body></html>"
        self.files["/identify-and-arrest/287g"] = Served(text.encode(), kind="text/html; charset=utf-8")

    def put(self, name: str, served: Served) -> str:
        """Serve a file in ICE's folder; returns the link."""
        self.files[FOLDER + name] = served
        return FOLDER + name

    def requests(self, name: str) -> list[Asked]:
        return [asked for asked in self.asked if unquote(asked.path).endswith(name)]


def answer(handler: BaseHTTPRequestHandler, served: Served | None) -> None:
    served = served or Served(status=404)
    data, status, headers = served.data, served.status, {"Content-Type": served.kind}
    if served.first:
        status, more = served.first.pop(0)
        data, headers = b"", headers | more
    elif served.location:
        data, headers = b"", headers | {"Location": served.location}
    elif status == 200:
        headers |= {"ETag": served.etag} if served.etag else {}
        headers |= {"Last-Modified": served.modified} if served.modified else {}
        asked = handler.headers
        wanted = asked.get("Range")
        if (served.etag and asked.get("If-None-Match") == served.etag) or (
            served.modified and asked.get("If-Modified-Since") == served.modified
        ):
            status, data = 304, b""
        elif wanted and served.ranges and asked.get("If-Range") in (served.etag, served.modified):
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(data):
                status, data = 416, b""
            else:
                headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
                status, data = 206, data[start:]
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    if served.told_size:
        handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    if status in (200, 206) and served.cuts:
        data = data[: served.cuts.pop(0)]
        handler.close_connection = True
    handler.close_connection |= not served.told_size
    handler.wfile.write(data)


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@dataclass
class Desk:
    """A record with two lists, the site, and every list put on it so far."""

    site: Site
    folder: Path
    record: Path
    files: Path

    def keep(self, name: str, data: bytes, beside: str = "") -> None:
        """Note a file for the full build."""
        (self.files / beside).mkdir(parents=True, exist_ok=True)
        (self.files / beside / name).write_bytes(data)

    def update(self, **manners: float) -> Updated:
        return update(self.record, self.site.page, self.web(**manners))

    def web(self, **manners: float) -> Web:
        return Web(sleep=self.site.slept.append, clock=lambda: NOW, manners=Manners(**manners))  # type: ignore[arg-type]

    def equals_full_build(self) -> bool:
        """Whether each table has exactly the bytes that a build of all files gives it."""
        full = self.folder / "full"
        build([self.files], full)
        return tables(self.record) == tables(full)


def tables(record: Path) -> dict[str, bytes]:
    stored = open_record(record)
    return {path.name: path.read_bytes() for path in sorted(stored.tables.iterdir())} | {
        "": stored.tables.name.encode()
    }


def listed(day: date, count: int, *, pending: bool = False) -> tuple[str, bytes]:
    """A synthetic list of that day, by name and bytes."""
    rows = made_up_rows(count, start=300 if pending else 0, pending=pending)
    name = list_name(day, "pm", pending=pending)
    return name, workbook_bytes(rows, PENDING) if pending else workbook_bytes(rows)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files and the record with which each test begins, built once and copied for each."""
    place = tmp_path_factory.mktemp("begun")
    (place / "files").mkdir()
    for name, data in (listed(DAY[0], 30), listed(DAY[0], 5, pending=True)):
        (place / "files" / name).write_bytes(data)
    build([place / "files"], place / "record")
    return place


@pytest.fixture
def desk(site: Site, begun: Path, tmp_path: Path) -> Desk:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    return Desk(site, tmp_path, tmp_path / "record", tmp_path / "files")


def kinds(done: Updated) -> list[str]:
    return [problem.kind for problem in done.problems]


def names(done: Updated) -> list[str]:
    return [taken.file for taken in done.taken]


def test_links_of_a_page() -> None:
    page = """
      <a href="participatingAgencies07012025pm.xlsx">a</a>
      <a href="/up/pendingAgencies07012025pm.xlsx#top">b</a>
      <A HREF="//other.example/x/ParticipatingENTITIES.XLSX?v=1&amp;w=2">c</A>
      <a href="/up/participating%20Agencies%2007022025.xlsx">d</a>
      <a href=" /up/pendingAgencies07012025pm.xlsx ">b again</a>
      <a href="/up/budget.xlsx">another workbook</a>
      <a href="/up/agencies.pdf">no workbook</a> <a>no link</a> <a href="mailto:agencies@x.example">mail</a>
      <a href="http://[broken/agencies.xlsx">no address</a>
    """
    found = links(page, "https://www.example.org/a/287g")
    assert [(link.url, link.file) for link in found.lists] == [
        (
            "https://www.example.org/a/participatingAgencies07012025pm.xlsx",
            "participatingAgencies07012025pm.xlsx",
        ),
        ("https://www.example.org/up/pendingAgencies07012025pm.xlsx", "pendingAgencies07012025pm.xlsx"),
        ("https://other.example/x/ParticipatingENTITIES.XLSX?v=1&w=2", "ParticipatingENTITIES.XLSX"),
        (
            "https://www.example.org/up/participating%20Agencies%2007022025.xlsx",
            "participating Agencies 07022025.xlsx",
        ),
    ]
    assert [link.file for link in found.others] == ["budget.xlsx"]


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        ('<a href="/up/participatingAgencies07082025pm">list</a>', True),
        ('<a href="https://docs.google.com/spreadsheets/d/x/edit">Pending <b>Agencies</b></a>', True),
        ('<a href="/up/partners_07-08-2025.pdf">Participating\nlaw enforcement agencies, July 8</a>', True),
        ('<a href="/up/partners.csv">All participating agencies</a>', True),
        ('<a href="/identify-and-arrest/participating">Participating agencies</a>', False),
        ('<a href="#list">Participating agencies</a>', False),
        ('<a href="/doclib/287gMOA/AlphaCo_TFM.pdf">MOA</a> Participating agencies', False),
        ('<a href="https://docs.google.com/forms/d/x">Become a partner</a>', False),
    ],
)
def test_a_list_that_is_no_workbook_is_known_by_its_name_or_the_text_of_its_link(anchor: str, told: bool) -> None:
    found = links(f'<a href="agencies.xlsx">Participating agencies</a>{anchor}', "https://www.example.org/a/287g")
    assert bool(found.other_formats) is told
    assert [link.file for link in found.lists] == ["agencies.xlsx"]
    assert not found.page_table


def test_a_table_of_the_page_itself_is_reported(desk: Desk) -> None:
    name, data = listed(DAY[0], 30)
    desk.site.link(desk.site.put(name, Served(data)))
    assert kinds(desk.update()) == []
    served = desk.site.files["/identify-and-arrest/287g"]
    table = b"<table><tr><th>State</th><th><p>Law Enforcement Agency</p></th></tr></table>"
    desk.site.files["/identify-and-arrest/287g"] = Served(served.data + table, kind="text/html; charset=utf-8")
    (problem,) = desk.update().problems
    assert problem.kind == "other_format" and "a table of law enforcement agencies" in problem.found
    again = desk.update()
    assert (again.problems, again.reported_before) == ((), (problem,)), "said once"
    around = served.data + b"<p>another text of the page</p>" + table
    desk.site.files["/identify-and-arrest/287g"] = Served(around, kind="text/html; charset=utf-8")
    assert desk.update().problems == (), "the table is the same"
    changed = table.replace(b"</table>", b"<tr><td>TEXAS</td><td>Alpha Police</td></tr></table>")
    desk.site.files["/identify-and-arrest/287g"] = Served(served.data + changed, kind="text/html; charset=utf-8")
    assert desk.update().problems == (problem,)
    assert desk.update().reported_before == (problem,)
    desk.site.files["/identify-and-arrest/287g"] = Served(served.data, kind="text/html; charset=utf-8")
    gone = desk.update()
    assert (gone.problems, gone.reported_before) == ((), ())


def test_links_obey_the_base_of_a_page() -> None:
    found = links('<base href="/lists/"><a href="agencies.xlsx">a</a>', "https://www.example.org/a/287g")
    assert [link.url for link in found.lists] == ["https://www.example.org/lists/agencies.xlsx"]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/x/a%2F..%2F..%2Fagencies.xlsx", "agencies.xlsx"),
        ("/x/..%5C..%5Cagencies.xlsx", "agencies.xlsx"),
        ("/x/.agencies%00.xlsx", "agencies.xlsx"),
        ("/x/c%3Aagencies.xlsx", "cagencies.xlsx"),
        ("/x/" + "agencies" * 90 + ".xlsx", ("agencies" * 90)[:150] + ".xlsx"),
    ],
)
def test_a_name_leads_to_no_other_folder(path: str, name: str) -> None:
    assert file_name("https://www.example.org" + path) == name


@pytest.mark.parametrize("status", [301, 302])
def test_takes_what_is_new_and_equals_a_full_build(desk: Desk, status: int) -> None:
    one, data = listed(DAY[1], 33)
    other, moved = listed(DAY[1], 7, pending=True)
    desk.site.files["/moved/elsewhere.bin"] = Served(moved)
    desk.site.link(
        desk.site.put(one, Served(data)),
        desk.site.put(other, Served(status=status, location="/moved/elsewhere.bin")),
        "/budget.xlsx",
    )
    done = desk.update()
    desk.keep(one, data)
    desk.keep(other, moved)
    assert names(done) == [one, other]
    assert [(taken.kind, taken.rows, taken.accepted) for taken in done.taken] == [
        ("participating", 33, True),
        ("pending", 7, True),
    ]
    assert (done.linked, done.unchanged, done.skipped, done.problems) == (2, 0, ("budget.xlsx",), ())
    assert desk.equals_full_build()


def test_lists_out_of_order_equal_a_full_build(desk: Desk) -> None:
    """A list older than those held, one held already, and one day's three lists, in three updates."""
    asked = [listed(DAY[4], 40), listed(DAY[0], 30), listed(DAY[2], 38), listed(DAY[3], 36)]
    hrefs: list[str] = []
    for name, data in asked:
        hrefs.append(desk.site.put(name, Served(data, etag=f'"{name}"')))
        desk.site.link(*hrefs)
        assert not desk.update().problems
        desk.keep(name, data)
    assert desk.equals_full_build()


def test_a_near_miss_told_before_is_told_still(desk: Desk) -> None:
    """Two names that a person should judge stay a problem of the record after an update without them."""
    name, data = listed(DAY[1], 33)
    rows = made_up_rows(30)
    rows += [["UTAH", f"Made-up {town} Police Department", *rows[0][2:]] for town in ("Brak Adda", "Brak Addaa")]
    desk.keep(list_name(DAY[0], "mid"), workbook_bytes(rows))
    build([desk.files], desk.record)
    desk.site.link(desk.site.put(name, Served(data)))
    desk.update()
    desk.keep(name, data)
    assert "near_miss" in open_record(desk.record).read("problems")["kind"]
    assert desk.equals_full_build()


def test_the_downloads_build_the_same_lists(desk: Desk) -> None:
    """The folder of downloads holds each list completely, and nothing that a build would take for another."""
    name, data = listed(DAY[1], 33)
    broken = listed(DAY[2], 34)[1]
    desk.site.link(
        desk.site.put(name, Served(data)),
        desk.site.put("agenciesBroken.xlsx", Served(broken, etag='"b"', cuts=[900] * 9)),
        desk.site.put("agenciesOther.xlsx", Served(workbook_bytes([["?"]], ["NEW", "HEADINGS"]))),
    )
    desk.update()
    summary = build([desk.record / "downloads"], desk.folder / "from-downloads")
    assert (summary.read, summary.problems) == (1, ())


def test_nothing_new_leaves_the_record_untouched(desk: Desk) -> None:
    one, data = listed(DAY[1], 33)
    other, pending = listed(DAY[1], 7, pending=True)
    desk.site.link(
        desk.site.put(one, Served(data, etag='"one"')),
        desk.site.put(other, Served(pending, modified="Wed, 02 Jul 2025 21:00:00 GMT")),
    )
    desk.update()
    before = {path: path.stat().st_mtime_ns for path in desk.record.rglob("*")}
    done = desk.update()
    assert (done.taken, done.unchanged, done.problems) == ((), 2, ())
    assert {path: path.stat().st_mtime_ns for path in desk.record.rglob("*")} == before
    assert desk.site.requests(one)[-1].headers["If-None-Match"] == '"one"'
    assert desk.site.requests(other)[-1].headers["If-Modified-Since"] == "Wed, 02 Jul 2025 21:00:00 GMT"


def test_a_list_without_validators_is_known_by_its_bytes(desk: Desk) -> None:
    name, data = listed(DAY[0], 30)
    desk.site.link(desk.site.put(name, Served(data)))
    before = tables(desk.record)
    done = desk.update()
    assert (done.taken, done.unchanged, done.problems) == ((), 1, ())
    assert tables(desk.record) == before


@pytest.mark.parametrize(
    "told", [{"etag": '"strong"'}, {"etag": 'W/"weak"', "modified": "Wed, 02 Jul 2025 21:00:00 GMT"}]
)
def test_a_truncated_file_is_resumed(desk: Desk, told: dict[str, str]) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, cuts=[1000, 500], **told)))  # type: ignore[arg-type]
    done = desk.update()
    desk.keep(name, data)
    same = told.get("modified") or told["etag"]
    asked = [(a.headers.get("Range"), a.headers.get("If-Range")) for a in desk.site.requests(name)]
    assert asked == [(None, None), ("bytes=1000-", same), ("bytes=1500-", same)]
    assert (names(done), done.problems) == ([name], ())
    assert desk.equals_full_build()
    assert not list(desk.record.glob("downloads/*.part*"))


def test_a_file_that_stays_truncated_is_a_problem_and_resumed_next_time(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    whole, rest = listed(DAY[2], 34)
    served = Served(data, etag='"e"', cuts=[1000, 0, 0, 0])
    desk.site.link(desk.site.put(name, served), desk.site.put(whole, Served(rest)))
    done = desk.update()
    assert (kinds(done), names(done)) == (["truncated"], [whole])
    assert f"1,000 of {len(data):,} bytes" in done.problems[0].found
    assert [part.stat().st_size for part in desk.record.glob("downloads/*.part")] == [1000]
    again = desk.update()
    assert desk.site.requests(name)[-1].headers["Range"] == "bytes=1000-"
    assert (names(again), again.problems) == ([name], ())
    desk.keep(name, data)
    desk.keep(whole, rest)
    assert desk.equals_full_build()


@pytest.mark.parametrize("etag", ['"e"', None, 'W/"weak"'])
def test_a_server_that_ignores_ranges_is_asked_for_all_of_it(desk: Desk, etag: str | None) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, etag=etag, ranges=False, cuts=[2000, 1000])))
    done = desk.update()
    desk.keep(name, data)
    assert (names(done), done.problems) == ([name], ())
    assert desk.equals_full_build()


def test_a_file_changed_between_two_tries_is_not_spliced(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    served = Served(data, etag='"old"', cuts=[1000, 0, 0, 0])
    desk.site.link(desk.site.put(name, served))
    assert kinds(desk.update()) == ["truncated"]
    served.data, served.etag = listed(DAY[1], 36)[1], '"new"'
    done = desk.update()
    desk.keep(name, served.data)
    assert desk.site.requests(name)[-1].headers["If-Range"] == '"old"'
    assert [taken.rows for taken in done.taken] == [36]
    assert desk.equals_full_build()


def test_a_part_longer_than_the_file_is_dropped(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    served = Served(data, etag='"e"', cuts=[1000, 0, 0, 0])
    desk.site.link(desk.site.put(name, served))
    desk.update()
    (part,) = desk.record.glob("downloads/*.part")
    part.write_bytes(data + b"more")
    assert names(desk.update()) == [name]


def test_a_404_stops_no_other_list(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(FOLDER + "participatingAgenciesGone.xlsx", desk.site.put(name, Served(data)))
    done = desk.update()
    desk.keep(name, data)
    assert (names(done), kinds(done)) == ([name], ["not_fetched"])
    assert done.problems[0].file == "participatingAgenciesGone.xlsx"
    assert "HTTP 404 (Not Found)" in done.problems[0].found
    assert desk.equals_full_build()


@pytest.mark.parametrize("wait", ["7", format_datetime(NOW.replace(second=7), usegmt=True)])
def test_retry_after_is_obeyed(desk: Desk, wait: str) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, first=[(503, {"Retry-After": wait})])))
    done = desk.update()
    assert (names(done), done.problems) == ([name], ())
    assert desk.site.slept == [2.0, 7.0]


def test_retries_back_off_further_each_time(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, first=[(502, {})] * 3)))
    assert names(desk.update()) == [name]
    assert desk.site.slept == [2.0, 1.0, 2.0, 4.0]


def test_retries_end(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, first=[(503, {})] * 50)))
    done = desk.update()
    assert kinds(done) == ["not_fetched"]
    assert "HTTP 503 (Service Unavailable)" in done.problems[0].found
    assert len(desk.site.requests(name)) == 4


def test_a_very_long_retry_after_is_not_waited_for_nor_passed_over(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, first=[(503, {"Retry-After": "86400"})])))
    done = desk.update()
    assert kinds(done) == ["not_fetched"]
    assert "Retry-After: 86400" in done.problems[0].found
    assert desk.site.slept == [2.0]
    assert len(desk.site.requests(name)) == 1


def test_a_file_changed_under_the_same_name_is_kept_beside_the_older_one(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    changed = listed(DAY[1], 36)[1]
    served = Served(data, etag='"one"')
    desk.site.link(desk.site.put(name, served))
    desk.update()
    served.data, served.etag = changed, '"two"'
    done = desk.update()
    desk.keep(name, data)
    desk.keep(name, changed, beside="changed")
    assert [taken.rows for taken in done.taken] == [36]
    assert kinds(done) == ["same_name_other_content"]
    assert sorted(path.read_bytes() for path in desk.record.glob(f"downloads/*/{name}")) == sorted([data, changed])
    rows = open_record(desk.record).read("lists")
    assert rows.filter(rows["file"] == name)["rows"].to_list() in ([33, 36], [36, 33])
    assert desk.equals_full_build()


def test_an_error_page_with_200_is_reported_and_asked_for_again(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    served = Served(b"<!DOCTYPE html><p>Come back later.", etag='"e"', kind="text/html")
    desk.site.link(desk.site.put(name, served))
    before = tables(desk.record)
    done = desk.update()
    assert (done.taken, kinds(done)) == ((), ["not_a_workbook"])
    assert "an HTML page" in done.problems[0].found
    assert tables(desk.record) == before
    assert kinds(desk.update()) == ["not_a_workbook"]
    served.data = data
    assert names(desk.update()) == [name]


def test_a_cut_file_without_a_stated_size_is_found_out(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    served = Served(data, etag='"e"', cuts=[3000], told_size=False)
    desk.site.link(desk.site.put(name, served))
    assert kinds(desk.update()) == ["truncated"]
    done = desk.update()
    assert (names(done), done.problems) == ([name], ())


def test_a_workbook_of_unknown_layout_is_reported_each_time_and_does_not_enter(desk: Desk) -> None:
    data = workbook_bytes([["1", "2"]], ["NEW", "HEADINGS"])
    desk.site.link(desk.site.put("participatingAgencies07022025pm.xlsx", Served(data, etag='"e"')))
    before = tables(desk.record)
    for _ in range(2):
        done = desk.update()
        assert (done.taken, kinds(done)) == ((), ["unknown_sheet"])
        assert ".xlsx.unread" in done.problems[0].remedy
    assert done.unchanged == 1
    assert tables(desk.record) == before
    (kept,) = desk.record.glob("downloads/*/*.unread")
    assert kept.read_bytes() == data


def test_a_list_that_looks_wrong_is_set_aside_as_a_build_does(desk: Desk) -> None:
    name, data = listed(DAY[1], 4)
    desk.site.link(desk.site.put(name, Served(data)))
    done = desk.update()
    desk.keep(name, data)
    assert [(taken.accepted, taken.rule) for taken in done.taken] == [(False, "partial")]
    assert desk.equals_full_build()


def test_a_stopped_update_leaves_the_record_and_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped when the files are there but not yet in the record: they are taken, and not fetched again."""
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, etag='"e"')))
    before = tables(desk.record)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(updating, "fold_in", stopped)
        desk.update()
    assert tables(desk.record) == before
    done = desk.update()
    desk.keep(name, data)
    assert (names(done), done.unchanged) == ([name], 1)
    assert desk.site.requests(name)[-1].headers["If-None-Match"] == '"e"'
    assert desk.equals_full_build()


def test_a_damaged_download_is_not_folded_in(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, etag='"e"')))
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(updating, "fold_in", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        desk.update()
    (kept,) = desk.record.glob(f"downloads/*/{name}")
    kept.write_bytes(listed(DAY[1], 34)[1])
    done = desk.update()
    assert (done.taken, kinds(done)) == ((), ["truncated"])
    kept.unlink()
    assert names(desk.update()) == [name]


def test_a_state_that_cannot_be_read_costs_a_download_alone(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, etag='"e"')))
    desk.update()
    (desk.record / "downloads" / "state.json").write_text("[no state")
    done = desk.update()
    assert (done.taken, done.unchanged, done.problems) == ((), 1, ())
    state = json.loads((desk.record / "downloads" / "state.json").read_text())
    assert state[desk.site.root + FOLDER + name]["etag"] == '"e"'
    assert state[desk.site.root + FOLDER + name]["size"] == len(data)


@pytest.mark.parametrize(
    "location", ["ftp://127.0.0.1/agencies.xlsx", "file:///etc/hostname", "http://", "http://[x", ""]
)
def test_a_redirect_elsewhere_is_a_problem(desk: Desk, location: str) -> None:
    desk.site.link(desk.site.put("agencies.xlsx", Served(status=302, location=location)))
    done = desk.update()
    assert (done.taken, kinds(done)) == ((), ["not_fetched"])


def test_redirects_end(desk: Desk) -> None:
    desk.site.link(desk.site.put("agencies.xlsx", Served(status=302, location="agencies.xlsx")))
    done = desk.update()
    assert kinds(done) == ["not_fetched"]
    assert "too many redirects" in done.problems[0].found
    assert len(desk.site.requests("agencies.xlsx")) == 6


def test_a_link_to_another_kind_of_address_is_a_problem(desk: Desk) -> None:
    desk.site.link("ftp://127.0.0.1/agencies.xlsx")
    assert kinds(desk.update()) == ["not_fetched"]


@pytest.mark.parametrize("told_size", [True, False])
def test_a_file_too_large_is_a_problem_and_not_kept(desk: Desk, told_size: bool) -> None:
    desk.site.link(desk.site.put("agencies.xlsx", Served(b"PK" + b"0" * 200_000, told_size=told_size)))
    done = desk.update(most_bytes=100_000)
    assert (done.taken, kinds(done)) == ((), ["too_large"])
    assert not list(desk.record.glob("downloads/*.part"))


def test_a_page_without_lists_is_a_problem(desk: Desk) -> None:
    desk.site.link("/budget.xlsx")
    done = desk.update()
    assert (kinds(done), done.skipped) == (["no_links"], ("budget.xlsx",))


def test_a_page_that_moved_is_the_base_of_its_links(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.files[f"/new/{name}"] = Served(data)
    desk.site.files["/new/287g"] = Served(f'<a href="{name}">a</a>'.encode(), kind="text/html")
    desk.site.files["/identify-and-arrest/287g"] = Served(status=301, location="/new/287g", first=[(503, {})])
    done = desk.update()
    assert (names(done), done.page) == ([name], f"{desk.site.root}/new/287g")


def test_asks_politely(desk: Desk) -> None:
    hrefs = []
    for day in DAY[1:5]:
        name, data = listed(day, 33)
        hrefs.append(desk.site.put(name, Served(data)))
    desk.site.link(*hrefs)
    desk.update()
    assert desk.site.slept == [2.0] * 4
    assert {asked.headers["User-Agent"] for asked in desk.site.asked} == {USER_AGENT}
    assert "ledger287" in USER_AGENT
    assert desk.site.most_at_once == 1


def test_progress_tells_bytes(desk: Desk) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data)))
    told: list[tuple[str, int, int | None]] = []
    update(desk.record, desk.site.page, desk.web(), lambda *done: told.append(done))
    assert told[-1] == (name, len(data), len(data))


@pytest.mark.parametrize(
    "page", ["287g", "ftp://127.0.0.1/287g", "file:///x", "http://", "http://[x", "http://x:99999/", ""]
)
def test_refuses_what_is_no_address_of_a_page(desk: Desk, page: str) -> None:
    with pytest.raises(Refused, match="expected the URL of a page"):
        update(desk.record, page, desk.web())


def test_refuses_where_the_page_cannot_be_had(desk: Desk) -> None:
    with pytest.raises(Refused, match="HTTP 404"):
        desk.update()
    desk.site.link()
    with pytest.raises(Refused, match="at most 50 bytes"):
        desk.update(most_bytes_of_page=50)
    gone = desk.site.page
    desk.site.close()
    new = desk.folder / "new"
    with pytest.raises(Refused, match="Connection refused") as refused:
        update(new, gone, desk.web())
    assert "object at" not in str(refused.value)
    assert not new.exists()


def shipped_as(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "shipped", lambda: place)
    monkeypatch.setattr(updating, "shipped", lambda: place)


def test_the_users_own_record_begins_as_a_copy_of_the_shipped_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped_as(desk.record, monkeypatch)
    monkeypatch.setenv("XDG_DATA_HOME", str(desk.folder / "data"))
    assert user_record() == desk.folder / "data" / "ledger287"
    for path in [desk.record, *desk.record.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    before = {path: path.stat().st_mtime_ns for path in [desk.record, *desk.record.rglob("*")]}
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, etag='"e"')))
    done = update(None, desk.site.page, desk.web())
    assert (done.begun, done.record, names(done)) == (True, str(user_record()), [name])
    assert {path: path.stat().st_mtime_ns for path in [desk.record, *desk.record.rglob("*")]} == before
    assert not update(None, desk.site.page, desk.web()).begun
    desk.keep(name, data)
    desk.record = user_record()
    assert desk.equals_full_build()


def test_the_users_own_record_takes_what_a_newer_package_ships(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped_as(desk.record, monkeypatch)
    monkeypatch.setenv("XDG_DATA_HOME", str(desk.folder / "data"))
    name, data = listed(DAY[2], 36)
    desk.site.link(desk.site.put(name, Served(data, etag='"e"')))
    update(None, desk.site.page, desk.web())
    desk.keep(*listed(DAY[1], 33))
    newer = desk.folder / "newer"
    build([desk.files], newer)
    shipped_as(newer, monkeypatch)
    done = update(None, desk.site.page, desk.web())
    assert (done.from_shipped, done.taken, done.unchanged, done.problems) == (1, (), 1, ())
    desk.keep(name, data)
    desk.record = user_record()
    assert desk.equals_full_build()


def test_a_data_folder_must_be_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "somewhere")
    assert user_record() == Path.home() / ".local" / "share" / "ledger287"


def test_the_shipped_record_is_refused_as_the_target(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped_as(desk.record, monkeypatch)
    with pytest.raises(Refused, match="is not changed"):
        desk.update()


def test_a_folder_of_other_things_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="Build one there"):
        update(desk.files, desk.site.page, desk.web())
    with pytest.raises(Refused, match="found a file"):
        update(desk.files / listed(DAY[0], 30)[0], desk.site.page, desk.web())


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run the command line; returns exit code, standard output, standard error."""
    monkeypatch.setattr(updating, "Web", desk.web)
    monkeypatch.delenv("LEDGER287_RECORD", raising=False)

    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ledger287", "update", *words])
        with pytest.raises(SystemExit) as ended:
            run()
        printed = capsys.readouterr()
        return int(ended.value.code or 0), printed.out, printed.err

    return call


def test_command_line(desk: Desk, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data, etag='"e"')), "/budget[1].xlsx")
    code, out, err = command("--from", desk.site.page, "--record", str(desk.record))
    assert (code, err) == (0, "")
    assert f"1 list linked by {desk.site.page}" in out
    assert f"taken: {name} (participating, 33 rows, published Jul 2, 2025)" in out
    assert "ignored: budget[1].xlsx" in out
    assert f"record: {desk.record}, newest list Jul 2, 2025" in out
    monkeypatch.setenv("LEDGER287_RECORD", str(desk.record))
    code, out, _ = command("--from", desk.site.page)
    assert code == 0
    assert "nothing new; the record is as it was" in out
    assert "1 unchanged" in out
    desk.site.link(FOLDER + name, FOLDER + "participatingAgencies07082025pm.csv")
    assert command("--from", desk.site.page)[0] == 1
    code, out, _ = command("--from", desk.site.page)
    assert code == 0
    assert "unchanged since it was reported: participatingAgencies07082025pm.csv" in out
    assert "nothing new" not in out
    assert "was not read and may be newer than this record" in out


def test_command_line_with_problems(desk: Desk, command: Command) -> None:
    one, few = listed(DAY[1], 4)
    desk.site.link(desk.site.put(one, Served(few)), FOLDER + "pendingAgencies07022025pm.xlsx")
    code, out, _ = command("--from", desk.site.page, "--record", str(desk.record))
    assert code == 1
    assert f"excluded: {one}" in out
    assert "partial: " in out
    assert "HTTP 404 (Not Found)" in out


def test_command_line_json(desk: Desk, command: Command) -> None:
    name, data = listed(DAY[1], 33)
    desk.site.link(desk.site.put(name, Served(data)), FOLDER + "pendingAgencies07022025pm.xlsx")
    code, out, _ = command("--from", desk.site.page, "--record", str(desk.record), "--json")
    answer = json.loads(out)
    assert code == 1
    assert list(answer) == [
        "record", "begun", "page", "linked", "unchanged", "skipped", "taken", "from_shipped", "newest_list", "problems",
        "reported_before",
    ]  # fmt: skip
    assert list(answer["taken"][0]) == [
        "file", "sha256", "bytes", "kind", "published_at", "rows", "accepted", "rule", "reason",
    ]  # fmt: skip
    assert answer["newest_list"] == "2025-07-02T21:00:00+00:00"
    assert [problem["kind"] for problem in answer["problems"]] == ["not_fetched"]
    _, told, _ = command("--help")
    for key in [*answer, *answer["taken"][0], *answer["problems"][0]]:
        assert key in told
    assert "Example: ledger287 update --record my-record" in told


def test_command_line_asked_wrongly(desk: Desk, command: Command) -> None:
    code, out, err = command("--from", "287g", "--record", str(desk.record))
    assert (code, out) == (2, "")
    assert "expected the URL of a page" in err
    page = desk.site.page
    desk.site.close()
    code, _, err = command("--from", page, "--record", str(desk.record))
    assert code == 2
    assert "Connection refused" in err


# -- other formats, and names of days that have not come ---------------------------------------------------


@pytest.mark.parametrize("ending", ["csv", "xls", "pdf", "xlsm"])
def test_a_list_in_another_format_is_reported(desk: Desk, ending: str) -> None:
    name, data = listed(DAY[0], 30)
    desk.site.link(desk.site.put(name, Served(data)), FOLDER + f"participatingAgencies07082025pm.{ending}")
    done = desk.update()
    assert kinds(done) == ["other_format"]
    assert f".{ending}" in done.problems[0].found
    again = desk.update()
    assert (kinds(again), again.reported_before) == ([], done.problems)


def test_a_list_in_another_format_without_a_day_in_its_name_is_reported_each_time(desk: Desk) -> None:
    name, data = listed(DAY[0], 30)
    desk.site.link(desk.site.put(name, Served(data)), FOLDER + "participatingAgencies.csv")
    for _ in range(2):
        assert kinds(desk.update()) == ["other_format"], "the file behind the link may be another one"


def test_a_list_of_a_day_after_its_download_is_refused(desk: Desk) -> None:
    data = workbook_bytes(made_up_rows(31))
    name = "participatingAgencies07152025am.xlsx"
    desk.site.link(desk.site.put(name, Served(data)))
    before = tables(desk.record)
    for _ in range(2):
        done = desk.update()
        assert (kinds(done), names(done)) == (["later_than_download"], [])
    assert tables(desk.record) == before
    assert list(desk.record.glob(f"downloads/*/{name}")), "it is kept, to be looked at"


@pytest.mark.parametrize("name", ["287gParticipatingAgencies070825pm", "ParticipatingAgency070825am"])
def test_later_styles_of_names_are_taken(desk: Desk, name: str) -> None:
    desk.site.link(desk.site.put(f"{name}.xlsx", Served(workbook_bytes(made_up_rows(31)))))
    done = desk.update()
    assert names(done) == [f"{name}.xlsx"]
    assert done.taken[0].published_at is not None
    assert done.taken[0].published_at.date() == DAY[7]
