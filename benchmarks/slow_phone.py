"""What Home costs a slow phone: the longest task of its main thread, and how long it is blocked in all.

    python -m benchmarks.slow_phone [URL] [ROUNDS]

Chromium with a screen of 390 by 844 pixels, a processor slowed four times and 1.6 Mb/s with 150 ms of latency opens
Home and waits; then it scrolls to the map, which is drawn. Each visit is the first of its own browser, whose fonts and
words for dates are not loaded yet. A server that is started here is waited for until its pages are ready: making them
takes the processors that the phone is measured on. A task is what runs without a pause; what it takes beyond 50 ms is
blocked. Time of the processor is given next to time by the clock, since other work on the machine is in the latter.
Needs Chromium and playwright.
"""

import os
import shutil
import statistics
import subprocess
import sys
from typing import Any

from benchmarks.site import COMMAND, free_port, kept_when_ready, wait_for

GOALS = "goals: no task over 100 ms, blocked for less than 300 ms in all"
TRACED = ("toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline")
DOWN, UP, LATENCY, SLOWER = 1.6e6 / 8, 0.75e6 / 8, 150, 4
BLOCKING = 50.0


def tasks(browser: Any, url: str, scroll: bool) -> list[tuple[float, float]]:
    """Milliseconds by the clock and of the processor of each task of one visit's main thread."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto("about:blank")
    devtools, traced = context.new_cdp_session(page), browser.new_browser_cdp_session()
    devtools.send("Network.enable")
    network = {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP}
    devtools.send("Network.emulateNetworkConditions", network)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    events: list[dict[str, Any]] = []
    ended: list[Any] = []
    traced.on("Tracing.dataCollected", lambda data: events.extend(data["value"]))
    traced.on("Tracing.tracingComplete", lambda data: ended.extend([data]))
    configured = {"includedCategories": list(TRACED)}
    traced.send("Tracing.start", {"traceConfig": configured, "transferMode": "ReportEvents"})
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(2000)
    if scroll:
        page.mouse.wheel(0, 1300)
        page.wait_for_timeout(9000)
    traced.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(100)
    context.close()
    return _of_the_page(events, url)


def _of_the_page(events: list[dict[str, Any]], url: str) -> list[tuple[float, float]]:
    """The outermost tasks of the main thread that opened the page; the browser's own pages have renderers too."""
    named = [event for event in events if event.get("name") == "thread_name"]
    mains = {(e["pid"], e["tid"]) for e in named if e["args"]["name"] == "CrRendererMain"}
    found = [e for e in events if e.get("name") == "RunTask" and e.get("ph") == "X" and (e["pid"], e["tid"]) in mains]
    sent = [event for event in events if event.get("name") == "ResourceSendRequest"]
    pages = {event["pid"] for event in sent if event["args"]["data"]["url"].startswith(url)}
    return [(e["dur"] / 1000, e.get("tdur", 0) / 1000) for e in found if e["pid"] in pages]


def main(address: str | None, rounds: int) -> None:
    """Visit Home so many times, without and with its map, and print the median and the worst."""
    from playwright.sync_api import sync_playwright

    server = None
    if address is None:
        port = free_port()
        server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], stderr=subprocess.DEVNULL, env=os.environ)
        wait_for(port)
        kept_when_ready(port)
        address = f"http://127.0.0.1:{port}"
    try:
        with sync_playwright() as driver:
            for named, scroll in (("Home", False), ("Home and its map", True)):
                visits = []
                for _ in range(rounds):
                    browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                    visits.append(tasks(browser, address.rstrip("/") + "/", scroll))
                    browser.close()
                for place, clock in enumerate(("by the clock", "of the processor")):
                    longest = [max(task[place] for task in visit) for visit in visits]
                    blocked = [sum(max(task[place] - BLOCKING, 0) for task in visit) for visit in visits]
                    middle, worst = statistics.median(longest), max(longest)
                    print(f"  {named:<17} {clock:<17} longest task {middle:>4.0f} ms (worst {worst:.0f})", end="   ")
                    print(f"blocked {statistics.median(blocked):>4.0f} ms (worst {max(blocked):.0f})")
    finally:
        if server:
            server.terminate()
            server.wait(timeout=30)
    print(f"  {GOALS}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None, int(sys.argv[2]) if len(sys.argv) > 2 else 5)
