"""Reports of errors: written where the operator takes them, bounded, and without a word about who sent them."""

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ledger287.web.follow.subscribers import FOLDER_VARIABLE
from ledger287.web.forms import reports
from ledger287.web.server.app import make_app
from ledger287.web.server.operator import CONTACT, REPORTS
from sites import site_on

SENT = {"page": "/county/12021", "says": "2 agencies <b>", "should": "3 agencies", "source": "ICE’s list of May 8"}


def opened() -> TestClient:
    return TestClient(make_app(site_on(date(2026, 5, 10))), base_url="http://127.0.0.1")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(REPORTS, str(tmp_path / "reports"))
    yield tmp_path / "reports"


def test_without_a_folder_no_report_is_taken_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REPORTS, raising=False)
    monkeypatch.delenv(CONTACT, raising=False)
    with opened() as client:
        page = client.get("/about").text
        answer = client.post("/about", data=SENT)
    assert "has not given a contact, and takes no reports here" in page
    assert "<form class=" not in page.partition("<main")[2]
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert "This copy takes no reports" in answer.text


def test_a_report_is_one_file_that_says_nothing_of_who_sent_it(folder: Path) -> None:
    with opened() as client:
        assert 'id="report"' in client.get("/about").text
        answer = client.post("/es/about", data=SENT, headers={"user-agent": "Spy/1", "referer": "http://from.example"})
    (written,) = folder.iterdir()
    found = json.loads(written.read_text(encoding="utf-8"))
    assert answer.status_code == 200 and written.stem.removeprefix("report-") in answer.text
    assert {name: found[name] for name in SENT} == SENT
    assert set(found) == {"received_at", *SENT}
    assert written.stat().st_mode & 0o777 == 0o600
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"says": " "}, "say what the page says, and what it should say"),
        ({"should": ""}, "say what the page says, and what it should say"),
        ({"source": "x" * 2001}, "at most 2,000 characters"),
        ({"name": "Pat Example"}, "no field"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words(folder: Path, changed: dict[str, str], says: str) -> None:
    with opened() as client:
        answer = client.post("/about", data={**SENT, **changed})
    assert answer.status_code == 400 and says.casefold() in answer.text.casefold()
    assert not folder.exists() or not any(folder.iterdir())
    if "name" not in changed:  # what was typed is there to be sent again, and is text
        assert "2 agencies &lt;b&gt;" in answer.text or "says" in changed


def test_the_end_of_a_line_counts_as_browsers_count_it_and_nothing_typed_is_cut(folder: Path) -> None:
    """A browser sends two characters for it, and counts one."""
    with opened() as client:
        taken = client.post("/about", data={**SENT, "says": "abcdefghi\r\n" * 199})
        long = "abcdefghi\r\n" * 240
        refused = client.post("/about", data={**SENT, "says": long})
    assert taken.status_code == 200
    assert refused.status_code == 400
    assert refused.text.replace("\r\n", "\n").count("abcdefghi") == 240


def test_what_became_of_a_report_comes_first_and_is_the_title(folder: Path) -> None:
    with opened() as client:
        taken = client.post("/about", data=SENT).text
        refused = client.post("/es/about", data={**SENT, "says": " "}).text
    assert "<title>Report received" in taken and "<title>Aviso no enviado" in refused
    for page in (taken, refused):
        answer = page.index('role="status" tabindex="-1"' if page is taken else 'role="alert" tabindex="-1"')
        assert page.index("<h1") < answer < page.index('<p class="dek">')
        assert 'about#report"' not in page.split("<form class", 1)[1].split(">", 1)[0]


def test_reports_of_an_hour_and_of_the_folder_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "AN_HOUR", 2)
    monkeypatch.setattr(reports, "MOST_KEPT", 3)
    with opened() as client:
        sent = [client.post("/about", data=SENT) for _ in range(3)]
        assert [one.status_code for one in sent] == [200, 200, 503]
        assert sent[-1].headers["retry-after"] == "3600"
        for path in folder.iterdir():  # an hour later
            os.utime(path, (0, 0))
        assert [client.post("/about", data=SENT).status_code for _ in range(2)] == [200, 503]
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize(
    ("came", "status"), [("same-origin", 200), ("none", 200), ("cross-site", 400), ("same-site", 400)]
)
def test_no_other_site_has_its_visitors_send_reports(folder: Path, came: str, status: int) -> None:
    with opened() as client:
        assert client.post("/about", data=SENT, headers={"sec-fetch-site": came}).status_code == status
    assert folder.exists() == (status == 200)


def test_a_folder_that_cannot_be_written_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(REPORTS, str(tmp_path / "file" / "reports"))
    with opened() as client:
        answer = client.post("/about", data=SENT)
    assert answer.status_code == 500 and "could not be written" in answer.text


FOLLOWED = ("/county/12021", "/state/FL", "/model/WSO", "/agency/ag-3p8zjzj", "/changes?kind=signed", "/")


@pytest.mark.parametrize("page", FOLLOWED)
def test_follow_offers_the_pages_feed_and_mail_where_there_is_any(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    monkeypatch.setenv(CONTACT, "changes@ledger.example")
    with opened() as client:
        part = client.get(page).text.partition('<div class="follow">')[2].partition("</details>")[0]
        feed = part.partition('<a href="')[2].partition('"')[0]
        assert client.get(feed.replace("&amp;", "&")).status_code == 200
        assert "email" not in part
        assert "Seguir</summary>" in client.get(f"/es{page}").text
    monkeypatch.setenv(FOLDER_VARIABLE, "anywhere")
    with opened() as client:
        part = client.get(page).text.partition('<div class="follow">')[2].partition("</details>")[0]
    assert 'href="mailto:changes@ledger.example?subject=ledger287%20' in part
    assert "<input" not in part
