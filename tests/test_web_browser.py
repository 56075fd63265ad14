"""The site in a real Chromium: what a visitor sees and does. Elsewhere than in CI, skipped where there is none.

One browser, one server in this process and one page for each window are used by all tests: starting them costs more
than any test.
"""

import os
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from commands import run_command
from ledger287.web.pages import KINDS
from ledger287.web.publish.export import export_site
from ledger287.web.render.end_tags import without_implied_ends
from ledger287.web.server.app import make_app, page_body
from ledger287.web.server.site import Site
from ledger287.web.server.wire import Bounded

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "build" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")

try:
    from axe_playwright_python.base import AXE_SCRIPT as AXE
    from playwright.sync_api import Browser, Page, expect, sync_playwright

    expect.set_options(timeout=30_000)  # a busy machine is waited for
except ImportError:  # the development requirements are not all installed
    CHROMIUM = None

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium here (apt install chromium)"
)


@pytest.fixture(scope="module")
def site() -> Site:
    """The shipped record."""
    return Site(None)


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    """The site on this machine, as `serve` runs it, but for the pages that it makes ahead (test_web_running)."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(site), http=Bounded, ws="none", log_config=None, access_log=False))
    running = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    running.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    running.join(timeout=30)


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
        """Open a URL of the site and wait until nothing more is fetched: only the map fetches once it is loaded."""
        answer = self.page.goto(self.home + path, wait_until="load")
        if answer is None:  # the page that is open already, at another place of it
            answer = self.page.reload(wait_until="load")
        if self.page.locator("#map-part").count():
            self.page.wait_for_load_state("networkidle")
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        return self.page

    def blameless(self) -> None:
        """No error on the console, nothing requested from another host."""
        assert (self.errors, self.outside) == ([], [])

    def begin(self) -> None:
        """Forget what an earlier test left: its errors and cookies. Its page stays until the next one goes elsewhere.

        An empty page between would be of another origin, and each page of the site would start a process of its own.
        """
        self.context.clear_cookies()
        self.errors.clear()
        self.outside.clear()


@pytest.fixture(scope="module")
def windows(browser: "Browser", served: str) -> Iterator[dict[str, Visit]]:
    """A visitor with a wide window and one with a phone."""
    opened = {name: Visit(browser, served, **window) for name, window in WINDOWS.items()}
    yield opened
    for each in opened.values():
        each.context.close()


@pytest.fixture
def visit(windows: dict[str, Visit]) -> Iterator[Visit]:
    """A visitor with a wide window, who must leave nothing behind."""
    visitor = windows["wide"]
    visitor.begin()
    yield visitor
    visitor.blameless()


MAIN = {
    "api": "/api",
    "home": "/",
    "home-then": "/?on=2012-06-01",
    "map": "/map",
    "states": "/states",
    "state": "/state/FL",
    "state-then": "/state/NC?on=2010-06-01",
    "county": "/county/12021",
    "county-without": "/county/06037",
    "model": "/model/TFM",
    "search": "/search?q=collier",
    "agency": "/agency/ag-xmzr6yc",
    "where": "/where/ag-xmzr6yc-tfm-2025-02-24",
    "changes": "/changes",
    "month": "/changes/2025-03",
    "compare": "/compare",
    "lists": "/lists",
    "lists_month": "/lists/2025-03",
    "list": "/list/65621dd2dbbde247",
    "rows": "/list/3c2b72f8112bdd75/rows/2",
    "check": "/check",
    "hold": "/hold",
    "outcomes": "/outcomes",
    "outcomes_identified": "/outcomes/identified",
    "outcomes_state": "/outcomes/state/TX",
    "outcomes_county": "/outcomes/county/04013",
    "outcomes_facility": "/outcomes/facility/ADLNTCA",
    "rules": "/rules",
    "jurisdictions": "/rules/states",
    "functions": "/rules/functions",
    "rule": "/rule/ina-287-g-1",
    "answers": "/answers",
    "answer": "/answers/ranks",
    "answer-waits": "/answers/waits",
    "method": "/method",
    "glossary": "/glossary",
    "download": "/download",
    "about": "/about",
    "timeline": "/timeline",
}
"""A page of each kind, by the kind's name; a second of a kind after a dash."""
IN_SPANISH = {
    f"{name}-es": f"/es{path.removeprefix('/') if path[:2] in ('/', '/?') else path}" for name, path in MAIN.items()
}
WINDOWS: dict[str, Any] = {
    "wide": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light", "device_scale_factor": 2},
}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OF_COLORS = ["color-contrast", "link-in-text-block"]
"""The rules that a dark scheme can break: it changes nothing but colors."""


