"""The checker, the hold clock, the rules and the pages that explain, through the site's own doors."""

import io
import logging
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from drawing import draws
from ledger287.core import declared
from ledger287.core.problem import Refused
from ledger287.custody.case.vocabulary import codes, events
from ledger287.law.lawbook.book import shipped as shipped_lawbook
from ledger287.ledger.store.folder import POINTER, shipped
from ledger287.web.forms.holding import CODES, hold_answer
from ledger287.web.forms.stories import MOST_BYTES, MOST_TEXT
from ledger287.web.pages.texts import terms
from ledger287.web.server.app import make_app
from ledger287.web.server.site import Site
from ledger287.web.server.workers.children import ChildLimits, Children, Failed
from sites import site_on

STORY = (
    "By Aug. 14, 2025, nearly 900 agreements in 40 states were in force under 287(g) with ICE. "
    "Florida leads with 317 agreements."
)
HEAVY = (STORY + "\n\n") * 4000
FUZZ = settings(max_examples=draws(200, 60), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def log() -> io.StringIO:
    return io.StringIO()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = site_on(date(2026, 5, 9))
    yield made
    made.children.close()


@pytest.fixture(scope="module")
def client(site: Site, log: io.StringIO) -> TestClient:
    return TestClient(make_app(site, watch=False, log_to=log), follow_redirects=False)


def told(text: str) -> str:
    """The words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


# -- check -----------------------------------------------------------------------------------------------------


def test_a_story_is_answered_beside_its_text(client: TestClient) -> None:
    answer = client.post("/check", data={"text": STORY, "date": "2025-08-20"})
    assert answer.status_code == 200
    page = told(answer.text)
    assert re.search(r"\d claims about the program were found", page)
    assert "supported" in page
    assert "895 agreements were in force nationwide on Aug 14, 2025" in page
    assert '<a href="/list/21c08c3b4734' in answer.text
    assert re.search(r'<mark class="v-good" id="c2">40 states<a class="to" href="#e2"', answer.text)


def test_an_editor_corrects_a_reading_and_sees_the_verdict_change(client: TestClient) -> None:
    text, day = "ICE has 317 agreements, many of them new and shiny.", "2025-08-20"
    first = client.post("/check", data={"text": text, "date": day})
    assert 'name="claim" value="1" form="reread"' in first.text and 'id="choose"' not in first.text
    opened = client.post("/check", data={"text": text, "date": day, "kept": "", "claim": "1"})
    assert 'id="choose"' in opened.text and '<option value="FL">Florida</option>' in opened.text
    chosen = {"claim": "1", "place": "FL", "model": "", "unit": "agreements", "day": ""}
    changed = client.post("/check", data={"text": text, "date": day, "kept": "", **chosen})
    assert changed.status_code == 200
    assert "this reading was chosen by a person" in changed.text.lower()
    assert '<mark class="v-good" id="c1">' in changed.text and '<mark class="v-good" id="c1">' not in first.text
    carried = re.search(r'name="kept" value="([^"]+)"', changed.text)
    assert carried and carried[1] == "1|FL||agreements|"
    kept = client.post("/check", data={"text": text, "date": day, "kept": carried[1]})
    assert '<mark class="v-good" id="c1">' in kept.text
    back = client.post("/check", data={"text": text, "date": day, "kept": carried[1], "undo": "1"})
    assert '<mark class="v-good" id="c1">' not in back.text and 'name="kept" value=""' in back.text


@pytest.mark.parametrize(
    "sent",
    [
        {"kept": "1|ZZ||agreements|"},
        {"kept": "x"},
        {"claim": "1", "unit": "rockets"},
        {"claim": "1", "day": "2025-02-31"},
    ],
)
def test_a_reading_outside_the_choices_is_refused(client: TestClient, sent: dict[str, str]) -> None:
    answer = client.post("/check", data={"text": STORY, "date": "2025-08-20", **sent})
    assert answer.status_code == 400 and "The form was not understood" in answer.text


@pytest.mark.parametrize("path", ["/check", "/es/check", "/hold", "/es/hold", "/hold.ics", "/es/hold.ics"])
def test_nothing_that_is_sent_may_be_stored(client: TestClient, path: str) -> None:
    for data in ({"text": STORY, "charges_cleared": "2025-07-03T10:00", "state": "GA"}, {}):
        answer = client.post(path, data=data)
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_a_story_is_in_no_log(
    client: TestClient, log: io.StringIO, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.post("/check", data={"text": STORY + " Zanzibarquux said so.", "date": "zanzibarquux"})
        client.post("/check", files={"file": ("zanzibarquux.txt", b"Zanzibarquux. " + STORY.encode())})
        client.post("/hold", data={"charges_cleared": "2025-07-03T10:00", "zone": "zanzibarquux"})
        client.post("/hold", content=b"zanzibarquux=%ff", headers={"content-type": "text/zanzibarquux"})
    seen = (caplog.text + log.getvalue() + "".join(capfd.readouterr())).lower()
    assert "zanzibarquux" not in seen


def test_marks_of_a_story_are_only_text(client: TestClient) -> None:
    sent = f"<script>alert(1)</script> {STORY} <img src=x onerror=alert(1)>"
    answer = client.post("/check", data={"text": sent, "date": "2025-08-20"})
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    name = client.post("/check", files={"file": ("<script>alert(2)</script>.txt", b"\0\1\2" * 90)})
    assert "<script>alert" not in name.text


def pdf(text: str) -> bytes:
    """A PDF of one page with a line of text."""
    drawn = f"BT /F1 12 Tf 40 700 Td ({text.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    whole, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(whole),
    )
    return whole + end


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("story.pdf", pdf(STORY)),
        ("story.html", f"<html><body><article><p>{STORY}</p></article></body></html>".encode()),
        ("story.txt", STORY.encode("utf-16")),
    ],
)
def test_files_are_read_as_text(client: TestClient, name: str, data: bytes) -> None:
    answer = client.post("/check", files={"file": (name, data)}, data={"date": "2025-08-20"})
    assert answer.status_code == 200
    assert "895 agreements were in force nationwide on Aug 14, 2025" in told(answer.text)


def test_the_spanish_page_answers_an_english_story_with_spanish_readings(client: TestClient) -> None:
    answer = client.post("/es/check", data={"text": STORY})
    assert '<html lang="es"' in answer.text
    assert "895 acuerdos estaban vigentes en todo el país el 14 de agosto de 2025" in answer.text
    assert '<p lang="en">' in answer.text  # the story in its own language


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": {"text": " \n"}}, 400),
        ({}, 400),
        ({"data": {"text": STORY, "date": "last week"}}, 400),
        ({"data": {"text": "x" * (MOST_TEXT + 1)}}, 413),
        ({"files": {"file": ("big.txt", b"a word " * (MOST_BYTES // 7 + 1))}}, 413),
        ({"files": {"file": ("a.exe", b"MZ\0\0" * 900)}}, 422),
        ({"files": {"file": ("a.pdf", b"%PDF-1.7\n%broken" + b"\xff" * 3000)}}, 422),
        ({"files": {"file": ("a.pdf", b"%PDF-1.7\n1 0 obj<</Length 9>>stream\n")}}, 422),
        ({"files": {"file": ("a.html", b"<html><body><script>1</script></body></html>")}}, 422),
        ({"data": {"text": "Das Programm der Vereinbarungen, die der Staat mit den Behörden schließt, " * 9}}, 422),
        ({"files": {"file": ("long.txt", b"A word of it. " * 100_000)}}, 413),
        ({"files": [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]}, 400),
        ({"content": b"--x\r\nbroken", "headers": {"content-type": "multipart/form-data; boundary=x"}}, 400),
        ({"content": b"{}", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"a", "headers": {"content-type": "multipart/form-data"}}, 400),
    ],
)
def test_what_cannot_be_checked_says_why(client: TestClient, sent: dict[str, Any], status: int) -> None:
    answer = client.post("/check", **sent)
    assert answer.status_code == status
    assert '<div class="trouble" role="alert"' in answer.text


def test_a_body_over_the_bound_is_refused(client: TestClient) -> None:
    assert client.post("/check", files={"file": ("a.txt", b"a" * 8_000_000)}).status_code == 413

    def endless() -> Iterator[bytes]:
        for _ in range(900):
            yield b"text=" + b"a" * 10_000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/check", content=endless(), headers=headers).status_code == 413


def test_too_many_at_a_time_are_asked_to_wait(client: TestClient, site: Site) -> None:
    before, site.children = site.children, Children(ChildLimits(at_once=0, waiting=0))
    try:
        answer = client.post("/check", data={"text": STORY})
    finally:
        site.children = before
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


# -- the child processes -------------------------------------------------------------------------------------------


def asked(children: Children, site: Site, text: str) -> dict[str, Any]:
    edition = site.edition
    head = {"name": "a.txt", "date": None}
    return children.ask(edition.atlas.stored.folder, edition.version, head, text.encode())


def until(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within a minute."""
    ends = time.monotonic() + 60
    while not true() and time.monotonic() < ends:
        time.sleep(0.05)
    return true()


def test_a_child_is_ready_when_check_is_opened_and_ends_when_nobody_sends_a_story() -> None:
    site = site_on(date(2026, 5, 9))
    try:
        site.children = Children(ChildLimits(idle_seconds=0.3))
        site.opened("check")
        assert not site.children.started, "nobody is served"
        site.serving = True
        site.opened("state")
        assert not site.children.started
        with TestClient(make_app(site, watch=False)) as client:
            site.serving = True
            assert client.get("/es/check").status_code == 200
            client.get("/check")
            assert until(lambda: len(site.children.processes) == 1)
    finally:
        site.children.close()

    children = Children(ChildLimits(idle_seconds=0.3))
    try:
        children.wake(site.edition.atlas.stored.folder, site.edition.version)
        children.wake(site.edition.atlas.stored.folder, site.edition.version)
        assert until(lambda: bool(children.processes))
        assert until(lambda: not children.processes)
        assert children.started == 1
        assert asked(children, site, STORY)["answer"], "a story that comes later starts another"
        assert children.started == 2
    finally:
        children.close()


@pytest.mark.parametrize(
    ("limits", "troubles"),
    [
        (ChildLimits(seconds=1.0, seconds_per_mb=0.0), {"time"}),
        (ChildLimits(cpu_seconds=1, seconds=60.0, seconds_per_mb=0.0), {"time"}),
        (ChildLimits(memory_bytes=2 * 2**20, seconds=120.0, cpu_seconds=100), {"memory", "died"}),
    ],
)
def test_a_child_past_a_limit_is_ended_and_replaced(site: Site, limits: ChildLimits, troubles: set[str]) -> None:
    children = Children(limits)
    try:
        with pytest.raises(Failed) as failed:
            asked(children, site, HEAVY)
        assert failed.value.trouble in troubles
        assert children.processes == ()
        if limits.memory_bytes > 2**28:
            assert len(asked(children, site, STORY)["answer"]["claims"]) >= 3
            assert children.started == 2
    finally:
        children.close()


def test_an_answer_over_the_bound_is_not_read(site: Site) -> None:
    children = Children(ChildLimits(answer_bytes=100))
    try:
        with pytest.raises(Failed, match="died"):
            asked(children, site, STORY)
        assert children.processes == ()
    finally:
        children.close()


def test_a_warm_child_is_used_again_until_it_has_read_its_share(site: Site) -> None:
    children = Children(ChildLimits(files_of_one=2))
    try:
        first = asked(children, site, STORY)
        assert (asked(children, site, STORY), children.started, children.processes) == (first, 1, ())
        asked(children, site, STORY)
        assert children.started == 2
    finally:
        children.close()
    assert children.processes == ()
    with pytest.raises(Failed):
        asked(children, site, STORY)


def test_children_read_at_once_and_a_killed_one_is_replaced(site: Site) -> None:
    children = Children(ChildLimits(at_once=2))
    found: list[dict[str, Any]] = []
    try:
        threads = [threading.Thread(target=lambda: found.append(asked(children, site, STORY))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4
        assert children.started <= 2
        for child in list(children._all):
            child.process.kill()
            child.process.wait()
        assert asked(children, site, STORY) == found[0]
    finally:
        children.close()


def test_a_child_that_does_not_start_is_no_fault_of_the_story(site: Site) -> None:
    children = Children(ChildLimits(start_seconds=0.05))
    try:
        with pytest.raises(Failed, match="start"):
            asked(children, site, STORY)
        assert children.processes == ()
    finally:
        children.close()


def test_a_child_answers_by_the_served_record_alone(site: Site) -> None:
    children = Children()
    try:
        with pytest.raises(Failed, match="moved"):
            children.ask(site.edition.atlas.stored.folder, "another", {"name": "a", "date": None}, b"a")
        assert children.processes == ()
    finally:
        children.close()


def test_a_newer_record_has_children_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    shutil.copytree(shipped(), folder)
    site = Site(folder, today=lambda: date(2026, 5, 9))
    try:
        with TestClient(make_app(site, watch=False)) as client:
            assert client.post("/check", data={"text": STORY}).status_code == 200
            old, version = site.children.processes, site.edition.version
            pointer = folder / POINTER
            pointer.write_text(pointer.read_text(encoding="utf-8") + "\n", encoding="utf-8")
            answer = client.post("/check", data={"text": STORY})
            assert answer.status_code == 200, "the record that is served is still the one that the child holds"
            site.shelf.look()
            assert site.edition.version != version
            assert client.post("/check", data={"text": STORY}).status_code == 200
            assert site.children.processes
            assert not set(old) & set(site.children.processes)
        assert site.children.processes == ()
    finally:
        site.children.close()


# -- hold ----------------------------------------------------------------------------------------------------------

CASE = {"state": "GA", "charges_cleared": "2025-11-02T01:30", "detainer_form": "I-247A"}


def test_a_time_shown_twice_is_asked_about(client: TestClient) -> None:
    answer = client.post("/hold", data=CASE)
    assert answer.status_code == 200
    assert "No later than" not in answer.text
    page = told(answer.text)
    assert "showed this time twice" in page
    assert "Sun, Nov 2, 2025, 01:30 EDT" in page
    assert "Sun, Nov 2, 2025, 01:30 EST" in page
    ends = {}
    for which in ("first", "second"):
        answer = client.post("/hold", data={**CASE, "charges_cleared_which": which})
        assert answer.status_code == 200
        ends[which] = re.search(r"No later than (.+? E[SD]T)", told(answer.text))
    assert ends["first"] and ends["first"][1] == "Tue, Nov 4, 2025, 00:30 EST"
    assert ends["second"] and ends["second"][1] == "Tue, Nov 4, 2025, 01:30 EST"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"charges_cleared": "2025-03-09T02:30"}, "never showed this time"),
        ({"charges_cleared": ""}, "This time is needed"),
        ({"charges_cleared": "noon"}, "Expected a day and a time"),
        ({"charges_cleared": "1999-03-09T02:30"}, "no clock is known here"),
        ({"charges_cleared": "2070-12-31T23:59+00:00"}, "no clock is known here"),
        ({"charges_cleared": "9999-12-31T23:59+00:00"}, "Expected a day and a time"),
        ({"charges_cleared": "0001-01-01T00:00+10:00"}, "Expected a day and a time"),
        ({"state": "TX"}, "more than one time zone"),
        ({"state": ""}, "Name the jail’s state or its time zone"),
        ({"zone": "Mars/Olympus"}, "one of the words of the list"),
        ({"detainer_form": "I-9"}, "one of the words of the list"),
    ],
)
def test_a_field_that_is_wrong_says_how(client: TestClient, change: dict[str, str], words: str) -> None:
    answer = client.post("/hold", data={**CASE, "charges_cleared_which": "first", **change})
    assert answer.status_code == 422
    assert words in told(answer.text)
    assert 'aria-invalid="true"' in answer.text


