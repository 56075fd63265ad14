"""The operations that take a body: the figures of a story, and the clock of one hold. Nothing sent is kept or logged."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import Field

from ledger287.custody.answer import ClockAnswer, clock_answer
from ledger287.custody.asking import OPTIONS, case_of
from ledger287.custody.law import law
from ledger287.record.answers import as_json
from ledger287.web.api_v1.asking import Asking, Text
from ledger287.web.api_v1.operations import ROOT
from ledger287.web.api_v1.schemas import Schema, schema_of
from ledger287.web.edition import Edition
from ledger287.web.site import Site

Time = Text
EVENTS = {option.removeprefix("--"): event for event, option in OPTIONS.items()}


@dataclass(frozen=True, slots=True)
class Posting:
    """One address that takes a body. ``answered`` is the real answer to the example."""

    name: str
    path: str
    says: str
    about: str
    takes: type[Asking]
    example: Mapping[str, Any]
    schema: Callable[[dict[str, Schema]], Schema]
    answered: Callable[[Edition], Any]
    answer: Callable[[Site, Any], Awaitable[Any]]

    @property
    def address(self) -> str:
        """Its path from the site's root."""
        return ROOT + self.path


class HoldAsked(Asking):
    """The instants of one case: with an offset (2025-07-03T10:00-05:00), or as the jail's clock showed them."""

    releasable: Time = Field(description="When the person was otherwise releasable.")
    received: Time | None = Field(None, description="When the detainer was received.")
    passed: Time | None = Field(None, description="When custody passed to ICE.")
    left: Time | None = Field(None, description="When the person left.")
    claimed: Time | None = Field(None, description="When a claim to US citizenship was made.")
    complaint: Time | None = Field(None, description="When a complaint was filed.")
    zone: Text | None = Field(None, description="The jail's zone, as America/Chicago.")
    state: Text | None = Field(None, description="The jail's state, by code or name.")
    form: Text | None = Field(None, description="The form of the detainer, as I-247A.")
    model: Text | None = Field(None, description="The agency's model: JEM, WSO, TFM or none.")


def _clock(asked: HoldAsked) -> ClockAnswer:
    times = {event: getattr(asked, name) for name, event in EVENTS.items()}
    return clock_answer(case_of("case", times, asked.zone, asked.state, asked.form, asked.model), law())


async def _hold(_: Site, asked: HoldAsked) -> ClockAnswer:
    return _clock(asked)


HOLD_EXAMPLE = {
    "releasable": "2025-07-03 10:00",
    "received": "2025-07-02 16:30",
    "zone": "America/Chicago",
    "state": "TX",
    "form": "I-247A",
    "model": "WSO",
}
HOLD = Posting(
    "hold",
    "/hold",
    "When one hold must have ended, no later than",
    "Every clock with its end and rule, the one that governs and why, and the deadlines of duties. Of several limits "
    "only the earliest is the end. It grants no authority to hold and is not legal advice.",
    HoldAsked,
    HOLD_EXAMPLE,
    lambda found: schema_of(ClockAnswer, found),
    lambda _: as_json(_clock(HoldAsked.model_validate(HOLD_EXAMPLE))),
    _hold,
)
POSTS: tuple[Posting, ...] = (HOLD,)
