"""What a named agency signed: in which order, on which days, and under how many models.

What enters: a claim of shape ``holds`` and the index. What leaves: an answer on who was the first, or whether what was
signed is enough for what the claim says. Promise: "all three models" on a day needs a signing under each on that day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ledger287.core import declared
from ledger287.core.text import brief
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.measures.readings import rules
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.law.agreements.documents import document_of
from ledger287.ledger.identity.documents import day_of_document


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


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A day of signing by another source than the list: what is said of it, and by what it is right; None where the day
    may be right, and no signature that was read says so.
    """

    says: str
    requires: str | None


def other_dating(claim: Claim, index: Index) -> OtherDay | None:
    """A signing day that the list does not print: one that ICE later corrected, or one of a document."""
    table = index.ledger.table("datings").select("agency_id", "model", "signed")
    for agency, model, day in table.iter_rows():
        if agency in claim.agencies and under(claim.model, model) and _is_meant(claim, day):
            return OtherDay(f"a list once gave {brief(day)}", "as ICE first printed the day")
    return _by_documents(claim, index) or _ahead_of_ice(claim, index)


def _ahead_of_ice(claim: Claim, index: Index) -> OtherDay | None:
    """A day so little before that of ICE that it can be the one on which the agency signed."""
    most = timedelta(days=rules()["own_signature"]["days"])
    for day, _, agency, _, model in index.signings:
        meant = agency in claim.agencies and under(claim.model, model)
        if meant and any(day - most <= one.last and one.first < day for one in claim.when.windows):
            return OtherDay("ICE's day is printed, and an agency mostly signs some days before ICE", None)
    return None


def _by_documents(claim: Claim, index: Index) -> OtherDay | None:
    """The day of the agency's own signature, or of the name of a document or an addendum."""
    rows = index.ledger.table("agreements").select("agency_id", "model", "agreement_id", "moa", "addendum").iter_rows()
    mine = [row for agency, model, *row in rows if agency in claim.agencies and under(claim.model, model)]
    for agreement, *files in mine:
        read = document_of(agreement)
        own = read.agency_signed if read and read.agency_certainty == "read" else None
        if own and _is_meant(claim, own):
            return OtherDay(f"the agency's own signature is of {brief(own)}", "by the agency's own signature")
        for day in (day_of_document(file) for file in files if file):
            if day and _is_meant(claim, day):
                return OtherDay(f"the name of its document has {brief(day)}", None)
    return None


def _is_meant(claim: Claim, day: date | None) -> bool:
    return day is not None and any(one.first <= day <= one.last for one in claim.when.windows)
