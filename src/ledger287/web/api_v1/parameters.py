"""The parameters of the API, as pydantic models: read strictly, and refused where they are not understood.

A parameter that an operation does not have is refused too: a misspelled one must not give the answer to another
question.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from ledger287.analysis.timeline import every_kind
from ledger287.core.time import read_day
from ledger287.ledger.fold.changes import Kind as ChangeKind
from ledger287.web.api_v1.paging import LONGEST
from ledger287.web.render.languages import N_

LONGEST_TEXT = 200
MOST_ITEMS = 1000


def _day(text: Any) -> date:
    return text if isinstance(text, date) else read_day(str(text))


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
EntryKind = Annotated[
    str, Field(min_length=1, max_length=40), WithJsonSchema({"type": "string", "enum": list(every_kind())})
]
Cell = Literal["state", "agency", "type", "county", "model", "signed", "moa", "addendum"]


class Parameters(BaseModel):
    """What an operation takes."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class OnDay(Parameters):
    """A day."""

    on: Day | None = Field(None, description=N_("The day to answer for; today (US Eastern time) if left out."))


class Known(Parameters):
    """What could be known."""

    known_on: Day | None = Field(None, description=N_("Answer only from lists published by the end of this day."))


class InState(Parameters):
    """A state."""

    state: Text | None = Field(None, description=N_("One state or territory, by code (FL) or name."))


class Under(Parameters):
    """A model."""

    model: Text | None = Field(None, description=N_("One model: JEM, WSO or TFM, or its name; before 2013 also HYB."))


class InCounty(Parameters):
    """A county."""

    county: Text | None = Field(
        None, description=N_("Local agencies of one county, by its code (12021) or name (Collier County, FL).")
    )


class Paged(Parameters):
    """A part of a long answer."""

    limit: int = Field(100, ge=1, le=MOST_ITEMS, description=N_("The most to give."))
    cursor: str | None = Field(
        None, min_length=1, max_length=LONGEST, description=N_("The value of `next` in the page before.")
    )


class StatusParameters(OnDay, Known, InState, Under, InCounty):
    """The program on a day."""


class ChangesParameters(Known, InState, Under, InCounty, Paged):
    """What changed."""

    since: Day = Field(description=N_("The first day."))
    until: Day | None = Field(None, description=N_("The last day; today if left out."))
    kind: tuple[ChangeKind, ...] = Field((), description=N_("Kinds of change; all if left out. May be repeated."))


class AgenciesParameters(OnDay, Known, InState, Under, InCounty, Paged):
    """Agencies."""

    q: Text | None = Field(None, description=N_("Words of any name under which the agency was ever printed."))


class AgencyParameters(Known):
    """One agency."""


class AgreementsParameters(OnDay, Known, InState, Under, InCounty, Paged):
    """Agreements on a day, or all of them."""

    ever: bool = Field(False, description=N_("All agreements ever listed, not only those of one day."))


class ListsParameters(Paged):
    """Lists."""

    set_aside: bool = Field(False, description=N_("Only the lists that were excluded."))


class ListParameters(Paged):
    """Rows of a list."""


class SourceParameters(Parameters):
    """Where values were printed."""

    field: Cell | None = Field(None, description=N_("One field; all if left out."))


class CoverageParameters(OnDay, Known, InState, Under):
    """Coverage."""


class NearParameters(OnDay, Known, InState):
    """A place."""

    place: Text = Field(
        description=N_("City, ST, a ZIP code, or both; or a county (Collier County, FL) or its code (12021).")
    )
    neighbors: bool = Field(False, description=N_("Also the counties around, with agencies, residents and rate."))


class RulesParameters(OnDay, InState):
    """Rules on a day."""


class JurisdictionsParameters(OnDay, InState):
    """The law of the states on a day."""


class LawChangesParameters(InState):
    """What the law said on one day and not on another."""

    before: Day = Field(description=N_("The earlier day."))
    after: Day = Field(description=N_("The later day."))


class FunctionsParameters(Parameters):
    """The functions by model and version."""


class RuleParameters(OnDay):
    """One rule."""


class AuthorityParameters(OnDay, Known, InState):
    """Whether a function is listed."""

    function: Text = Field(description=N_("The function, as in interrogate, hold or issue-detainer."))
    agency: Text = Field(description=N_("Any spelling ever printed, or the agency's id."))
    setting: Literal["jail", "field"] | None = Field(None, description=N_("Where the officer acts."))


class TimelineParameters(InState, Paged):
    """What happened, by day."""

    agency: Text | None = Field(None, description=N_("Any spelling ever printed, or the agency's id."))
    kind: tuple[EntryKind, ...] = Field(
        (),
        description=N_(
            "Kinds of entries; all if left out. May be repeated: agreement, provision, outcome, or one of figures "
            "(finding, money, count, target)."
        ),
    )
    since: Day | None = Field(None, description=N_("The first day; the beginning if left out."))
    until: Day | None = Field(None, description=N_("The last day; the end if left out."))


class QuestionParameters(OnDay, Known, InState, Under, Paged):
    """A usual question."""

    of: Text | None = Field(None, description=N_("For ranks: state or county."))
    by: Text | None = Field(None, description=N_("For ranks: by what; for growth: model, kind or state."))
