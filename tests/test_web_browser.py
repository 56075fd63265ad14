"""The site in a real Chromium: what a visitor sees and does. Elsewhere than in CI, skipped where there is none."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commands import run_command

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "build" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Page, expect, sync_playwright

    expect.set_options(timeout=30_000)  # a busy machine is waited for
except ImportError:  # the development requirements are not all installed
    CHROMIUM = None

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium here (apt install chromium)"
)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answering(command: list[str], port: int) -> Iterator[str]:
    """A server's URL while it runs."""
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(address, timeout=10).read()
                break
            except OSError:
                assert server.poll() is None, f"the server ended with {server.returncode}"
                time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """The site on this machine."""
    port = free_port()
    yield from answering([sys.executable, "-m", "ledger287.cli.main", "serve", "--port", str(port)], port)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium without a window."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=[*QUIET])
        yield opened
        opened.close()


class Visit:
    """A visitor's page that writes down what should not happen: console errors and requests to elsewhere."""

    def __init__(self, browser: "Browser", home: str, **context: Any) -> None:
        self.home = home
        self.context = browser.new_context(locale="en-US", **context)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._asked)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.outside.append(request.url)

    def go(self, path: str) -> "Page":
        """Open a URL of the site and wait until nothing more is fetched."""
        answer = self.page.goto(self.home + path, wait_until="networkidle")
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        return self.page

    def blameless(self) -> None:
        """No error on the console, nothing requested from another host."""
        assert self.errors == []
        assert self.outside == []


@pytest.fixture
def visit(browser: "Browser", served: str) -> Iterator[Visit]:
    """A visitor with a wide window, who must leave nothing behind."""
    visitor = Visit(browser, served, viewport={"width": 1280, "height": 900})
    yield visitor
    visitor.blameless()
    visitor.context.close()


MAIN = {
    "home": "/",
    "home-es": "/es",
    "states": "/states",
    "state": "/state/FL",
    "county": "/county/12021",
    "county-without": "/county/06037",
    "agency": "/agency/ag-xmzr6yc",
    "where": "/where/ag-xmzr6yc-tfm-2025-02-24",
    "model": "/model/TFM",
    "changes": "/changes",
    "compare": "/compare",
    "lists": "/lists",
    "list": "/list/65621dd2dbbde247",
    "search": "/search?q=collier",
    "check": "/check",
    "hold": "/hold",
    "rules": "/rules",
    "method": "/method",
    "glossary": "/glossary",
    "download": "/download",
    "api": "/api",
    "rule": "/rule/ina-287-g-1",
    "agency-es": "/es/agency/ag-xmzr6yc",
    "hold-es": "/es/hold",
}
WINDOWS: dict[str, Any] = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light", "device_scale_factor": 2},
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", MAIN)
def test_main_pages_are_whole(browser: "Browser", served: str, name: str, window: str) -> None:
    """No console error, nothing from outside, nothing wider than the window, nothing serious by axe, light or dark."""
    visitor = Visit(browser, served, **WINDOWS[window])
    page = visitor.go(MAIN[name])
    photographed(page, f"{name}-{window}")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{MAIN[name]} is {wide} px wider than a {window} window"
    assert serious(page) == []
    if window == "wide":
        page.emulate_media(color_scheme="dark")
        photographed(page, f"{name}-dark")
        assert serious(page) == []
    visitor.blameless()
    visitor.context.close()


