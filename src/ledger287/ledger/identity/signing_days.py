"""The signing days printed for agreements, and what has been decided about them.

A *signing* is an agency, a model and a signing day. The committed registry gives every signing printed so far its
agreement; committed decisions say of two signings whether they are one agreement with a changed date.
"""

from datetime import date
from functools import cache

from ledger287.core import declared

Signing = tuple[str, str, date | None]
"""Agency id, model, signing day as read (None where it cannot be)."""


Redating = tuple[str, str, date | None, date | None]
"""Agency id, model, the day before and the day after."""


def minted_agreement_id(signing: Signing) -> str:
    """The id of a new agreement: its agency, model and the signing day first printed for it."""
    agency_id, model, signed = signing
    return f"{agency_id}-{model.lower()}-{signed.isoformat() if signed else 'undated'}"


@cache
def committed_signings() -> dict[Signing, str]:
    """Every signing of the committed registry, with the id of its agreement."""
    return {
        (row["agency_id"], row["model"], _day(row["signed"])): row["agreement_id"]
        for row in declared.rows("registry/agreements.csv")
    }


@cache
def committed_day_decisions() -> dict[Redating, str]:
    """(agency id, model, old day, new day) -> ``corrected`` or ``renewed``, as people decided."""
    return {
        (row["agency_id"], row["model"], _day(row["signed_before"]), _day(row["signed_after"])): row["verdict"]
        for row in declared.rows("identity/signing_days.csv")
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
