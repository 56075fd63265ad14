"""A file of URLs, one a line -> the documents wanted.

What enters: the path of a text file. What leaves: ``WantedDocument`` for each URL, in their order, each once. The
module promises that a line that is no URL is refused with its number before anything is requested, so that nothing but
URLs comes into the table of a folder.
"""

from pathlib import Path
from urllib.parse import unquote

from ledger287.core.problem import Refused
from ledger287.core.text import plural
from ledger287.sources.documents.files.fetching import WantedDocument, host_of

SHOWN = 5
"""So many lines that are no URL are shown."""
LONGEST = 60
"""So many letters of such a line are."""
MOST = 10_000_000
"""A file with more bytes is no list of URLs."""


def read_urls(path: Path) -> list[WantedDocument]:
    """URLs of a plain file, one a line; lines that begin with # and empty lines are left out."""
    if not path.is_file():
        raise Refused(f"no file {str(path)!r}; give a text file with one URL a line.")
    numbered = [(number, line.strip()) for number, line in enumerate(_text(path).splitlines(), 1)]
    lines = [(number, line) for number, line in numbered if line and not line.startswith("#")]
    if not lines:
        raise Refused(f"{path}: expected one URL a line; found none. Write them into it, each from https:// on.")
    bad = [(number, line) for number, line in lines if not host_of(line) or " " in line]
    if bad:
        shown = "".join(f"\n  line {number}: {_short(line)}{_meant(line)}" for number, line in bad[:SHOWN])
        more = f"\n  and {len(bad) - SHOWN:,} more" if len(bad) > SHOWN else ""
        raise Refused(
            f"{path}: expected one URL a line, each from http:// or https:// on; found {plural(len(bad), 'line')} of "
            f"{len(lines):,} without.{shown}{more}\nNothing was requested. Correct or remove these lines, or put # "
            "before them, and run it again."
        )
    urls = dict.fromkeys(line for _, line in lines)
    return [WantedDocument(url, unquote(url.rsplit("/", 1)[-1].split("?")[0]) or url, "agreement", ()) for url in urls]


def _text(path: Path) -> str:
    """A file's text. Raises Refused where it is none, as a PDF or a workbook."""
    data = path.read_bytes() if path.stat().st_size <= MOST else b"\0"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or data.startswith(b"%PDF-"):
        raise Refused(
            f"{path}: expected a text file (UTF-8) with one URL a line; found something else. Save it as text."
        )
    return text


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def _meant(line: str) -> str:
    """The URL that a line without http:// may mean."""
    site = line.partition("/")[0]
    return f" (is it https://{_short(line)} ?)" if "." in site and ":" not in line and " " not in line else ""