def test_every_duty_stands_with_its_rule(client: TestClient) -> None:
    answer = client.post(
        "/hold",
        data={
            "zone": "America/Chicago",
            "model": "JEM",
            "booked": "2025-07-01T08:00",
            "charges_cleared": "2025-07-03T10:00",
            "detainer_received": "2025-07-02T16:30",
            "detainer_form": "I-247A",
            "ice_took_person": "2025-07-06T10:00",
            "citizenship_claimed": "2025-07-03T11:00",
            "claim_reported": "2025-07-03T15:00",
        },
    )
    page = told(answer.text)
    assert "No later than Sat, Jul 5, 2025, 10:00 CDT" in page
    assert "This grants no authority to hold. It is not legal advice." in page
    assert "24 hours late" in page
    assert "3 hours late" in page
    for rule in ("form-i-247a", "cfr-287-7-d", "jem-citizenship-claim"):
        assert f'href="/rule/{rule}"' in answer.text
    assert "held without a warrant" not in page.split("not checked")[0]
    told_blank = client.post(
        "/hold",
        data={
            "zone": "America/Chicago",
            "charges_cleared": "2025-07-03T10:00",
            "detainer_received": "2025-07-02T16:30",
            "hold_started": "2025-07-03T10:00",
            "released": "2025-07-03T12:00",
            "blank": "none",
        },
    )
    assert "missed held without a warrant" in told(told_blank.text)
    assert "The officer who served or held, by the roster" in told(told_blank.text).split("not checked, because")[1]
    assert "--roster" not in told_blank.text


