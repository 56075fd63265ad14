"""The operations that take a body: a story's figures, and the clock of one hold. Nothing sent is kept or logged."""

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypedDict

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, create_model, field_validator
from pydantic_core import core_schema

from ledger287.core.jsonable import as_json
from ledger287.core.problem import Refused
from ledger287.custody.case.vocabulary import codes, events
from ledger287.factcheck.correcting import UNITS, models, places
from ledger287.factcheck.verdicts.answers import Verdict
from ledger287.web.api_v1.operations import ROOT
from ledger287.web.api_v1.parameters import Day, Parameters, Text
from ledger287.web.api_v1.schemas import Schema, schema_of, shortened
from ledger287.web.edition.edition import Edition
from ledger287.web.forms.holding import CODES, START, HoldAnswer, hold_answer
from ledger287.web.forms.stories import MOST_BYTES, MOST_TEXT, Refusal, check_story
from ledger287.web.render.languages import N_
from ledger287.web.server.site import Site

MOST_CORRECTIONS = 100


class NotChecked(Exception):
    """A story that is not checked, and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.why)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Posting:
    """One URL that takes a body. ``answered`` is the real answer to the example."""

    name: str
    path: str
    says: str
    about: str
    takes: type[Parameters]
    example: Mapping[str, Any]
    gives: Any
    answered: Callable[[Edition], Any]
    answer: Callable[[Site, Any, str], Awaitable[Any]]
    """The site, the request, and who sent it."""

    @property
    def address(self) -> str:
        """Its path from the site's root."""
        return ROOT + self.path

    def schema(self, found: dict[str, Schema]) -> Schema:
        """The schema of its answer."""
        return schema_of(self.gives, found)

    def example_answer(self, edition: Edition) -> Any:
        """The real answer to the example, shortened."""
        return edition.recent.get(("api example", self.name), lambda: shortened(as_json(self.answered(edition))))


# -- check -----------------------------------------------------------------------------------------


class ClosedChoice:
    """A word of closed choices, in the validation and in the schema."""

    def __init__(self, choices: tuple[str, ...]) -> None:
        self.choices = choices

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        return core_schema.literal_schema(list(self.choices))


class CorrectionParameters(Parameters):
    """A reading that a person chose for one claim; what is left out remains as it was read."""

    claim: int = Field(ge=1, le=9999, description=N_("The number of the claim in the answer without corrections."))
    place: Annotated[str, ClosedChoice(places())] | None = Field(
        None, description=N_("The place meant: US for the nation, or a state or territory.")
    )
    model: Annotated[str, ClosedChoice(models())] | None = Field(None, description=N_("The model meant, or any."))
    unit: Annotated[str, ClosedChoice(UNITS)] | None = Field(None, description=N_("What the figure counts."))
    day: Day | None = Field(None, description=N_("The day meant."))

    def chosen(self) -> dict[str, str]:
        """What is chosen, by name."""
        given = {"place": self.place, "model": self.model, "unit": self.unit, "day": self.day and str(self.day)}
        return {name: str(value) for name, value in given.items() if value}


class CheckParameters(Parameters):
    """A story as text, or as a file in Base64 (text, HTML or PDF)."""

    model_config = ConfigDict(str_strip_whitespace=False)

    text: str | None = Field(None, min_length=1, max_length=MOST_TEXT, description=N_("The story as text or HTML."))
    file: str | None = Field(
        None,
        min_length=1,
        max_length=MOST_BYTES * 4 // 3 + 4,
        json_schema_extra={"contentEncoding": "base64"},
        description=N_("Instead of text: a file as text, HTML or PDF, in Base64."),
    )
    name: Text | None = Field(None, description=N_("The file's name."))

    @field_validator("text", "file", mode="before")
    @classmethod
    def _given(cls, value: Any) -> Any:
        """A story that is given must be there: null is neither a text nor a file."""
        if value is None:
            raise ValueError("expected text, found null. Leave it out where the story is given otherwise")
        return value

    date: str | None = Field(
        None,
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description=N_("The story's day (2025-08-14), month or year, where it does not say it."),
    )
    corrections: list[CorrectionParameters] | None = Field(
        None,
        max_length=MOST_CORRECTIONS,
        description=N_(
            "Readings chosen by a person, for claims that were read wrongly; their verdicts follow from the choice, "
            "and say so."
        ),
    )


class ClaimFigure(TypedDict):
    """A figure as read. ``high`` is null where it has no upper bound."""

    value: float
    low: float
    high: float | None
    rule: str
    said: str


class ClaimEvidence(TypedDict):
    """What a reading gives, and the list that it rests on."""

    measure: str
    sentence: str
    value: float
    difference: float | None
    requires: str | None
    day: str | None
    list: str | None
    sha256: str | None
    table: str | None
    cells: list[str]


class SentencePart(TypedDict):
    """Words of a sentence, and what they were read as."""

    role: str
    said: str
    span: list[int]