def test_a_page_of_each_kind_is_visited() -> None:
    assert {name.partition("-")[0] for name in MAIN} == {kind.name for kind in KINDS}


@pytest.mark.parametrize("name", [*MAIN, "home-es", "agency-es", "hold-es"])
def test_main_pages_are_whole(windows: dict[str, Visit], name: str) -> None:
    """No console error, nothing from outside, nothing wider than the window, nothing serious by axe, light or dark."""
    visitor = windows["wide"]
    visitor.begin()
    page = visitor.go((MAIN | IN_SPANISH)[name])
    photographed(page, f"{name}-wide")
    assert page.evaluate(TOO_WIDE) <= 0
    page.set_viewport_size(WINDOWS["phone"]["viewport"])
    assert page.evaluate(TOO_WIDE) <= 0, "too wide for a phone that was turned"
    page.set_viewport_size(WINDOWS["wide"]["viewport"])
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    photographed(page, f"{name}-dark")
    assert serious(page, OF_COLORS) == []
    page.emulate_media(color_scheme="light")
    visitor.blameless()


@pytest.mark.parametrize("name", IN_SPANISH)
def test_main_pages_fit_a_phone(windows: dict[str, Visit], name: str) -> None:
    """As above, on a phone; in Spanish, whose words are longer and whose templates are the same."""
    visitor = windows["phone"]
    visitor.begin()
    page = visitor.go(IN_SPANISH[name])
    photographed(page, f"{name}-phone")
    assert page.evaluate(TOO_WIDE) <= 0
    assert serious(page) == []
    visitor.blameless()


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