@pytest.mark.parametrize("path", ["/hold", "/rules", "/es/hold", "/es/rules"])
def test_every_state_and_territory_can_be_chosen(client: TestClient, path: str) -> None:
    page = client.get(path).text
    codes = {code.code for code in (*declared.states(), *declared.territories())}
    assert len(codes) == 56
    assert {code for code in codes if f'<option value="{code}"' not in page} == set()


def test_a_state_that_allows_no_hold_ends_it_at_once(client: TestClient) -> None:
    case = {"charges_cleared": "2026-05-21T10:00", "detainer_received": "2026-05-20T10:00", "detainer_form": "I-247A"}
    answer = client.post("/hold", data={**case, "state": "IL", "zone": "America/Chicago"})
    assert "No later than Thu, May 21, 2026, 10:00 CDT" in told(answer.text)
    unnamed = told(client.post("/hold", data={**case, "zone": "America/Chicago"}).text)
    assert "No later than Sat, May 23, 2026, 10:00 CDT" in unnamed
    assert "its law may end the hold earlier" in unnamed


def test_a_state_whose_law_was_not_checked_says_so(client: TestClient) -> None:
    case = {"state": "WI", "zone": "America/Chicago", "charges_cleared": "2026-05-21T10:00", "detainer_form": "I-247A"}
    said = "The law of Wisconsin on holds for ICE was not checked; it may end the hold earlier, or allow none."
    assert said in told(client.post("/hold", data=case).text)
    massachusetts = told(client.post("/hold", data={**case, "state": "MA", "zone": "America/New_York"}).text)
    assert "Whether the law of Massachusetts allows this hold at all is unknown" in massachusetts
    assert "was not checked" not in massachusetts


