"""The file of a day's pages: answered from, found again by a later start, never trusted where it is incomplete."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from commands import run_command
from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.publish.sheets import PublishedSheet, sheets
from ledger287.web.render.day_apart import completed, marked
from ledger287.web.server.app import make_app, page_bytes
from ledger287.web.server.kept import pages_file, warming
from ledger287.web.server.kept.kept_answers import pack
from ledger287.web.server.kept.pages_file import FOLDER_VARIABLE, PagesFile, open_pages, place_of
from ledger287.web.server.kept.prepared import Prepared, open_prepared, places_of
from ledger287.web.server.kept.preparing import prepare
from ledger287.web.server.kept.warming import Warmer
from ledger287.web.server.site import ALIASES, LONGEST_ALIAS, Site
from sites import edition_on

DAY = date(2026, 5, 9)
AT = datetime(2026, 5, 9, 12, tzinfo=UTC)
HTML = "text/html; charset=utf-8"


def made(place: Path | None) -> PagesFile:
    pages = PagesFile(place)
    for number in range(50):
        pages.put(f"/county/{number:05}", "county", pack(f"<p>{number}</p>".encode() * 200, HTML))
    return pages


@pytest.mark.parametrize("named", [True, False])
def test_what_is_put_is_got(tmp_path: Path, named: bool) -> None:
    pages = made(tmp_path / "a.pages" if named else None)
    name, body = pages.get("/county/00007", DAY, AT) or ("", pack(b"", HTML))
    assert (name, body.plain(), body.modified) == ("county", b"<p>7</p>" * 200, AT)
    assert body.tag == pack(b"<p>7</p>" * 200, HTML).tag
    assert pages.get("/county/99999", DAY, AT) is None


def test_a_finished_file_is_found_again_and_no_other(tmp_path: Path) -> None:
    place = tmp_path / "a.pages"
    pages = made(place)
    assert open_pages(place) is None
    pages.finish()
    again = open_pages(place)
    assert again is not None
    assert len(again) == 50
    assert again.get("/county/00031", DAY, AT) == pages.get("/county/00031", DAY, AT)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pages"]


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:-40] + b"x" + data[-39:], lambda _: b""])
def test_a_damaged_file_is_not_answered_from(tmp_path: Path, damage: object) -> None:
    place = tmp_path / "a.pages"
    made(place).finish()
    place.write_bytes(damage(place.read_bytes()))  # type: ignore[operator]
    assert open_pages(place) is None


def test_one_that_is_removed_leaves_nothing(tmp_path: Path) -> None:
    pages = made(tmp_path / "a.pages")
    pages.remove()
    assert list(tmp_path.iterdir()) == []
    assert pages.get("/county/00001", DAY, AT) is not None


def test_one_that_is_stopped_is_gone_on_with(tmp_path: Path) -> None:
    place = tmp_path / "a.pages"
    first = made(place)
    first.stop()
    assert open_pages(place) is None
    again = PagesFile(place)
    assert again.held == {f"/county/{number:05}" for number in range(50)}
    again.put("/county/00050", "county", pack(b"<p>50</p>", HTML))
    again.finish()
    found = open_pages(place)
    assert found is not None and len(found) == 51
    assert first.get("/county/00031", DAY, AT) is not None
    assert found.get("/county/00031", DAY, AT) == first.get("/county/00031", DAY, AT)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pages"]


def test_one_without_pages_leaves_nothing_when_it_is_stopped(tmp_path: Path) -> None:
    PagesFile(tmp_path / "a.pages").stop()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("damage", "kept"),
    [
        (lambda data: data[:-1], 49),
        (lambda data: data + b"\0" * 40, 50),
        (lambda data: data[: len(data) // 2] + b"x" + data[len(data) // 2 + 1 :], 25),
        (lambda data: b"another" + data, 0),
        (lambda data: b"", 0),
    ],
)
def test_of_a_file_that_was_cut_off_what_is_complete_is_taken_up(
    tmp_path: Path, damage: Callable[[bytes], bytes], kept: int
) -> None:
    place, part = tmp_path / "a.pages", tmp_path / "a.pages.part"
    made(place).stop()
    part.write_bytes(damage(part.read_bytes()))
    pages = PagesFile(place)
    assert abs(len(pages.held) - kept) <= 1
    for number in range(50):
        pages.put(f"/county/{number:05}", "county", pack(f"<p>{number}</p>".encode() * 200, HTML))
    pages.finish()
    found = open_pages(place)
    assert found is not None and len(found) == 50
    for number in range(50):
        assert found.get(f"/county/{number:05}", DAY, AT)[1].plain() == f"<p>{number}</p>".encode() * 200  # type: ignore[index]


def test_one_that_another_process_makes_is_not_touched(tmp_path: Path) -> None:
    place = tmp_path / "a.pages"
    first, second = made(place), made(place)
    assert second.held == frozenset()
    second.stop()
    first.finish()
    assert open_pages(place) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["a.pages"]


def test_older_files_and_those_of_killed_processes_go(tmp_path: Path) -> None:
    for name in ("b", "c", "d"):
        made(tmp_path / f"{name}.pages").finish()
    (tmp_path / "e.999999999").write_bytes(b"half")
    made(tmp_path / "g.pages").stop()
    held = made(tmp_path / "h.pages")
    made(tmp_path / "a.pages").finish()
    made(tmp_path / "f.day").finish()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.pages",
        "c.pages",
        "d.pages",
        "f.day",
        "h.pages.part",
    ]
    assert not held.held


def test_a_place_is_of_a_record_a_day_and_what_the_operator_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    places = {place_of("one", DAY), place_of("two", DAY), place_of("one", date(2026, 5, 10))}
    monkeypatch.setenv("LEDGER287_OPERATOR", "County Library")
    places.add(place_of("one", DAY))
    monkeypatch.setattr(pages_file, "code_version", lambda: "other")
    places.add(place_of("one", DAY))
    assert len(places) == 5
    monkeypatch.setenv(FOLDER_VARIABLE, "")
    assert place_of("one", DAY) is None


def test_a_later_start_answers_from_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    site = Site(None, today=lambda: DAY)
    pages = open_prepared(site.edition, DAY)
    pages.lasting.put("/glossary", "glossary", pack(b"<p>from the file</p>", HTML))
    pages.of_day.put("/states", "states", pack(b"<p>of the day</p>", HTML))
    pages.lasting.finish()
    pages.of_day.finish()
    built: list[bool] = []

    def one_by_one(_: Edition) -> Iterator[None]:
        for _place in range(3):
            built.append(site.warm)
            yield

    monkeypatch.setattr(warming, "built_one_by_one", one_by_one)
    monkeypatch.setattr(warming, "prepare", None)
    monkeypatch.setattr(warming, "LOOK_EVERY_SECONDS", 0.01)
    quiet, looks = [False], count()
    monkeypatch.setattr(site.traffic, "quiet", lambda: next(looks) > 5 and quiet[0])
    warmer = Warmer(site, ahead=lambda: DAY)
    warmer.start()
    wait_until(lambda: next(looks) > 5)
    assert site.warm and not built  # while readers come, the indexes of other questions do not slow their pages
    quiet[0] = True
    wait_until(lambda: len(built) == 3)
    warmer.stop()
    assert all(built)  # every page was there before
    with TestClient(make_app(site, watch=False)) as client:
        answer = client.get("/glossary")
        assert (answer.text, answer.headers["content-type"]) == ("<p>from the file</p>", HTML)
        assert client.get("/glossary", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
        assert "from the file" not in client.get("/glossary?on=2026-05-01").text
        assert client.get("/states").text == "<p>of the day</p>"
        site.today = lambda: date(2026, 5, 10)
        assert "from the file" not in client.get("/glossary").text
        assert "of the day" not in client.get("/states").text


def test_a_start_without_pages_says_that_they_are_made_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(logging.getLogger("ledger287.web"), "propagate", True)
    site, made = Site(None, today=lambda: DAY), []
    monkeypatch.setattr(warming, "build_indexes", lambda edition: None)
    monkeypatch.setattr(warming, "prepare", lambda pages, *_, **__: made.append(pages))
    Warmer(site)._warm(site.edition.version, DAY)
    assert made and "no pages were made ahead" in caplog.text and "`ledger287 pages`" in caplog.text


def test_an_image_has_every_page_and_the_service_makes_them_before_it_answers() -> None:
    """With the folder of the pages named before they are made, by the user who serves them."""
    deploy = Path(__file__).resolve().parents[1] / "deploy"
    steps = (deploy / "Containerfile").read_text(encoding="utf-8")
    places = [steps.index(each) for each in ("USER ledger287", "LEDGER287_PAGES=", "&& ledger287 pages", "\nCMD ")]
    assert places == sorted(places)
    unit = (deploy / "ledger287.service").read_text(encoding="utf-8")
    assert unit.index("Environment=LEDGER287_PAGES=") < unit.index("ExecStartPre=-/opt/ledger287/bin/ledger287 pages")


def test_memory_is_bounded_under_any_address() -> None:
    site = Site(None, today=lambda: DAY)
    with TestClient(make_app(site, watch=False)) as client:
        for number in range(20):
            client.get(f"/glossary?utm_campaign={number}{'y' * 4000}")
        assert len(site._aliases) == 0
        client.get("/glossary?utm_campaign=1")
    assert len(site._aliases) == 1
    assert ALIASES * LONGEST_ALIAS * 2 < 10 * 2**20


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(3000):
        if holds():
            return
        time.sleep(0.01)
    raise AssertionError("it never came to hold")


def test_the_pages_of_the_next_day_are_made_in_its_last_hours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    site = Site(None, today=lambda: DAY)
    tomorrow = date(2026, 5, 10)
    days: list[date] = []

    def stand_in(pages: Prepared, folder: Path, base_url: str, **given: object) -> bool:
        days.append(pages.day)
        pages.of_day.put("/states", "states", pack(f"<p>of {pages.day}</p>".encode(), HTML))
        for file in pages.missing():
            file.finish()
        return True

    monkeypatch.setattr(warming, "prepare", stand_in)
    monkeypatch.setattr(warming, "build_indexes", lambda edition: None)
    monkeypatch.setattr(warming, "LOOK_EVERY_SECONDS", 0.01)
    hours_left = [8]
    warmer = Warmer(site, ahead=lambda: tomorrow if hours_left[0] < 4 else DAY)
    warmer.start()
    wait_until(lambda: site.warm)
    assert days == [DAY]  # in the morning, today's alone
    hours_left[0] = 3
    wait_until(lambda: len(days) > 1)
    wait_until(lambda: None not in [open_pages(place) for place in places_of(site.edition, tomorrow)])
    site.today = lambda: tomorrow
    wait_until(lambda: site.pages is not None and site.pages.day == tomorrow)
    warmer.stop()
    assert days == [DAY, tomorrow]  # at midnight nothing is made again
    assert "of 2026-05-10" in site.quick("/states", b"")[1].plain().decode()  # type: ignore[index]


def test_pages_ahead_that_are_stopped_are_gone_on_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    edition = Site(None, today=lambda: DAY).edition
    folder = edition.atlas.stored.folder
    first = open_prepared(edition, DAY)
    assert not prepare(first, folder, "", goes_on=lambda: len(first) < 2)
    assert [open_pages(place) for place in places_of(edition, DAY)] == [None, None]
    assert {path.suffix for path in tmp_path.iterdir()} == {".part"}
    again = open_prepared(edition, DAY)
    assert len(again.held) == len(first) == 2 and not again.finished
    assert not prepare(replace(again, version="another record"), folder, "")
    assert {path.suffix for path in tmp_path.iterdir()} == {".part"}


def pages_of_kinds(edition: Edition) -> list[PublishedSheet]:
    """Some pages of each kind that lasts, in every language and form."""
    found: dict[tuple[str, str, str], list[PublishedSheet]] = {}
    for sheet in sheets(edition, live=True):
        if sheet.kind.lasts:
            found.setdefault((sheet.kind.name, sheet.lang, sheet.form), []).append(sheet)
    return [sheet for each in found.values() for sheet in each[:: max(1, len(each) // 3)]]


@cache
def lasting_pages() -> list[tuple[PublishedSheet, bytes]]:
    """Pages of each kind that lasts as they are made on one day, to be completed for any."""
    first = edition_on(date(2026, 5, 31))
    return [
        (sheet, page_bytes(first, sheet.kind, sheet.lang, sheet.form, sheet.path, {}, marks=True)[0])
        for sheet in pages_of_kinds(first)
    ]


@pytest.mark.parametrize("later", [date(2026, 12, 24), date(2029, 6, 1)])
def test_a_page_that_lasts_says_on_a_later_day_what_one_made_then_says(later: date) -> None:
    first, then = edition_on(date(2026, 5, 31)), edition_on(later)
    assert places_of(first, date(2026, 5, 31))[0] == places_of(then, later)[0]
    pages = PagesFile(None)
    for sheet, made in lasting_pages():
        new = page_bytes(then, sheet.kind, sheet.lang, sheet.form, sheet.path, {})[0]
        assert (completed(made, later) if sheet.kind.day_apart else made) == new, sheet.address
        pages.put(sheet.address, sheet.kind.name, pack(made, HTML), marks=sheet.kind.day_apart)
        _, body = pages.get(sheet.address, later, AT) or ("", pack(b"", HTML))
        assert (body.plain(), body.tag) == (new, pack(new, HTML).tag), sheet.address


def test_a_page_does_not_last_where_its_list_is_another_or_of_yesterday(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    edition = open_edition(None)
    days = [date(2025, 8, 1), date(2026, 5, 8), date(2026, 5, 9), date(2026, 5, 10), date(2026, 5, 11)]
    places = [places_of(edition, day) for day in days]
    assert len({lasting for lasting, _ in places}) == 4
    assert places[-2][0] == places[-1][0]
    assert len({of_day for _, of_day in places}) == 5


def test_a_page_with_marks_is_completed_for_the_day_of_a_request() -> None:
    pages = PagesFile(None)
    text = f"<p>{marked(DAY, 'es').said}, {marked(DAY, 'en').aged(3)} days</p>"
    pages.put("/county/1", "county", pack(text.encode(), HTML), marks=True)
    tomorrow = (pages.get("/county/1", date(2026, 5, 10), AT) or ("", pack(b"", HTML)))[1]
    assert tomorrow.plain() == b"<p>10 de mayo de 2026, 4 days</p>"
    assert tomorrow.tag == pack(tomorrow.plain(), HTML).tag


@pytest.mark.parametrize(
    ("folder", "words", "says"),
    [
        ("", [], "there is no folder for the pages"),
        ("/proc/none", [], "cannot be written to"),
        (None, ["--on", "soon"], "expected a day such as"),
        (None, ["--base-url", "ledger"], "expected the site's own URL"),
    ],
)
def test_pages_that_cannot_be_made_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str | None, words: list[str], says: str
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path) if folder is None else folder)
    done = run_command("pages", *words)
    assert done.returncode == 2
    assert says in done.stderr
