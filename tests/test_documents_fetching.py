"""Documents fetched from a local server: kept by sha256, resumed, requested once, and what is not a PDF is not kept."""

import csv
import hashlib
import json
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from typer.testing import CliRunner

from documents_making import agreement, pdf
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.law.agreements.addresses import addresses_of
from ledger287.ledger.build.building import build
from ledger287.ledger.query.ledger import Ledger
from ledger287.ledger.store.folder import open_record
from ledger287.sources.documents.files.fetching import Fetched, WantedDocument, fetch_documents
from ledger287.sources.fetching import USER_AGENT, Manners, Web
from making import list_name, made_up_rows, workbook_bytes
from test_update import NOW, Served, Site

ONE, OTHER = pdf(agreement()), pdf(agreement("Sample City Police Department"))


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


def wanted(site: Site, *names: str) -> list[WantedDocument]:
    return [WantedDocument(f"{site.root}/moa/{name}", name, "agreement", ("ag-1",)) for name in names]


def fetch(site: Site, folder: Path, *names: str, again: bool = False, most: int | None = None) -> Fetched:
    web = Web(sleep=site.slept.append, clock=lambda: NOW, manners=Manners())
    return fetch_documents(wanted(site, *names), folder, web, again, most)


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "addresses.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def stored(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.pdf")}


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_documents_are_kept_by_sha256_and_requested_once(site: Site, tmp_path: Path) -> None:
    site.files = {"/moa/a.pdf": Served(ONE, etag='"1"'), "/moa/b.pdf": Served(OTHER)}
    done = fetch(site, tmp_path, "a.pdf", "b.pdf")
    assert [one.sha256 for one in done.taken] == [sha(ONE), sha(OTHER)]
    assert stored(tmp_path) == {f"{sha(ONE)}.pdf", f"{sha(OTHER)}.pdf"}
    assert site.slept == [2.0]
    assert site.most_at_once == 1
    assert {asked.headers["User-Agent"] for asked in site.asked} == {USER_AGENT}
    done = fetch(site, tmp_path, "a.pdf", "b.pdf")
    assert (done.taken, done.unchanged, done.left, done.problems) == ((), 2, 0, ())
    assert len(site.asked) == 2


def test_again_asks_with_validators_and_keeps_the_document_that_was_replaced(site: Site, tmp_path: Path) -> None:
    site.files = {"/moa/a.pdf": Served(ONE, etag='"1"')}
    fetch(site, tmp_path, "a.pdf")
    assert fetch(site, tmp_path, "a.pdf", again=True).unchanged == 1
    assert site.asked[-1].headers["If-None-Match"] == '"1"'
    site.files["/moa/a.pdf"] = Served(OTHER, etag='"2"')
    assert [one.sha256 for one in fetch(site, tmp_path, "a.pdf", again=True).taken] == [sha(OTHER)]
    assert stored(tmp_path) == {f"{sha(ONE)}.pdf", f"{sha(OTHER)}.pdf"}
    assert {row["sha256"] for row in table(tmp_path)} == {sha(ONE), sha(OTHER)}


def test_download_that_broke_off_goes_on_in_the_next_run(site: Site, tmp_path: Path) -> None:
    site.files = {"/moa/a.pdf": Served(ONE, etag='"1"', cuts=[600, 1, 1, 1])}
    done = fetch(site, tmp_path, "a.pdf")
    assert [problem.kind for problem in done.problems] == ["truncated"]
    assert (done.left, stored(tmp_path)) == (1, set())
    done = fetch(site, tmp_path, "a.pdf")
    assert site.asked[-1].headers["Range"] == "bytes=603-"
    assert [one.sha256 for one in done.taken] == [sha(ONE)]