def test_a_time_zone_of_another_state_is_pointed_out(client: TestClient) -> None:
    case = {"state": "CA", "zone": "America/Chicago", "charges_cleared": "2026-05-21T10:00", "detainer_form": "I-247A"}
    page = told(client.post("/hold", data=case).text)
    assert "Expected a time zone of CA: America/Los_Angeles; found America/Chicago." in page
    assert [one.kind for one in hold_answer(case).problems] == ["zone_of_another_state"]
    assert hold_answer({**case, "zone": "America/Los_Angeles"}).problems == ()


def test_without_a_sign_of_a_hold_no_duty_is_cleared(client: TestClient) -> None:
    case = {"zone": "America/Chicago", "charges_cleared": "2025-11-01T10:00", "released": "2025-11-04T10:00"}
    page = told(client.post("/hold", data=case).text)
    assert "No later than Mon, Nov 3, 2025, 09:00 CST" in page
    assert "Cannot tell: nothing that was entered says that the person was held for ICE" in page
    assert "No duty was found to be missed" not in page
    page = told(client.post("/hold", data={**case, "hold_started": "2025-11-01T10:00"}).text)
    assert "Cannot tell: nothing that was entered" not in page
    assert "25 hours late" in page


def test_times_the_wrong_way_round_are_told(client: TestClient) -> None:
    answer = client.post(
        "/hold",
        data={
            "zone": "America/Chicago",
            "booked": "2025-07-04T08:00",
            "charges_cleared": "2025-07-03T10:00",
            "detainer_received": "2025-07-02T16:30",
            "released": "2025-07-03T12:00",
        },
    )
    assert answer.status_code == 200
    page = told(answer.text)
    assert "Expected released not before booked; found the other way round" in page
    assert "Cannot tell when the hold must end" in page


