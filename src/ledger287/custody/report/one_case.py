"""One case of a report as an exhibit: a page of HTML, or a PDF of it.

What enters: the folder of a report, and a case's number. What leaves: the page, by itself; or a PDF, printed by a
browser that is here already. Where none is, the page is laid out for paper, and any browser prints it.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import duckdb

from ledger287.core.problem import Refused
from ledger287.core.swapping import write_file
from ledger287.custody.report.exhibits import exhibits
from ledger287.custody.report.report import NOT_ADVICE
from ledger287.custody.report.verify import recorded
from ledger287.custody.report.words import ENGLISH, ReportLanguage

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 120


def exhibit(report: Path, case: str, say: ReportLanguage = ENGLISH) -> str:
    """The page of one case. Raises Refused where the report has no such case."""
    run = recorded(report)
    connection = duckdb.connect()
    try:
        for name in ("cases", "findings"):
            path = report / f"{name}.parquet"
            where = str(path / "*.parquet" if path.is_dir() else path).replace("'", "''")
            connection.execute(f"create view {name} as select * from read_parquet('{where}')")
        page = exhibits(connection, run, NOT_ADVICE, case, say)
    except duckdb.Error as error:
        raise Refused(f"{report}: its tables cannot be read: {str(error).splitlines()[0]}") from None
    finally:
        connection.close()
    if page is None:
        raise Refused(f"{report}: expected a case of this report, found none with the number {case!r}.")
    return page


def print_pdf(page: str, out: Path) -> None:
    """Print a page as PDF. Raises Refused where no browser is here, or where it does not print."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise Refused(
            f"{out}: a PDF is printed by Chromium or Chrome, and neither was found. Write {out.with_suffix('.html')} "
            "instead and print it from a browser; its page is laid out for paper."
        )
    with tempfile.TemporaryDirectory(prefix="ledger287-") as folder:
        source, printed = Path(folder) / "case.html", Path(folder) / "case.pdf"
        source.write_text(page, encoding="utf-8")
        plain = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        command = [
            browser, "--headless", "--disable-gpu", *plain, f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer", f"--print-to-pdf={printed}", source.as_uri(),
        ]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise Refused(f"{out}: {browser} did not print the page in {SECONDS} seconds.") from None
        if not printed.is_file():
            why = next(iter(done.stderr.strip().splitlines()[-1:]), f"exit code {done.returncode}")
            raise Refused(f"{out}: {browser} did not print the page: {why}")
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            write_file(out, printed.read_bytes())
        except OSError as error:
            raise Refused(f"{out}: cannot be written: {error.strerror or error}.") from None
