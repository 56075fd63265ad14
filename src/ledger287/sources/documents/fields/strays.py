"""Pages of another document among those of an agreement: by the agency that they name, or by the words of their form.

What enters: the fields of a document, and the text of its pages. What leaves: ``StrayPage``. The module promises that a
page is one only where it has the words of a form, so that letters and minutes, which name others, are none.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ledger287.sources.documents.fields.field import Field
from ledger287.sources.documents.fields.parties.pages_of_others import pages_of_others
from ledger287.sources.documents.versions.page_models import models_of_pages


@dataclass(frozen=True, slots=True)
class StrayPage:
    """A page of another document, what the others are of, and what this one is of."""

    page: int
    expected: str
    found: str


def strays_of(agency: Field, texts: Mapping[int, str], signing: int | None) -> tuple[StrayPage, ...]:
    """The pages of another document; that of the signatures has a problem of its own."""
    models = models_of_pages(texts)
    if not models:
        return ()
    others = pages_of_others(agency, texts)
    (best, most), *_ = Counter(models.values()).most_common(1)
    found = []
    for number, model in models.items():
        if model != best and most >= LEAST:
            found.append(StrayPage(number, f"pages of {best} forms", f"one of a {model} form"))
        elif number in others and number != signing:
            found.append(StrayPage(number, f"pages of {agency.value}", f"one that names {others[number]}"))
    return tuple(found)


LEAST = 3
"""So many pages of one model's form make a page of another's a stray one."""
