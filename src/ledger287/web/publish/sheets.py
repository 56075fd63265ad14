"""Every page of the site, one by one: for an export, a sitemap, a warm start, and a load test."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ledger287.web.edition.edition import Edition
from ledger287.web.pages import KINDS
from ledger287.web.render.addresses import address
from ledger287.web.render.page import Kind
from ledger287.web.server.query import LANGUAGES, Form, Language


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page in one language and form."""

    kind: Kind
    lang: Language
    form: Form
    path: dict[str, str]

    @property
    def address(self) -> str:
        """Its URL on the site."""
        return address(self.kind.pattern, self.path, lang=self.lang, form=self.form)


def sheets(edition: Edition, live: bool = False) -> Iterator[Sheet]:
    """Every page in every language and form, those that need the server only if ``live``."""
    for kind in KINDS:
        if kind.live and not live:
            continue
        for path in kind.instances(edition):
            for lang in LANGUAGES:
                yield Sheet(kind, lang, "html", dict(path))
            yield Sheet(kind, "en", "json", dict(path))
            if kind.table:
                yield Sheet(kind, "en", "csv", dict(path))


def first_of_each(edition: Edition) -> Iterator[Sheet]:
    """One page of each kind: who makes these has built every index of an edition."""
    for kind in KINDS:
        for path in islice(kind.instances(edition), 1):
            yield Sheet(kind, "en", "html", dict(path))