def test_calendar_entries_are_saved_by_post(client: TestClient) -> None:
    data = {**CASE, "charges_cleared_which": "second"}
    first, second = (client.post("/hold.ics", data=data) for _ in range(2))
    assert first.headers["content-type"].startswith("text/calendar")
    assert "attachment" in first.headers["content-disposition"]
    assert "DTSTART:20251104T063000Z" in first.text
    uids = [re.search(r"UID:(\S+)", each.text) for each in (first, second)]
    assert uids[0] and uids[1] and uids[0][1] != uids[1][1]
    assert client.post("/hold.ics", data={"state": "GA"}).status_code == 422
    assert client.get("/hold.ics").status_code in (404, 405)


def test_the_answer_is_the_one_that_python_gives() -> None:
    found = hold_answer({**CASE, "charges_cleared_which": "first"})
    assert found.clock is not None
    assert found.clock.no_later_than is not None
    assert found.clock.no_later_than.isoformat() == "2025-11-04T00:30:00-05:00"
    with pytest.raises(Refused, match=r"charges_cleared: clocks there showed this time twice"):
        hold_answer(CASE)


def test_no_field_asks_for_a_person(client: TestClient) -> None:
    names = set(re.findall(r'name="([^"]+)"', client.get("/hold").text)) - {
        "q",
        "viewport",
        "color-scheme",
        "twitter:card",
        "on",
    }
    assert names - {"description"} <= {*events(), *CODES, "state", "zone", "blank"}


