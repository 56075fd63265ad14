"""Every page of the site, one by one: for an export, a sitemap, a warm start, and a load test."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ledger287.web.edition.edition import Edition
from ledger287.web.pages import KINDS
from ledger287.web.render.addresses import address, file_of
from ledger287.web.render.page import PageKind
from ledger287.web.server.query import LANGUAGES, Form, Language


@dataclass(frozen=True, slots=True)
class PublishedSheet:
    """One page in one language and form."""

    kind: PageKind
    lang: Language
    form: Form
    path: dict[str, str]

    @property
    def address(self) -> str:
        """Its URL on the site."""
        return address(self.kind.pattern, self.path, lang=self.lang, form=self.form)

    @property
    def is_packed(self) -> bool:
        """Whether it is packed in a static export, where its name says so."""
        return self.kind.long_data and self.form != "html"

    @property
    def file(self) -> str:
        """The file that it is in a static export."""
        return file_of(self.address) + (".gz" if self.is_packed else "")


def sheets(edition: Edition, live: bool = False) -> Iterator[PublishedSheet]:
    """Every page in every language and form, those that need the server only if ``live``.

    A static export has no JSON of a kind with ``rows_apart``.
    """
    for kind in KINDS:
        if kind.live and not live:
            continue
        for path in kind.instances(edition):
            for lang in LANGUAGES:
                yield PublishedSheet(kind, lang, "html", dict(path))
            if live or not kind.rows_apart:
                yield PublishedSheet(kind, "en", "json", dict(path))
            if kind.table:
                yield PublishedSheet(kind, "en", "csv", dict(path))


def first_of_each(edition: Edition) -> Iterator[PublishedSheet]:
    """One page of each kind: who makes these has built every index of an edition."""
    for kind in KINDS:
        for path in islice(kind.instances(edition), 1):
            yield PublishedSheet(kind, "en", "html", dict(path))
