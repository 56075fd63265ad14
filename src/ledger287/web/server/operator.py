"""What the operator says of this copy of the site: who runs it, where errors go, and what it takes.

What enters: the settings of the environment, read when they are needed. What leaves: ``Operator``. Promise: what the
operator has not set is None or False, so that a page can say so and offers nothing that is not there.
"""

import os
from dataclasses import dataclass
from urllib.parse import quote

from ledger287.web.follow.subscribers import FOLDER_VARIABLE

OPERATOR, CONTACT = "LEDGER287_OPERATOR", "LEDGER287_CONTACT"
REPORTS = "LEDGER287_REPORTS"
"""Names the folder into which reports of errors are written."""
SAID = (OPERATOR, CONTACT, REPORTS, FOLDER_VARIABLE)
"""What the operator says of this copy; pages show it."""
LINKED = ("https://", "http://", "mailto:")
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this copy, and where errors go; ``href`` is the contact where it can be a link. ``mails`` where readers
    can ask for mails of changes, ``reports`` where the site takes reports of errors.
    """

    name: str | None
    contact: str | None
    href: str | None
    mails: bool
    reports: bool

    def asked(self, subject: str) -> str | None:
        """The contact as a link; with a subject where it is an email address."""
        if self.href and self.href.startswith("mailto:") and "?" not in self.href:
            return f"{self.href}?subject={quote(subject)}"
        return self.href


def operator() -> Operator:
    """The settings of this process."""
    name, contact = (os.environ.get(each, "").strip()[:LONGEST] or None for each in (OPERATOR, CONTACT))
    href = contact if contact and contact.startswith(LINKED) else None
    if contact and not href and "@" in contact and " " not in contact:
        href = f"mailto:{contact}"
    mails = bool(contact and os.environ.get(FOLDER_VARIABLE))
    return Operator(name, contact, href, mails, bool(os.environ.get(REPORTS)))