ONE_OF_EACH_SHAPE = """() => {
    const seen = new Map();
    for (const each of document.querySelectorAll("tbody tr, li")) {
        const shape = each.outerHTML.replace(/>[^<]+/g, ">").replace(/ (?!class|role|hidden)[\\w-]+="[^"]*"/g, "");
        seen.set(shape, (seen.get(shape) ?? 0) + 1);
        if (seen.get(shape) > 2) each.remove();
    }
}"""
SERIOUS = """async options => (await axe.run(document, options)).violations
    .filter(each => ["serious", "critical"].includes(each.impact))
    .map(each => [each.id, each.nodes[0].html.slice(0, 200)])
"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def serious(page: "Page", rules: list[str] | None = None) -> list[tuple[str, str]]:
    """What axe finds against WCAG 2.2 AA that is serious or critical: its rule and the first element.

    Of table rows and list items with the same tags and classes, which axe judges alike, two are left on the page. What
    axe consists of is given to a page once.
    """
    page.evaluate(ONE_OF_EACH_SHAPE)
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE)
    wanted = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    found = page.evaluate(SERIOUS, {"runOnly": wanted, "resultTypes": ["violations"]})
    return [(rule, html) for rule, html in found]


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
    assert page.title().startswith("A story, checked")
    assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 200
    assert serious(page) == []


def test_a_model_is_spelled_out_at_a_touch_and_a_chart_has_its_values(visit: Visit) -> None:
    page = visit.go("/state/FL")
    model = page.locator("td abbr.model").first
    model.click()
    assert (
        model.evaluate("each => getComputedStyle(each, '::after').content").strip('" ').endswith(("Model", "Officer"))
    )
    page.get_by_text("The values as a table").click()
    values = page.locator("details.values tbody tr").all_inner_texts()
    assert "2026" in values[0] and len(values) > 30
    page.emulate_media(media="print")
    assert not page.locator("header.site").is_visible()
    page.emulate_media(media="screen")


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
    assert page.title().startswith("When the hold must end")
    assert page.evaluate("document.activeElement.id") == "outcome"
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
    """The pages that the test of the export visits."""
    places = set(sheet.path.values())
    shown = {"FL", "12021", "ag-w8mdp02", "TFM", "65621dd2dbbde247"}
    return not places or bool(places & shown) or any("ag-w8mdp02" in each for each in places)


@pytest.fixture(scope="module")
def exported(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The static export, under its own path, behind the simplest of servers."""
    folder = tmp_path_factory.mktemp("web")
    export_site(site.edition, folder / "deep" / "site", wanted=of_collier)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/deep/site"
    server.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """Writes no line a request."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def test_the_export_finds_zip_codes_and_initials(browser: "Browser", exported: str) -> None:
    visitor = Visit(browser, exported)
    page = visitor.go("/")
    for typed, found in (
        ("37748", ["Roane County", "Morgan County"]),
        ("fdle", ["Florida Department of Law Enforcement"]),
        ("F.H.P.", ["Florida Department of Highway Safety and Motor Vehicles, Division of Highway Patrol"]),
    ):
        page.fill("#q", "")
        page.locator("#q").press_sequentially(typed, delay=15)
        expect(page.get_by_role("option").locator("b")).to_have_text(found)
    for typed, found in (
        ("Gwinett", ["Gwinnett County"]),
        ("colier county sherrif", ["Collier County Sheriff's Office"]),
        ("alguacil de Colier", ["Collier County Sheriff's Office"]),
        ("sherif of Colier", ["Collier County Sheriff's Office"]),
        ("aguacil de Colier", ["Collier County Sheriff's Office"]),
        (
            "Florida Hiway Patrol",
            ["Florida Department of Highway Safety and Motor Vehicles, Division of Highway Patrol"],
        ),
        ("Okalossa corrections", ["Okaloosa County Board of County Commissioners/ Department of Corrections"]),
        ("East Candia", ["East Candia"]),
        ("Chokoloskee, FL", ["Chokoloskee"]),
        ("xyzzy", []),
    ):
        page.goto(f"{exported}/search/?q={typed}")
        expect(page.locator("#answers li a")).to_have_text(found)
    page.goto(exported + "/search/?q=L.A.P.D.")
    expect(page.locator("#answers")).to_contain_text("Los Angeles Police Department, CA, is on no list or page")
    page.goto(exported + "/search/?q=5+Main+St,+Naples+FL+34102-1234")
    expect(page.locator("#answers li a")).to_have_text(["Collier County"])
    page.goto(exported + "/search/?q=57717")
    expect(page.locator("#answers li")).to_have_count(4)
    expect(page.locator("#answers li").first).to_contain_text("Butte County")
    expect(page.locator("#answers")).to_contain_text("parts of it are in the others")
    visitor.blameless()
    visitor.context.close()


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
    page.locator("a.cell[href*='65621dd2dbbde247']").first.click()
    expect(page.locator("tr:target")).to_contain_text("Naples Police Department")
    assert page.locator("table.printed-rows tbody tr").count() == 1783
    visitor.go("/es/list/65621dd2dbbde247/#r272")
    expect(page.locator("tr:target")).to_contain_text("Hardee")
    expect(page.locator("tr:target th a")).to_have_attribute("href", "../../agency/ag-acrwj58/")
    visitor.blameless()
    visitor.context.close()


def test_the_export_leaves_out_only_end_tags_that_a_browser_adds(visit: Visit, site: Site) -> None:
    """A page of every kind is the same document with and without them."""
    same = (
        "(pages) => { const [one, other] = pages.map((page) => new DOMParser().parseFromString(page, 'text/html')"
        r".documentElement.outerHTML.replace(/\s+(?=<\/?(?:li|[uo]l|t[dhr]|tbody|thead|d[tdl]|div)\b)/g, ''));"
        " return one === other; }"
    )
    shorter = 0
    for kind in KINDS:
        path = dict(next(iter(kind.instances(site.edition))))
        live = page_body(site.edition, kind, "en", "html", path, {}).plain().decode()
        bare = without_implied_ends(live)
        shorter += len(bare) < len(live) - 100
        assert visit.page.evaluate(same, [live, bare]), kind.name
    assert shorter > len(KINDS) / 2


LENGTHY = [
    *("/state/TX", "/es/state/FL", "/compare", "/changes", "/changes/2025-03", "/model/TFM", "/timeline", "/glossary"),
    *("/es/agency/ag-xmzr6yc", "/es/model/TFM", "/es/state/TX", "/es/county/12086", "/es/outcomes/identified"),
    *("/rules", "/rules/states", "/rules/functions", "/lists", "/answers/waits", "/api", "/list/65621dd2dbbde247"),
    "/es/county/12099",
]
MOST_PIXELS = 8000


def test_tables_of_a_county_and_an_agency_fit_a_phone(windows: dict[str, Visit]) -> None:
    """Nothing of them is off to the side, and the days of an agreement are not behind its bar."""
    visitor = windows["phone"]
    visitor.begin()
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    tables = "[...document.querySelectorAll('.around,.rights')]"
    wide = f"{tables}.filter((one) => one.offsetWidth > one.parentElement.clientWidth)"
    hidden = (
        "[...document.querySelectorAll('.lives li')].filter((one) => one.querySelector('.when')"
        ".getBoundingClientRect().bottom > one.querySelector('.bar').getBoundingClientRect().top)"
    )
    for path in ("/county/48021", "/es/county/48021", "/county/12021", "/agency/ag-xmzr6yc", "/es/agency/ag-xmzr6yc"):
        page = visitor.go(path)
        assert page.locator(".around,.rights").count() == 1, path
        assert page.evaluate(f"{wide}.length") == 0, path
        assert page.evaluate(f"{hidden}.length") == 0, path


def test_no_page_is_endless_on_a_phone(windows: dict[str, Visit]) -> None:
    """Not wider than the phone; what is left out comes on request, and where a URL points to it."""
    visitor = windows["phone"]
    visitor.begin()
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    size = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    found = {path: visitor.go(path).evaluate(size) for path in LENGTHY}
    assert {path: told for path, told in found.items() if told[0] > MOST_PIXELS or told[1] > 390} == {}
    brief = "[...document.querySelectorAll('.scroll>table.brief')]"
    wide = f"{brief}.filter((one) => one.offsetWidth > one.parentElement.clientWidth).length"
    for path in ("/state/TX", "/es/state/TX", "/state/FL", "/state/TX?on=2025-08-14"):
        visitor.go(path)
        assert visitor.page.evaluate(f"{brief}.length") > 0 and visitor.page.evaluate(wide) == 0, path
    page = visitor.go("/state/TX")
    page.get_by_text("Show all 376").click()
    assert page.evaluate(size)[0] > MOST_PIXELS
    assert visitor.go("/glossary#wso").locator("#wso").is_visible()
    visitor.page.set_viewport_size(WINDOWS["phone"]["viewport"])
    visitor.blameless()


def test_what_a_phone_lays_out_later_is_there(windows: dict[str, Visit]) -> None:
    """Each part of Home has a frame of its own, a moment later; at once with reduced motion, and in print."""
    visitor = windows["phone"]
    visitor.begin()
    seen = (
        "[...document.querySelectorAll('.soon h2,.later h2,footer.site h2')]"
        ".map((one) => one.checkVisibility({ contentVisibilityAuto: false, visibilityProperty: true }))"
    )
    skipped = "getComputedStyle(document.querySelector('.soon')).contentVisibility"
    page = visitor.go("/")
    page.wait_for_function(f"{skipped} === 'auto'")
    assert page.evaluate(seen) == [True] * 4
    page.locator("a[href='/about']").scroll_into_view_if_needed()
    expect(page.locator("#cite")).to_be_visible()
    foot = "getComputedStyle(document.querySelector('footer.site')).contentVisibility"
    assert visitor.go("/search?q=63069").evaluate(foot) == "visible"  # of a short page it is in the first view
    page.emulate_media(reduced_motion="reduce")
    assert visitor.go("/").evaluate("document.getAnimations().length") == 0
    page.emulate_media(media="print")
    assert page.evaluate(skipped) == "visible"
    page.emulate_media(media="screen", reduced_motion="no-preference")


def test_follow_and_cite_open_by_keyboard_and_are_copied(visit: Visit) -> None:
    page = visit.go("/county/12021")
    for place, said in (
        (0, r"Copied|/feeds/county/12021\.atom"),
        (1, r"Copied|Collier County, Florida”, .* by ICE’s list"),
    ):
        part = page.locator(".follow details").nth(place)
        part.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(part.locator(".citation a")).to_be_visible()
        part.locator("button").click()
        expect(part.locator("[role=status]")).to_contain_text(re.compile(said))
    assert page.locator(".follow .citation").nth(1).inner_text() == page.locator("footer .citation").inner_text()


def test_a_link_leads_to_what_the_map_showed(visit: Visit) -> None:
    """The map's choices are in its URL; the arrows say each step in a line, and Enter opens the county."""
    page = visit.go("/#map=2025-08-14,TFM,FL,12021")
    expect(page.locator("#map-part:not(.waits)")).to_be_attached()
    expect(page.locator("#title")).to_contain_text("Florida")
    expect(page.locator("#dek")).to_contain_text("August 14, 2025")
    expect(page.locator("#panel h3")).to_have_text("Collier County, Florida")
    expect(page.locator("#panel h3")).to_be_in_viewport()
    page.focus("#map")
    page.keyboard.press("ArrowUp")
    said = page.locator("#map-said")
    expect(said).to_contain_text(", Florida: ")
    assert len(said.inner_text()) < 120
    place = page.url.rpartition(",")[2]
    assert place not in ("12021", "")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/county/{place}*")


