"""The site under load: every URL, 50 connections, compared with a FastAPI endpoint that returns a constant.

    python -m benchmarks.site [SECONDS]

Needs wrk (Debian's package of that name). The server and the load share this machine's cores, for both sides alike.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from ledger287.web.edition.edition import open_edition
from ledger287.web.publish.sheets import sheets

COMMAND = (sys.executable, "-m", "ledger287.cli.main")
CONNECTIONS = 50
SECONDS = 60
GOALS = "goals: at least 1,000 pages a second, 95 of 100 within 60 ms, no error, memory flat"

SCRIPT = """
local addresses = {}
for line in io.lines(os.getenv("ADDRESSES")) do addresses[#addresses + 1] = line end
math.randomseed(287)
request = function()
  return wrk.format("GET", addresses[math.random(#addresses)], {["Accept-Encoding"] = "gzip"})
end
done = function(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d %d\\n", summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(95), latency.max,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status
    + summary.errors.timeout))
end
"""

CONSTANT = """
from fastapi import FastAPI, Response
import uvicorn
app = FastAPI()
body = b"x" * {size}
@app.get("/")
async def constant() -> Response:
    return Response(body, media_type="text/html")
uvicorn.run(app, port={port}, log_level="warning", access_log=False)
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load: answers a second, and milliseconds."""

    a_second: float
    median_ms: float
    p95_ms: float
    most_ms: float
    mib: float
    errors: int

    def __str__(self) -> str:
        return (
            f"{self.a_second:>8,.0f} a second   median {self.median_ms:>6.1f} ms   p95 {self.p95_ms:>6.1f} ms   "
            f"most {self.most_ms:>7.1f} ms   {self.mib:>6,.0f} MiB   {self.errors} errors"
        )


def load(port: int, addresses: list[str], seconds: int) -> Load:
    """Request URLs at random, the same ones each time."""
    with tempfile.TemporaryDirectory() as folder:
        listed, script = Path(folder, "addresses"), Path(folder, "load.lua")
        listed.write_text("\n".join(addresses) + "\n", encoding="utf-8")
        script.write_text(SCRIPT, encoding="utf-8")
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "-s", str(script)]
        done = subprocess.run(
            [*words, f"http://127.0.0.1:{port}"],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"ADDRESSES": str(listed)},
        )
    found = re.search(r"RESULT (.+)", done.stdout)
    if found is None:
        raise SystemExit(f"wrk told no result: {done.stdout}{done.stderr}")
    requests, duration, size, median, p95, most, errors = map(int, found[1].split())
    return Load(requests / duration * 1e6, median / 1e3, p95 / 1e3, most / 1e3, size / 2**20, errors)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(port: int) -> None:
    """Until a server answers."""
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")


def kept_when_ready(port: int) -> int:
    """How many bodies the server keeps, once every page is made."""
    while True:
        answered = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
        found = dict(re.findall(r"^ledger287_(warm|kept_bodies) (\S+)", answered, re.M))
        if float(found["warm"]):
            return int(float(found["kept_bodies"]))
        time.sleep(1)


def first_view(port: int) -> tuple[float, float] | None:
    """Kilobytes over the wire that Home first takes, and milliseconds until it can be used; None without Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        return None
    from playwright.sync_api import sync_playwright

    sizes: list[float] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context().new_page()
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(f"http://127.0.0.1:{port}/", wait_until="networkidle")
        ready = page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive")
        browser.close()
    return sum(sizes) / 1000, ready


def memory_mib(pid: int) -> float:
    """Resident memory of a process."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    return int(found[1]) / 1024 if found else 0.0


def served(
    addresses: list[str], seconds: int, folder: Path, named: str, wait: bool = False
) -> tuple[Load, tuple[float, float] | None]:
    """A server with a folder for its pages, loaded from its first second; with ``wait``, again when all are made."""
    port = free_port()
    environment = os.environ | {"LEDGER287_PAGES": str(folder)}
    server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], stderr=subprocess.DEVNULL, env=environment)
    try:
        wait_for(port)
        before, done = memory_mib(server.pid), load(port, addresses, seconds)
        print(f"  {named:<34} {done}")
        if wait:
            began = time.monotonic()
            print(f"  {kept_when_ready(port):,} bodies are kept, {time.monotonic() - began:,.0f} s later")
            done = load(port, addresses, seconds)
            print(f"  {'kept':<34} {done}")
        print(f"  {'memory':<34} {before:,.0f} MiB at the start, {memory_mib(server.pid):,.0f} at the end")
        return done, first_view(port)
    finally:
        server.terminate()
        server.wait(timeout=30)


def main(seconds: int) -> None:
    """Load the site twice (fresh, then with its pages kept) and the constant once."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not here; install it (apt install wrk), then run this again.")
    addresses = sorted({sheet.address for sheet in sheets(open_edition(None), live=True)})
    print(f"site: {len(addresses):,} addresses, {CONNECTIONS} connections, {seconds} s each")
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as ready:
        served(addresses, seconds, Path(empty), "first minute of a start without", wait=True)
        began = time.monotonic()
        environment = os.environ | {"LEDGER287_PAGES": ready}
        subprocess.run([*COMMAND, "pages"], check=True, capture_output=True, env=environment)
        print(f"  every page made ahead by `ledger287 pages` in {time.monotonic() - began:,.0f} s")
        warm, seen = served(addresses, seconds, Path(ready), "first minute of a start with them")
    if seen:
        print(f"  Home        {seen[0]:,.0f} kB over the wire (goal 250), usable after {seen[1]:,.0f} ms (goal 1,000)")
    print(f"  {GOALS}")
    size = round(warm.mib * 2**20 / max(1.0, warm.a_second * seconds))
    port = free_port()
    constant = subprocess.Popen([sys.executable, "-c", CONSTANT.format(size=size, port=port)])
    try:
        wait_for(port)
        ceiling = load(port, ["/"], min(seconds, 20))
    finally:
        constant.terminate()
        constant.wait(timeout=30)
    print(f"  constant    {ceiling}")
    print(f"  the site gives {warm.a_second / ceiling.a_second:.2f} of what a constant of {size:,} bytes gives")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