class CheckedClaim(TypedDict):
    """A claim with its verdict; docs/claims.md tells its keys."""

    claim: int
    sentence: str
    sentence_span: list[int]
    span: list[int]
    page: int | None
    said: str
    speaker: str | None
    figure: ClaimFigure | None
    shape: str
    unit: str
    states: list[str]
    model: str | None
    days: list[list[str]]
    verdict: Verdict
    compared: bool
    measure: str
    meaning: str
    reason: str
    requires: str | None
    law_holds: bool | None
    right: list[list[str]]
    evidence: list[ClaimEvidence]
    near: list[ClaimEvidence]
    citations: list[str]
    settles: str | None
    notes: list[str]
    same_as: int | None
    read: list[SentencePart]
    unread: list[SentencePart]


class ClaimConflict(TypedDict):
    """Claims of one story that cannot both hold."""

    claims: list[int]
    reason: str


class CheckedStory(TypedDict):
    """A story with the answers to its figures. ``against`` counts claims that contradict the record."""

    name: str
    kind: str
    published: list[str] | None
    record: list[str]
    notes: list[str]
    against: int
    claims: list[CheckedClaim]
    conflicts: list[ClaimConflict]


STORY = "On August 14, 2025, nearly 900 agreements were in force under section 287(g), 317 of them in Florida."


async def _check(site: Site, wanted: CheckParameters, visitor: str) -> Any:
    if (wanted.text is None) == (wanted.file is None):
        raise Refused("Give the story either as text or as file.")
    data = (wanted.text or "").encode("utf-8", "replace")
    if wanted.file is not None:
        try:
            data = base64.b64decode(wanted.file, validate=True)
        except (binascii.Error, ValueError):
            raise Refused("file: expected Base64.") from None
    readings: dict[int, dict[str, str]] = {}
    for one in wanted.corrections or []:
        if one.claim in readings or not one.chosen():
            raise Refused(f"corrections: expected one choice or more for claim {one.claim}, given once.")
        readings[one.claim] = one.chosen()
    found = await check_story(site, data, wanted.name or "your text", wanted.date, visitor, readings)
    if isinstance(found, Refusal):
        raise NotChecked(found)
    return found


def _example_checked(edition: Edition) -> Any:
    from ledger287.factcheck.checking import Checker
    from ledger287.factcheck.text.cleaning import read_article
    from ledger287.factcheck.verdicts.answers import as_json as brief

    return brief(Checker(edition.atlas).check(read_article(STORY.encode(), "your text", None)))


CHECK = Posting(
    "check",
    "/check",
    N_("The figures of a news story, checked against the record"),
    N_(
        "Finds each claim about the program, says what it is taken to mean, and answers it with its evidence. The "
        "story is read in a process of its own with limits on time and memory, and is not stored."
    ),
    CheckParameters,
    {"text": STORY},
    CheckedStory,
    _example_checked,
    _check,
)

# -- hold ------------------------------------------------------------------------------------------


def _fields() -> dict[str, Any]:
    """The fields of a case by the names of the custody vocabulary."""
    kinds: dict[str, Any] = {
        START: (Text, Field(description=N_("When the person was otherwise releasable. Times have an offset "
                                           "(2025-07-03T10:00-05:00), or as the jail's clocks showed them."))),
        "zone": (Text | None, Field(None, description=N_("The jail's time zone, as America/Chicago."))),
        "state": (Text | None, Field(None, description=N_("The jail's state, by code or name."))),
        "blank": (
            Literal["unknown", "none"] | None,
            Field(None, description=N_("What a time that is left out means: not recorded, or that it did not happen.")),
        ),
    }  # fmt: skip
    for event in events():
        kinds.setdefault(event, (Text | None, Field(None, description=N_("The time of this event."))))
    for field in CODES:
        kinds[field] = (Text | None, Field(None, description=f"{', '.join(codes(field))}."))
    for event in events():
        which = Literal["first", "second"] | None
        kinds[f"{event}_which"] = (which, Field(None, description=N_("Which of two, where clocks showed it twice.")))
    return kinds


HoldAsked: type[Parameters] = create_model(
    "HoldAsked", __base__=Parameters, __doc__="What is known of one case.", **_fields()
)


def _hold(wanted: Parameters) -> HoldAnswer:
    return hold_answer(wanted.model_dump(exclude_none=True))


async def _held(_: Site, wanted: Parameters, visitor: str) -> HoldAnswer:
    del visitor
    return _hold(wanted)


HOLD_EXAMPLE = {
    "charges_cleared": "2025-07-03 10:00",
    "detainer_received": "2025-07-02 16:30",
    "released": "2025-07-05 12:00",
    "zone": "America/Chicago",
    "state": "TX",
    "detainer_form": "I-247A",
    "model": "WSO",
}
HOLD = Posting(
    "hold",
    "/hold",
    N_("When one hold must have ended, no later than, and every duty"),
    N_(
        "Every clock with its end and rule, the one that governs and why, and the duties. Of several limits only the "
        "earliest is the end. It grants no authority to hold and is not legal advice."
    ),
    HoldAsked,
    HOLD_EXAMPLE,
    HoldAnswer,
    lambda _: _hold(HoldAsked.model_validate(HOLD_EXAMPLE)),
    _held,
)
POSTS: tuple[Posting, ...] = (CHECK, HOLD)