def test_the_map_names_counties_in_spanish(visit: Visit) -> None:
    """Card, spoken line and search of /es/map; a county is found by its English name too."""
    page = visit.go("/es/map#map=2025-08-14,,FL,12021")
    expect(page.locator("#map-part:not(.waits)")).to_be_attached()
    expect(page.locator("#panel h3")).to_have_text("Condado de Collier, Florida")
    expect(page.locator("#panel h3")).to_be_in_viewport()
    expect(page.locator("#panel .more a")).to_have_text("Todo sobre el condado de Collier")
    for typed in ("orle", "parroquia de orle", "orleans par"):
        page.fill("#find", typed)
        expect(page.locator("#found option").first).to_have_attribute("value", "Parroquia de Orleans, Luisiana")


def test_every_long_table_of_numbers_is_sorted(visit: Visit) -> None:
    page = visit.go("/outcomes/identified")
    agencies = page.locator("[role=region][aria-labelledby=agencies]")
    for _ in range(2):
        agencies.get_by_role("button", name="Identified", exact=True).click()
    expect(agencies.locator("tbody tr").first).to_contain_text("Maricopa")
    page = visit.go("/states")
    for _ in range(2):
        page.get_by_role("button", name="Agreements", exact=True).click()
    expect(page.locator("tbody tr").first).to_contain_text("Texas")
    page.get_by_label("Filter these rows").fill("carolina")
    expect(page.locator("tbody tr:visible")).to_have_count(2)