# -- fuzz ----------------------------------------------------------------------------------------------------------

TEXT = st.text(max_size=60)
TIMES = st.one_of(
    st.datetimes().map(lambda at: at.isoformat(timespec="minutes")),
    st.sampled_from(
        ["2025-11-02T01:30", "2025-03-09T02:30", "2025-07-03T10:00-05:00", "9999-12-31T23:59", "0001-01-01T00:00"]
    ),
    st.sampled_from(
        ["9999-12-31T23:59+00:00", "0001-01-01T00:00+10:00", "2049-12-31T23:59-05:00", "2000-01-01T00:00Z"]
    ),
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2050, 1, 1)).map(lambda at: f"{at}+00:00"),
    TEXT,
)
FIELDS = st.fixed_dictionaries(
    {"charges_cleared": TIMES},
    optional={
        **dict.fromkeys((event for event in events() if event != "charges_cleared"), TIMES),
        **{field: st.one_of(st.sampled_from(codes(field)), TEXT) for field in CODES},
        "state": st.one_of(st.sampled_from(["GA", "TX", "Guam", "AZ"]), TEXT),
        "zone": st.one_of(st.sampled_from(["America/Chicago", "Pacific/Guam"]), TEXT),
        "charges_cleared_which": st.sampled_from(["first", "second", "third"]),
        "blank": st.sampled_from(["", "none", "x"]),
    },
)


@FUZZ
@given(fields=FIELDS, path=st.sampled_from(["/hold", "/es/hold", "/hold.ics"]))
def test_no_hold_ends_in_an_error(client: TestClient, fields: dict[str, str], path: str) -> None:
    answer = client.post(path, data=fields)
    assert answer.status_code < 500
    assert answer.headers["cache-control"] == "no-store"


WORDS = st.one_of(
    st.text(max_size=400),
    st.lists(
        st.sampled_from(
            [
                STORY,
                "1,372 agreements",
                "in Texas",
                "nearly doubled",
                "287(g)",
                "since Feb 30, 2025",
                "%",
                "−3",
                "1e309 agencies",
                "one in three",
                "from 135 to 0",
                "\u2028",
                "99999999999999999999 agreements",
                "0 agreements in Guam.",
                "\x0b",
            ]
        ),
        max_size=12,
    ).map(" ".join),
)


@FUZZ
@given(text=WORDS, day=st.one_of(st.just(""), st.dates().map(str), TEXT), path=st.sampled_from(["/check", "/es/check"]))
def test_no_story_ends_in_an_error(client: TestClient, text: str, day: str, path: str) -> None:
    answer = client.post(path, data={"text": text, "date": day})
    assert answer.status_code < 500
    assert "could not be read to its end" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


@FUZZ
@given(
    data=st.one_of(
        st.binary(max_size=600),
        st.binary(max_size=300).map(lambda end: b"%PDF-1.4\n" + end),
        st.text(max_size=200).map(lambda text: f"<html><p>{text}{STORY}".encode()),
        st.text(max_size=200).map(lambda text: (STORY + text).encode("utf-16")),
    ),
    name=TEXT,
)
def test_no_file_ends_in_an_error(client: TestClient, data: bytes, name: str) -> None:
    answer = client.post("/check", files={"file": (name or "a", data)})
    assert answer.status_code < 500


