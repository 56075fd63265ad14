"""What a named agency signed: in which order, on which days, and under how many models.

What enters: a claim of shape ``holds`` and the index. What leaves: an answer on who was the first, or whether what was
signed is enough for what the claim says. Promise: "all three models" on a day needs a signing under each on that day.
"""

from collections.abc import Collection, Iterable
from datetime import date

from ledger287.core import declared
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.verdicts.answers import Answer, brief


def enough_models(claim: Claim, models: Collection[str | None]) -> bool:
    """Whether models are as many as a claim says: all, more than one, or any."""
    return len(set(models)) >= (len(declared.models()) if "all" in claim.under else 2 if claim.under else 1)


def signed_within(claim: Claim, signings: Iterable[tuple[date, str | None]]) -> bool:
    """Whether signings (day, model) of one agency on the days of a claim are under as many models as it says."""
    inside = [
        model
        for day, model in signings
        if under(claim.model, model or "") and any(one.first <= day <= one.last for one in claim.when.windows)
    ]
    return enough_models(claim, inside)


def first_signed(claim: Claim, name: str, index: Index) -> Answer:
    """Whether nobody of the same place (and model) signed before the agency did, as far back as the lists tell."""
    meaning = f"{name} was the first to sign an agreement" + (f" under {claim.model}" if claim.model else "")
    if len(claim.agencies) != 1 or not claim.where.known:
        return Answer(claim, "cannot_tell", meaning, "the sentence does not say first of what.", measure="signed_first",
                      settles="the agency, and the place in which it was the first")  # fmt: skip
    agency, from_ = claim.agencies[0], claim.when.windows[0].first if claim.when.windows else date.min
    rows = [(day, signer) for day, _, signer, state, model in index.signings
            if (not claim.where.states or state in claim.where.states) and under(claim.model, model)
            and day >= from_]  # fmt: skip
    own = min((day for day, signer in rows if signer == agency), default=None)
    before = [(day, signer) for day, signer in rows if own is None or day < own]
    if own is not None and not before:
        note = f"of the agreements listed since {brief(index.days[0])}; earlier ones are not in the record"
        return Answer(claim, "supported", meaning, f"{name} signed on {brief(own)}; no agency there signed before it.",
                      measure="signed_first", notes=(note,))  # fmt: skip
    if not before:
        return Answer(claim, "contradicted", meaning, "the record has no signing by it.", measure="signed_first")
    day, signer = before[0]
    reason = f"{index.agencies[signer][0]} signed on {brief(day)}" + (f", {name} on {brief(own)}" if own else "")
    return Answer(claim, "contradicted", meaning, f"{reason}.", measure="signed_first")


def other_dating(claim: Claim, index: Index) -> str | None:
    """A signing day that a list once printed and ICE later corrected."""
    table = index.ledger.table("datings").select("agency_id", "model", "signed")
    for agency, model, day in table.iter_rows():
        if (
            agency in claim.agencies
            and day
            and under(claim.model, model)
            and any(one.first <= day <= one.last for one in claim.when.windows)
        ):
            return brief(day)
    return None