def test_tables_are_sorted_and_filtered(visit: Visit) -> None:
    page = visit.go("/state/KY")
    local = page.locator("section[aria-labelledby=local]")
    rows = local.locator("tbody tr:visible")
    local.get_by_role("button", name="Signed").click()
    local.get_by_role("button", name="Signed").click()
    expect(local.locator("th[aria-sort=descending]")).to_have_text("Signed")
    days = rows.locator("td.day").evaluate_all("cells => cells.map(cell => cell.dataset.v || '')")
    assert len(days) > 10 and days == sorted(days, reverse=True)
    local.get_by_label("Filter these rows").fill("oldham")
    assert 0 < rows.count() < len(days)
    assert all("Oldham" in text for text in rows.all_inner_texts())


def test_on_paper_clauses_have_their_urls_and_empty_fields_are_left_out(visit: Visit) -> None:
    page = visit.go("/agency/ag-xmzr6yc")
    page.emulate_media(media="print")
    try:
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.locator("details:not([open])").count() == 0
        shown = page.locator(".clause a").first.evaluate("a => getComputedStyle(a, '::after').content")
        assert f"({visit.home}/rule/" in shown
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        page = visit.go("/hold")
        page.locator("#state").select_option("GA")
        page.fill("#charges_cleared", "2026-05-02T09:00")
        page.fill("#hold_started", "2026-05-02T09:00")
        page.locator("form.hold button.main").click()
        page.emulate_media(media="print")
        expect(page.locator("#hold_started")).to_be_visible()
        expect(page.locator("#released")).to_be_hidden()
        expect(page.get_by_text("Claims and complaints", exact=True)).to_be_hidden()
        page.emulate_media(media="screen")
        expect(page.locator("#released")).to_be_visible()
    finally:
        page.emulate_media(media="screen")


def test_an_answer_has_the_focus_and_a_title_of_its_own(visit: Visit) -> None:
    page = visit.go("/check")
    page.locator("main textarea").first.fill("Collier County has 3 agreements.")
    page.locator("main form.tool button.main").first.click()
    expect(page).to_have_title("A story, checked · ledger287")
    expect(page.locator(".answered")).to_be_focused()
    page = visit.go("/hold")
    page.locator("#state").select_option("FL")
    page.fill("#charges_cleared", "2026-05-02T09:00")
    page.locator("form.hold button.main").click()
    expect(page).to_have_title("Not answered yet: hold clock · ledger287")
    expect(page.locator(".trouble[role=alert]")).to_be_focused()
    visit.errors.clear()  # the browser tells of the status, 422