@pytest.mark.parametrize("came", [1, 700, 2000])
def test_what_came_before_a_download_stalled_is_kept(tmp_path: Path, came: int) -> None:
    asked: list[str | None] = []
    stalled = Event()

    class Stalling(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers.get("Range"))
            start = int((asked[-1] or "bytes=0-")[6:-1])
            self.send_response(206 if start else 200)
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(ONE) - 1}/{len(ONE)}")
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", str(len(ONE) - start))
            self.end_headers()
            self.wfile.write(ONE[start:] if start else ONE[:came])
            self.wfile.flush()
            if not start:
                stalled.wait(20)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stalling)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/a.pdf"
    web = Web(sleep=lambda seconds: None, clock=lambda: NOW, manners=Manners(to_answer=1.0))
    try:
        done = fetch_documents([WantedDocument(url, "a.pdf", "agreement", ())], tmp_path, web)
    finally:
        stalled.set()
        server.shutdown()
        server.server_close()
    assert asked == [None, f"bytes={came}-"]
    assert [one.sha256 for one in done.taken] == [sha(ONE)]


def test_document_under_two_urls_is_kept_once(site: Site, tmp_path: Path) -> None:
    site.files = {"/moa/a.pdf": Served(ONE), "/moa/copy.pdf": Served(ONE)}
    done = fetch(site, tmp_path, "a.pdf", "copy.pdf")
    assert [one.known for one in done.taken] == [False, True]
    assert stored(tmp_path) == {f"{sha(ONE)}.pdf"}


def test_what_is_not_a_pdf_is_not_kept_and_its_url_is(site: Site, tmp_path: Path) -> None:
    site.files = {"/moa/a.pdf": Served(b"<!DOCTYPE html><html>Not found</html>"), "/moa/b.pdf": Served(b"PK\x03\x04")}
    done = fetch(site, tmp_path, "a.pdf", "b.pdf", "gone.pdf")
    assert [problem.kind for problem in done.problems] == ["not_a_pdf", "not_a_pdf", "not_fetched"]
    assert (done.left, stored(tmp_path)) == (3, set())
    assert [row["file"] for row in table(tmp_path)] == ["a.pdf", "b.pdf", "gone.pdf"]


def test_most_stops_and_the_next_run_goes_on(site: Site, tmp_path: Path) -> None:
    site.files = {"/moa/a.pdf": Served(ONE), "/moa/b.pdf": Served(OTHER)}
    assert fetch(site, tmp_path, "a.pdf", "b.pdf", most=1).left == 1
    done = fetch(site, tmp_path, "a.pdf", "b.pdf", most=1)
    assert ([one.file for one in done.taken], done.left) == (["b.pdf"], 0)


def test_site_that_refuses_is_left_alone(site: Site, tmp_path: Path) -> None:
    names = [f"{number}.pdf" for number in range(6)]
    site.files = {f"/moa/{name}": Served(status=403) for name in names}
    done = fetch(site, tmp_path, *names)
    assert len(site.asked) == 3
    assert done.problems[-1].kind == "site_left_alone"
    assert done.left == 6


def test_a_site_that_cannot_be_reached_is_tried_once_and_said_once(site: Site, tmp_path: Path) -> None:
    """Whether its name is unknown or nothing listens there: one problem, whatever number of documents it has."""
    for place, root in (("name", "http://nowhere.invalid"), ("port", "http://127.0.0.1:9")):
        slept: list[float] = []
        web = Web(sleep=slept.append, clock=lambda: NOW, manners=Manners(tries=3))
        many = [WantedDocument(f"{root}/moa/{number}.pdf", f"{number}.pdf", "agreement", ()) for number in range(6)]
        done = fetch_documents(many, tmp_path / place, web)
        assert [problem.kind for problem in done.problems] == ["site_left_alone"]
        assert (done.left, len(done.taken)) == (6, 0)
        assert len(slept) < 3
        assert len(table(tmp_path / place)) == 6


