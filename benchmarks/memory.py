"""What the site's processes take in memory under arbitrary URLs.

    python -m benchmarks.memory [SECONDS]

A server with ready pages gets random URLs over 50 connections: searches, days, unknown paths and parameters, each
seldom twice. Then a story is checked. Printed, in MiB: resident memory of the server at its peak, and the share of all
its processes together (memory that several processes have in common counts in part for each). Needs wrk and Linux.
"""

import json
import os
import random
import re
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from benchmarks.site import COMMAND, free_port, kept_when_ready, load, memory_mib, wait_for
from ledger287.web.edition.edition import open_edition
from ledger287.web.publish.sheets import sheets

GOAL = "goal: under 400 MB"
ROUNDS, URLS, SECONDS = 3, 60_000, 20
WORDS = ("jail", "Collier", "texas", "34102", "sheriff", "FHP", "condado", "Miami", "a'b", "%F0%9F%A6%8A", "<b>", "0")
STORY = {"text": "There were 895 agreements on August 14, 2025."}


def arbitrary(chance: random.Random, pages: list[str]) -> str:
    """A URL that has probably not been requested before."""
    day = f"{chance.choice((2025, 2026))}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    number, page = chance.randrange(10**9), chance.choice(pages)
    return chance.choice(
        (
            f"/search?q={chance.choice(WORDS)}{number}",
            f"/x{number}",
            f"/changes?since=2024-{day[5:]}&until={day}",
            f"/api/v1/agreements?on={day}&limit={chance.randint(1, 100)}",
            f"/api/v1/changes?since={day}&limit={chance.randint(1, 100)}",
            f"{page}?on={day}",
            f"{page}?known_on={day}",
            f"{page}?q{number}={'y' * chance.randrange(300)}",
        )
    )


def processes(root: int) -> list[int]:
    """A process and those that it started, and those that they started."""
    found = [root]
    for pid in found:
        for thread in Path(f"/proc/{pid}/task").glob("*/children"):
            found += [int(child) for child in thread.read_text(encoding="ascii").split() if int(child) not in found]
    return found


def shares_mib(root: int) -> float:
    """The memory of all these processes, what they have in common counted once."""
    total = 0.0
    for pid in processes(root):
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        total += sum(int(size) for size in re.findall(r"^Pss:\s+(\d+)", text, re.M)) / 1024
    return total


def main(seconds: int) -> None:
    """Load a server, check a story, and print what its processes took."""
    chance = random.Random(287)
    pages = sorted({sheet.address.partition("?")[0] for sheet in sheets(open_edition(None), live=True)})
    port, peak, ended = free_port(), [0.0, 0.0], threading.Event()
    server = subprocess.Popen([*COMMAND, "serve", "--port", str(port)], stderr=subprocess.DEVNULL, env=os.environ)

    def watch() -> None:
        while not ended.wait(0.5):
            peak[:] = max(peak[0], memory_mib(server.pid)), max(peak[1], shares_mib(server.pid))

    try:
        wait_for(port)
        kept_when_ready(port)
        threading.Thread(target=watch, daemon=True).start()
        for _ in range(ROUNDS):
            print(f"  {load(port, [arbitrary(chance, pages) for _ in range(URLS)], seconds)}")
        print(f"  server {peak[0]:,.0f} MiB resident at its peak; all processes together {peak[1]:,.0f}")
        asked = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1/check", json.dumps(STORY).encode(), asked)
        urllib.request.urlopen(request, timeout=120).read()
        time.sleep(1)
        print(f"  after a story was checked: all processes together {shares_mib(server.pid):,.0f} MiB")
    finally:
        ended.set()
        server.terminate()
        server.wait(timeout=30)
    print(f"  {GOAL}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
