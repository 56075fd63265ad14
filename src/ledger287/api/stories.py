"""News stories: what they say of the program, checked against the record."""

from pathlib import Path
from typing import TYPE_CHECKING

from ledger287.api.arguments import or_opened
from ledger287.core.problem import Refused
from ledger287.core.query_error import as_text
from ledger287.core.time import Day, as_day
from ledger287.ledger.query.ledger import Ledger

if TYPE_CHECKING:
    from ledger287.factcheck.verdicts.answers import Checked


def check(story: str | Path, *, published: Day | None = None, ledger: Ledger | None = None) -> "Checked":
    """Check what a news story says of the program: its text as ``str``, or a ``Path`` of a text, HTML or PDF file.

    ``published`` is the story's day, by default the one that it gives itself. Raises Refused where there is no text.
    """
    from ledger287.factcheck.checking import Checker
    from ledger287.factcheck.extract.model import Days
    from ledger287.factcheck.text.cleaning import read_article

    day = as_day(published, "published")
    if isinstance(story, Path):
        try:
            name, data = story.name, story.read_bytes()
        except OSError as error:
            raise Refused(
                f"{story}: cannot be read ({error.strerror}). Name a file, or give its text as str."
            ) from None
    else:
        name, data = "the story", as_text(story, "story", "ICE had 895 agreements on August 14, 2025.").encode()
    return Checker(or_opened(ledger)).check(read_article(data, name, Days(day, day) if day else None))
