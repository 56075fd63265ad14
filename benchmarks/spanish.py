"""How much English is left on the Spanish pages: words of English sentences among all words, kind by kind.

    python -m benchmarks.spanish [--every N] [--texts KIND]

An English sentence is a text of four words or more with a word that no Spanish sentence and no agency's name has,
whatever language it is marked with. Names of agencies and cells as ICE printed them are not sentences. What is quoted
word for word (``q``: a form's clause) and the title of a work (``cite``) stay in their language and are counted apart.
``--texts`` prints those of one kind of page, the most frequent first.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from ledger287.web.edition.edition import Edition, open_edition
from ledger287.web.pages import KINDS
from ledger287.web.render.page import PageKind
from ledger287.web.server.app import page_body

TELLTALE = re.compile(
    r"\b(the|with|was|were|which|from|this|that|not|are|has|have|by|is|to|for|and|or|of|as|an)\b", re.I
)
NAME = re.compile(r"[A-Z][\w'’.&-]*(?:[ ,/]+(?:(?:of|and|for|the|&) )*[A-Z][\w'’.&-]*)+")
"""A name, as the Department of Parks and Recreation; its words are not counted as telling."""
CODE = re.compile(r"\b[a-z0-9]+(?:-[a-z0-9]+){2,}\b")
"""A rule's id, as wso-detain-and-transport."""
WORD = re.compile(r"[^\W\d_]{2,}")
LEAST = 4
READ_OUT = ("aria-label", "placeholder", "title", "alt", "content")
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
SILENT = frozenset({"script", "style", "code", "pre"})
QUOTED = frozenset({"q", "cite"})
BLOCKS = frozenset({"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "summary", "title", "option", "label"})


class Texts(HTMLParser):
    """The texts of a page, a block at a time, with attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.found: list[str] = []
        self.now: list[str] = []
        self.quoted: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag != "meta" or given.get("name") == "description" or str(given.get("property")).startswith("og:"):
            self.found += [text for name in READ_OUT if (text := given.get(name))]
        if tag not in VOID:
            self.stack.append(tag)
        if tag in BLOCKS:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop() != tag:
            pass
        if tag in BLOCKS or tag in {"div", "section"}:
            self._end()

    def handle_data(self, data: str) -> None:
        if data.strip() and not SILENT & {*self.stack}:
            (self.quoted if QUOTED & {*self.stack} else self.now).append(data)

    def _end(self) -> None:
        if self.now:
            self.found.append(" ".join(" ".join(self.now).split()))
        self.now = []


@dataclass(frozen=True, slots=True)
class Share:
    """Words of a kind's Spanish pages, and how many of them are in English sentences."""

    kind: str
    words: int
    english: int
    quoted: int
    texts: Counter[str]

    @property
    def share(self) -> float:
        """English words among all, from 0 to 1."""
        return self.english / self.words if self.words else 0.0


def read_page(html: str) -> Texts:
    """Every text of a page, and what it quotes."""
    read = Texts()
    read.feed(html + "<p></p>")
    read.close()
    return read


def english_words(text: str) -> int:
    """The words of a text that is an English sentence; 0 where it is none."""
    words = WORD.findall(text)
    told = len(TELLTALE.findall(NAME.sub(" ", CODE.sub(" ", text))))
    return len(words) if len(words) >= LEAST and told >= max(1, len(words) // 9) else 0


def share_of(kind: str, pages: Iterator[str]) -> Share:
    """The share of one kind, over some of its pages."""
    words = english = quoted = 0
    found: Counter[str] = Counter()
    for html in pages:
        read = read_page(html)
        quoted += sum(len(WORD.findall(text)) for text in read.quoted)
        for text in read.found:
            words += len(WORD.findall(text))
            if many := english_words(text):
                english += many
                found[text] += 1
    return Share(kind, words, english, quoted, found)


def pages_of(edition: Edition, kind: PageKind, every: int) -> Iterator[str]:
    """Some of a kind's pages, in Spanish."""
    for path in list(kind.instances(edition))[::every]:
        yield page_body(edition, kind, "es", "html", dict(path), {}).plain().decode()


def shares(edition: Edition, every: int) -> Iterator[Share]:
    """The share of each kind of page."""
    for kind in KINDS:
        yield share_of(kind.name, pages_of(edition, kind, every))


def main() -> None:
    """Print the shares, or the texts of one kind."""
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--every", type=int, default=100)
    words.add_argument("--texts")
    given = words.parse_args()
    edition = open_edition(None)
    for kind in KINDS:
        if given.texts in (None, kind.name):
            one = share_of(kind.name, pages_of(edition, kind, given.every))
            print(
                f"{one.kind:<22}{one.words:>8} words{one.english:>8} English{one.share:>8.1%}{one.quoted:>8} quoted",
                flush=True,
            )
            for text, times in one.texts.most_common(60) if given.texts else ():
                print(f"  {times:>4}  {text[:200]}")


if __name__ == "__main__":
    main()