@FUZZ
@given(
    body=st.binary(max_size=300),
    kind=st.sampled_from(
        [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "multipart/form-data; boundary=a",
            'multipart/form-data; boundary="',
            "multipart/form-data; charset=x; boundary=a",
        ]
    ),
    path=st.sampled_from(["/check", "/hold", "/hold.ics"]),
)
def test_no_body_ends_in_an_error(client: TestClient, body: bytes, kind: str, path: str) -> None:
    for sent in (body, b'--a\r\nContent-Disposition: form-data; name="text"\r\n\r\n' + body + b"\r\n--a--"):
        answer = client.post(path, content=sent, headers={"content-type": kind} if kind else {})
        assert answer.status_code < 500


# -- rules and texts -----------------------------------------------------------------------------------------------


def test_every_rule_has_a_page_in_both_languages(client: TestClient) -> None:
    for one in shipped_lawbook().provisions:
        for prefix in ("", "/es"):
            answer = client.get(f"{prefix}/rule/{one.id}")
            assert answer.status_code == 200, one.id
            assert "<h1>" in answer.text
            assert f'<html lang="{prefix.strip("/") or "en"}"' in answer.text
    assert client.get("/rule/no-such-rule").status_code == 404


def test_rules_are_those_of_the_day_and_place(client: TestClient) -> None:
    before = {one["id"] for one in client.get("/rules.json?on=2026-05-19&state=NM").json()["rules"]}
    after = client.get("/rules.json?on=2026-05-20&state=NM&diff=2026-05-19").json()
    assert {one["id"] for one in after["rules"]} - before == {"nm-hb-9"}
    assert [one["rule"] for one in after["changes"]["changes"]] == ["nm-hb-9"]
    assert "nm-hb-9" in client.get("/rules?on=2026-05-20&state=NM&diff=2026-05-19").text
    kinds = client.get("/rules.csv?on=2026-05-20&kind=form&standing=secondary").text.splitlines()[1:]
    assert kinds
    assert all(",form," in line for line in kinds)
    assert client.get("/rules?kind=holding&standing=counted&on=2026-05-01").status_code == 200
    for wrong in ("kind=x", "standing=x", "state=Atlantis", "diff=2027-01-01&on=2026-01-01", "diff=soon"):
        assert client.get(f"/rules?{wrong}").status_code == 400


def test_a_day_past_the_checked_law_is_told(client: TestClient) -> None:
    assert '<p class="trouble">The day is outside' in client.get("/rules?on=2026-09-01").text
    assert '<p class="trouble">El día está fuera' in client.get("/es/rules?on=2026-09-01").text
    assert '<p class="trouble">' not in client.get("/rules?on=2026-05-01").text
    assert "That day is later than the law that was checked" in client.get("/rule/form-i-247a?on=2026-09-01").text
    assert "That day is later than the law that was checked" not in client.get("/rule/form-i-247a?on=2026-05-01").text


def test_the_method_tells_the_records_own_figures(client: TestClient) -> None:
    answer = client.get("/method.json").json()
    assert answer["counts"]["rows"] == 360_188
    assert [one["file"] for one in answer["set_aside"]] == ["participatingAgencies04212025am.xlsx"]
    figures = {one["day"]: (one["rows"], one["agreements"]) for one in answer["figures"]}
    assert figures["2025-08-14"] == (896, 895)
    assert figures["2026-01-26"] == (1372, 1372)
    for path in ("/method", "/es/method"):
        assert "participatingAgencies04212025am.xlsx" in client.get(path).text


def test_the_glossary_is_whole_in_both_languages(client: TestClient) -> None:
    assert len({one.id for one in terms()}) == len(terms())
    for one in terms():
        for text in (one.en, one.es):
            assert text["term"].strip()
            assert text["says"].endswith(".")
    for path in ("/glossary", "/es/glossary"):
        page = client.get(path).text
        assert all(f'id="{one.id}"' in page for one in terms())


def test_every_file_that_is_offered_is_there(client: TestClient) -> None:
    page = client.get("/download").text
    offered = re.findall(r'href="(/download/[^"]+)"', page)
    assert "/download/datapackage.json" in offered
    assert "/download/changes.csv" in offered
    for path in offered:
        assert client.head(path).status_code == 200, path


def test_pages_carry_no_inline_script_or_style(client: TestClient) -> None:
    for path in ("/check", "/hold", "/rules", "/rule/nm-hb-9", "/method", "/glossary", "/download"):
        page = client.get(path).text
        assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=", page), path
