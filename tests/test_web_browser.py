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

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "build" / "screens"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Page, expect, sync_playwright
except ImportError:  # the development requirements are not installed whole
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
    """A server's address while it runs."""
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
        """Open an address of the site and wait until nothing more is fetched."""
        answer = self.page.goto(self.home + path, wait_until="networkidle")
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        return self.page

    def blameless(self) -> None:
        """No error on the console, nothing asked of another host."""
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
    "list": "/list/65621dd2dbbde249",
    "search": "/search?q=collier",
    "check": "/check",
    "hold": "/hold",
    "rules": "/rules",
    "method": "/method",
    "glossary": "/glossary",
    "download": "/download",
    "api": "/api",
    "rule": "/rule/usc-1357-g-1",
    "agency-es": "/es/agency/ag-xmzr6yc",
    "hold-es": "/es/hold",
}
WINDOWS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light", "device_scale_factor": 2},
}


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", MAIN)
def test_main_pages_are_whole(browser: "Browser", served: str, name: str, window: str) -> None:
    """No console error, nothing from outside, nothing wider than the window, nothing serious by axe."""
    visitor = Visit(browser, served, **WINDOWS[window])
    page = visitor.go(MAIN[name])
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{window}.png", full_page=True)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{MAIN[name]} is {wide} px wider than a {window} window"
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    serious = [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0].get("failureSummary", ""))
        for each in found.response["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []
    visitor.blameless()
    visitor.context.close()
