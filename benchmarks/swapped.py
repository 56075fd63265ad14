"""A page of lists to update from, and a running site whose record is replaced while 50 connections ask it.

What enters: workbooks; two records and a time. What leaves: the URL of a page; the number of answers, those that
were wrong, and how often the record was replaced. Promise: everything stays on this machine, and what was started
here ends here.
"""

import asyncio
import json
import shutil
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import polars as pl

from ledger287.ledger.store.folder import open_record, write_record
from ledger287.ledger.store.tables import TABLES

CONNECTIONS = 50
ASKED = ("/", "/states", "/states.json", "/api/v1/status", "/api/v1/lists", "/feeds/changes.atom", "/healthz", "/es")
SECONDS_BETWEEN_SWAPS = 2.0


def serve_lists(lists: list[Path]) -> str:
    """A page with links to workbooks; its URL."""
    return serve_files({f"/doclib/{path.name}": path.read_bytes() for path in lists}) + "/287g"


def serve_files(files: dict[str, bytes]) -> str:
    """Files, and a page with links to them, from its own thread; the URL before their names.

    What is posted is taken and thrown away.
    """
    links = "".join(f'<a href="{name}">{name}</a>' for name in files)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = files.get(self.path, f"<html><body>{links}</body></html>".encode() if self.path == "/287g" else None)
            self.send_response(404 if data is None else 200)
            kind = "text/html" if self.path == "/287g" else "application/octet-stream"
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *given: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def swapped_under_load(one: Path, other: Path, seconds: int) -> tuple[int, list[str], int]:
    """Ask a site over 50 connections while its record is replaced by another and back."""
    served = one.parent / "served"
    shutil.copytree(one, served, symlinks=True)
    records = [{table.name: open_record(folder).read(table.name) for table in TABLES} for folder in (other, one)]
    words = [
        sys.executable,
        "-P",
        "-m",
        "ledger287.cli.main",
        "serve",
        "--record",
        str(served),
        "--port",
        "0",
        "--json",
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        answered = ""
        while process.stdout is not None and not answered.endswith("}\n") and process.poll() is None:
            answered += process.stdout.readline()
        return asyncio.run(_load(json.loads(answered)["url"], served, records, seconds))
    finally:
        process.terminate()
        process.wait(timeout=60)


async def _load(
    url: str, served: Path, records: list[dict[str, pl.DataFrame]], seconds: int
) -> tuple[int, list[str], int]:
    wrong: list[str] = []
    answers, swaps, until = 0, 0, time.monotonic() + seconds

    async def ask(client: httpx.AsyncClient, place: int) -> None:
        nonlocal answers
        while time.monotonic() < until:
            path = ASKED[place % len(ASKED)]
            place += 1
            try:
                answer = await client.get(path)
                answers += 1
                if answer.status_code != 200:
                    wrong.append(f"{path}: {answer.status_code}")
                elif path.startswith("/api") or path.endswith(("json", "healthz")):
                    answer.json()
                elif not answer.text.rstrip().endswith(("</html>", "</feed>")):
                    wrong.append(f"{path}: half an answer")
            except (httpx.HTTPError, ValueError) as error:
                wrong.append(f"{path}: {type(error).__name__}")

    async def swap() -> None:
        nonlocal swaps
        while time.monotonic() < until:
            await asyncio.to_thread(write_record, served, records[swaps % 2])
            swaps += 1
            await asyncio.sleep(SECONDS_BETWEEN_SWAPS)

    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client:
        await asyncio.gather(*(ask(client, place) for place in range(CONNECTIONS)), swap())
    return answers, wrong, swaps