def test_a_custody_report_and_its_exhibits_are_reachable(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(
        "case,detainer_received,charges_cleared,released\n"
        "A-1,2025-03-01T12:00:00-05:00,2025-03-02T10:00:00-05:00,2025-03-06T11:00:00-05:00\n",
        encoding="utf-8",
    )  # synthetic
    asked = ("custody", "audit", str(tmp_path / "cases.csv"), "--zone", "America/New_York", "--state", "FL")
    assert run_command(*asked, "--out", str(tmp_path / "report")).returncode in (0, 1)
    for width in (1280, 390):
        context = browser.new_context(viewport={"width": width, "height": 800})
        for name in ("report.html", "exhibits.html"):
            page = context.new_page()
            page.goto((tmp_path / "report" / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            assert page.locator("main").count() == 1 and page.locator("td, th[scope]").count() > 0
            assert page.locator("th:not([scope])").count() == 0
            assert serious(page) == []
        context.close()


def photographed(page: "Page", name: str) -> None:
    """Keep a picture of the page in build/screens, where LEDGER287_SCREENS is set: to be looked at."""
    if os.environ.get("LEDGER287_SCREENS"):
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


def serious(page: "Page") -> list[tuple[str, str]]:
    """What axe finds against WCAG 2.2 AA that is serious or critical: its rule and the first element."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return [
        (each["id"], each["nodes"][0]["html"][:200])
        for each in found.response["violations"]
        if each["impact"] in ("serious", "critical")
    ]


def test_search_answers_as_one_types_and_by_keys_alone(visit: Visit) -> None:
    page = visit.go("/")
    page.locator("#q").press_sequentially("collier c", delay=15)
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Collier County")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/county/12021*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Collier County")


def test_search_without_scripts(browser: "Browser", served: str) -> None:
    visitor = Visit(browser, served, java_script_enabled=False)
    page = visitor.go("/")
    page.fill("#q", "Collier County Sheriff")
    page.press("#q", "Enter")
    page.get_by_role("main").get_by_role("link", name="Collier County Sheriff's Office").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Collier County Sheriff's Office")
    visitor.blameless()
    visitor.context.close()


def test_the_slider_moves_the_map_through_its_days(visit: Visit) -> None:
    page = visit.go("/")
    expect(page.locator("#dek")).to_contain_text("1,783 agreements of 1,497 agencies")
    page.locator("#slide").focus()
    page.keyboard.press("Home")
    expect(page.locator("#dek")).to_contain_text("150 agreements")
    page.fill("#day", "2025-08-14")
    expect(page.locator("#dek")).to_contain_text("895 agreements")
    page.locator("#controls [value=TFM]").check()
    told = page.request.get(visit.home + "/index.json?on=2025-08-14").json()["status"]["by_model"]["TFM"]
    expect(page.locator("#dek")).to_contain_text(f"{told} agreements")


def test_the_language_is_switched_and_kept_with_the_day(visit: Visit) -> None:
    page = visit.go("/state/FL?on=2025-08-14")
    page.get_by_role("link", name="Español").click()
    page.wait_for_url("**/es/state/FL?on=2025-08-14")
    assert page.locator("html").get_attribute("lang") == "es"
    expect(page.get_by_role("main")).to_contain_text("14 de agosto de 2025")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/state/FL?on=2025-08-14")


STORY = """More agencies than ever

Posted Aug. 20, 2025. ICE has signed 287(g) agreements with law enforcement in 40 states. There were 2,500
agreements with local agencies as of August 14, 2025, ICE says.
"""


def test_a_story_is_checked_and_not_kept(visit: Visit) -> None:
    page = visit.go("/check")
    page.fill("#text", STORY)
    page.fill("#date", "2025-08-20")
    page.get_by_role("main").get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A story, checked")
    expect(page.get_by_role("main")).to_contain_text("supported")
    expect(page.get_by_role("main")).to_contain_text("contradicted")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 200
    assert serious(page) == []


def test_a_hold_across_the_change_of_clocks_is_48_real_hours(visit: Visit) -> None:
    """From Saturday 2025-11-01 10:00 in New York, 48 hours end on Monday at 9:00: the clocks are set back between."""
    page = visit.go("/hold")
    page.select_option("#state", "FL")
    page.select_option("#zone", "America/New_York")
    for name, at in {
        "booked": "2025-10-30T09:00",
        "charges_cleared": "2025-11-01T10:00",
        "detainer_received": "2025-10-31T10:00",
    }.items():
        page.fill(f"#{name}", at)
    page.get_by_role("main").locator("form").first.get_by_role("button").first.click()
    answer = page.get_by_role("main")
    expect(answer).to_contain_text("Mon, Nov 3, 2025, 09:00")
    expect(answer).to_contain_text("grants no authority")
    assert "2025" not in page.url


def test_a_value_leads_to_the_cell_in_which_it_was_printed(visit: Visit) -> None:
    page = visit.go("/agency/ag-xmzr6yc")
    page.get_by_role("main").get_by_role("link", name="where printed").first.click()
    page.get_by_role("main").locator("a[href*='#r']").first.click()
    row = page.locator(":target")
    expect(row).to_contain_text("Collier County Sheriff's Office")


def test_keys_alone_reach_the_content_and_every_link_shows_where_it_is(visit: Visit) -> None:
    page = visit.go("/state/TX")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(() => { const one = getComputedStyle(document.activeElement);"
            " return one.outlineStyle !== 'none' || one.boxShadow !== 'none'; })()"
        )
        assert outline, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_the_first_view_is_light(browser: "Browser", served: str) -> None:
    """At most 250 KB over the wire, the map's data among them."""
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(served + "/", wait_until="networkidle")
    expect(page.locator("#dek")).to_contain_text("1,783", timeout=30_000)
    assert 50_000 < sum(sizes) <= 250_000, f"{sum(sizes):,.0f} bytes in {len(sizes)} answers"
    context.close()


def of_collier(sheet: Any) -> bool:
    """The pages that the test of the export visits; all of them are 700 MB."""
    places = set(sheet.path.values())
    shown = {"FL", "12021", "ag-w8mdp02", "TFM"}
    return not places or bool(places & shown) or any("ag-w8mdp02" in each for each in places)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The static export, under its own path, behind the simplest of servers."""
    from ledger287.web.edition.edition import open_edition
    from ledger287.web.publish.export import export_site

    folder = tmp_path_factory.mktemp("web")
    export_site(open_edition(None), folder / "deep" / "site", wanted=of_collier)
    port = free_port()
    command = [sys.executable, "-m", "http.server", "--directory", str(folder), "--bind", "127.0.0.1", str(port)]
    for address in answering(command, port):
        yield f"{address}/deep/site"


def test_the_export_needs_no_server(browser: "Browser", exported: str) -> None:
    visitor = Visit(browser, exported, viewport={"width": 1280, "height": 900})
    page = visitor.go("/")
    expect(page.locator("#dek")).to_contain_text("1,783 agreements")
    assert page.locator("a[href*='check/'], a[href*='hold/']").count() == 0
    page.locator("#q").press_sequentially("naples pol", delay=15)
    expect(page.get_by_role("option").first).to_contain_text("Naples Police Department")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Naples Police Department")
    page.get_by_role("link", name="Español").click()
    assert page.locator("html").get_attribute("lang") == "es"
    page.get_by_role("link", name="English").click()
    page.get_by_role("main").get_by_role("link", name="where printed").first.click()
    expect(page.get_by_role("main")).to_contain_text("Sheet1, row")
    visitor.blameless()
    visitor.context.close()


LENGTHY = [
    *("/state/TX", "/es/state/FL", "/compare", "/changes", "/changes/2025-03", "/model/TFM", "/timeline", "/glossary"),
    *("/rules", "/rules/states", "/rules/functions", "/lists", "/answers/waits", "/api", "/list/65621dd2dbbde247"),
]
MOST_PIXELS = 8000


def test_no_page_is_endless_on_a_phone(browser: "Browser", served: str) -> None:
    """Not wider than the phone; what is left out comes on request, and where a URL points to it."""
    visitor = Visit(browser, served, viewport={"width": 390, "height": 844})
    size = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    found = {path: visitor.go(path).evaluate(size) for path in LENGTHY}
    assert {path: told for path, told in found.items() if told[0] > MOST_PIXELS or told[1] > 390} == {}
    page = visitor.go("/state/TX")
    page.get_by_text("Show all 376").click()
    assert page.evaluate(size)[0] > MOST_PIXELS
    assert visitor.go("/glossary#wso").locator("#wso").is_visible()
    visitor.blameless()
    visitor.context.close()


def test_a_link_leads_to_what_the_map_showed(visit: Visit) -> None:
    """The map's choices are in its URL; the arrows say each step in a line, and Enter opens the county."""
    page = visit.go("/#map=2025-08-14,TFM,FL,12021")
    expect(page.locator("#map-part:not(.waits)")).to_be_attached()
    expect(page.locator("#title")).to_contain_text("Florida")
    expect(page.locator("#dek")).to_contain_text("August 14, 2025")
    expect(page.locator("#panel h3")).to_have_text("Collier County, Florida")
    page.focus("#map")
    page.keyboard.press("ArrowUp")
    said = page.locator("#map-said")
    expect(said).to_contain_text(", Florida: ")
    assert len(said.inner_text()) < 120
    place = page.url.rpartition(",")[2]
    assert place not in ("12021", "")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/county/{place}*")


def test_tables_are_sorted_and_filtered(visit: Visit) -> None:
    page = visit.go("/state/KY")
    local = page.locator("section[aria-labelledby=local]")
    rows = local.locator("tbody tr:visible")
    local.get_by_role("button", name="Signed").click()
    local.get_by_role("button", name="Signed").click()
    expect(local.locator("th[aria-sort=descending]")).to_have_text("Signed")
    days = [cell.get_attribute("data-v") or "" for cell in rows.locator("td.day").all()]
    assert days == sorted(days, reverse=True)
    local.get_by_label("Filter these rows").fill("oldham")
    assert 0 < rows.count() < len(days)
    assert all("Oldham" in text for text in rows.all_inner_texts())