def test_url_without_a_site_is_a_problem_and_asks_nothing(site: Site, tmp_path: Path) -> None:
    web = Web(sleep=site.slept.append, clock=lambda: NOW)
    done = fetch_documents([WantedDocument("https:///moa/a.pdf", "a.pdf", "agreement", ())], tmp_path, web)
    assert [problem.kind for problem in done.problems] == ["bad_url"]
    assert done.problems[0].remedy == "Correct the URL."
    of_a_list = WantedDocument("https:///moa/b.pdf", "b.pdf", "agreement", ("ag-00000aa-wso-2025-01-01",))
    (problem,) = fetch_documents([of_a_list], tmp_path / "lists", web).problems
    assert problem.remedy == "The list prints it so; look for the document by hand."
    assert site.asked == []


def test_table_of_another_kind_is_refused(site: Site, tmp_path: Path) -> None:
    (tmp_path / "addresses.csv").write_text("name,street\n", encoding="utf-8")
    from ledger287.core.problem import Refused

    with pytest.raises(Refused, match="expected the columns url, file"):
        fetch(site, tmp_path, "a.pdf")


def test_urls_of_every_list_are_known_those_that_later_lists_dropped_too(tmp_path: Path) -> None:
    rows = made_up_rows(3)
    for day, name in ((date(2025, 7, 1), "old"), (date(2025, 7, 2), "new")):
        links = {f"G{row}": f"https://example.org/{name}-{row}.pdf" for row in (2, 3, 4)}
        (tmp_path / list_name(day)).write_bytes(workbook_bytes(rows, links=links))
    build([tmp_path], tmp_path / "record")
    found = addresses_of(Ledger(open_record(tmp_path / "record"), lambda: date(2025, 7, 3)))
    assert [one.file for one in found] == [f"{name}-{row}.pdf" for name in ("new", "old") for row in (2, 3, 4)]
    assert all(len(one.agreements) == 1 for one in found)


def run(*arguments: str) -> tuple[int, Any]:
    done = CliRunner().invoke(app, ["documents", "fetch", *arguments, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.stdout else None


def test_command_fetches_the_urls_of_a_file_and_exits_with_problems(site: Site, tmp_path: Path) -> None:
    site.files = {"/moa/a.pdf": Served(ONE)}
    urls = tmp_path / "urls.txt"
    urls.write_text(f"# synthetic\n{site.root}/moa/a.pdf\n", encoding="utf-8")
    code, answer = run("--urls", str(urls), "--into", str(tmp_path / "kept"))
    assert (code, [one["file"] for one in answer["taken"]]) == (0, ["a.pdf"])
    urls.write_text(f"{site.root}/moa/gone.pdf\n", encoding="utf-8")
    assert run("--urls", str(urls), "--into", str(tmp_path / "kept"))[0] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "found none"),
        (b"# nothing yet\n\n", "found none"),
        (b"\xa7\xff\x00", "expected a text file"),
        (b"%PDF-1.7\n1 0 obj", "expected a text file"),
        (b"{root}/a.pdf\nftp://example.org/a.pdf\nwww.example.org/b.pdf\n", "line 2: ftp://example.org/a.pdf"),
        (b"{root}/a.pdf\n\nwww.example.org/b.pdf\n", "line 3: www.example.org/b.pdf (is it https://www.example.org/b"),
        (b"not a url\n" * 9, "found 9 lines of 9"),
    ],
)
def test_a_file_that_holds_anything_but_urls_is_refused_before_anything_is_requested(
    content: bytes, said: str, site: Site, tmp_path: Path
) -> None:
    """A workbook in its place was a traceback, and lines that are no URL were kept in the table of URLs."""
    urls, kept = tmp_path / "urls.txt", tmp_path / "kept"
    urls.write_bytes(content.replace(b"{root}", site.root.encode()))
    done = CliRunner().invoke(app, ["documents", "fetch", "--urls", str(urls), "--into", str(kept)])
    assert done.exit_code != 0 and isinstance(done.exception, Refused)
    assert said in str(done.exception) and "urls.txt" in str(done.exception)
    assert not kept.exists() and not site.asked
