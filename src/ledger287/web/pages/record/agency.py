"""An agency: its agreements, how they came, what they let its officers do, whom it serves, and who is nearby."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from ledger287.analysis.timeline import bearing_on
from ledger287.core.problem import Refused
from ledger287.law.agreements.documents import FieldPlace, addenda_of, changes_of, document_of, places_of
from ledger287.law.agreements.evidence import evidence_of
from ledger287.law.authority.authority_answer import AuthorityTable, UnderAgreement
from ledger287.law.authority.deciding import authority_table
from ledger287.ledger.outcomes.identified import RELEASED, agency_answer, by_id
from ledger287.ledger.query.answers import AgreementAnswer
from ledger287.ledger.query.named.agency_named import OFFERED, closest
from ledger287.places.atlas import PlacedAgency
from ledger287.web.edition.documents_here import document_here
from ledger287.web.edition.edition import Edition
from ledger287.web.render import languages
from ledger287.web.render.drawings.lanes import Lane, Stretch, lanes_frame, lanes_svg
from ledger287.web.render.page import Page, PageKind
from ledger287.web.server.query import Missing, Query

WIDE, NARROW = 760, 350
PAGES_END = date(2017, 8, 1)
"""The last capture of ICE's page; between it and the first list nothing was seen."""


def make(edition: Edition, query: Query, id: str) -> Page:
    """The page of one agency, by its id."""
    held = edition.indexes
    if id not in held.agencies and id not in edition.then:
        raise _not_found(edition, id)
    number, ref = edition.lists.on(query)
    try:
        it = edition.atlas.agency(id, known_on=query.known_on)
    except Refused as refused:
        raise Missing(*refused.parts) from None
    it = replace(it, names=tuple(replace(name, name=name.name.strip(), state=name.state.strip()) for name in it.names))
    newest = held.lists[number]["day"]
    listed = listed_models(edition, id, number)
    agreements = [_agreement(one, one.agreement_id in listed, newest) for one in it.agreements]
    agreements.sort(key=lambda one: (not one["listed"], one["signed"] is None, one["signed"], one["model"]))
    day = query.on if query.get("on") or query.known_on else newest
    table = _authority(edition, id, day, query.known_on) if id in held.agencies else None
    beside = neighbours(edition, it, number, query.known_on)
    then = by_id().get(id) if (query.known_on or RELEASED) >= RELEASED else None
    return Page(
        {
            "on": query.on,
            "known_on": query.known_on,
            "list": ref,
            "agency": it,
            "listed": sorted(listed),
            "authority": authority_in_short(table) if table else None,
            "neighbours": beside,
            "identified": agency_answer(then) if then else None,
        },
        ref,
        shown={
            "it": it,
            "state_name": edition.state_names[it.state],
            "agreements": agreements,
            "held": [one for one in agreements if one["listed"]],
            "chart": _chart(edition, it, query, number),
            "rights": rights(table) if table else {"agreements": [], "functions": []},
            "rights_day": day,
            "neighbours": beside,
            "identified": then,
            "newest": newest,
            "first": _first(agreements),
            "bearing": bearing_on(it),
            "evidence_of": evidence_of,
        },
    )


def _authority(edition: Edition, id: str, day: date, known_on: date | None) -> AuthorityTable:
    """What its agreements let an agency's officers do; the same for each language and for data."""
    found: AuthorityTable = edition.recent.get(
        ("authority", id, day, known_on), lambda: authority_table(edition.atlas, id, on=day, known_on=known_on)
    )
    return found


def _agreement(one: AgreementAnswer, listed: bool, newest: date) -> dict[str, Any]:
    """An agreement with its standing on the list that the page rests on."""
    return {
        "id": one.agreement_id,
        "model": one.model,
        "signed": one.signed,
        "listed": listed,
        "later": not listed and one.first_day > newest,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "gone_day": one.gone_day,
        "document": one.document,
        "addendum": one.addendum,
        "replaces": one.replaces,
        "replaced_by": one.replaced_by,
        "remarks": one.link_remarks,
        "own": own_document(one.agreement_id) if one.document else None,
    }


def _first(agreements: Iterable[Mapping[str, Any]]) -> date | None:
    """The first day known of any agreement, where it is before that of the oldest one in force; else None."""
    days = [(one["signed"] or one["first_day"], one["listed"]) for one in agreements if not one["later"]]
    present = min((day for day, listed in days if listed), default=None)
    first = min((day for day, _ in days), default=None)
    return first if first and present and first < present else None


def own_document(agreement: str) -> dict[str, Any] | None:
    """What was read in an agreement's own document, for the page: nothing that is in doubt; None where nothing is."""
    found = document_of(agreement)
    if found is None:
        return None
    read = {
        "version": found.version if found.version_certainty == "read" else None,
        "ice": found.ice_signed if found.ice_certainty == "read" else None,
        "agency": found.agency_signed if found.agency_certainty == "read" else None,
    }
    if not any(read.values()):
        return None
    addenda = [addendum.page for addendum in addenda_of(found.sha256)]
    changes = [
        {"page": change.page, "bears_on": change.bears_on, "before": change.before, "after": change.after}
        for change in changes_of(agreement)
    ]
    pages: dict[int, list[FieldPlace]] = {}
    for place in places_of(found.sha256):
        pages.setdefault(place.page, []).append(place)
    places = sorted(pages.items())
    drawn = found.sha256 if places and document_here(found.sha256) else None
    more = {"addenda": addenda, "changes": changes, "places": places, "drawn": drawn}
    return {**read, "page": found.signed_page, **more}


def listed_models(edition: Edition, agency: str, number: int) -> dict[str, str]:
    """The agreements of an agency that a list has, each with its model."""
    runs = edition.indexes.statements_of(agency)
    return {run["agreement_id"]: run["model"] for run in runs if run["first_list"] <= number <= run["last_list"]}


def neighbours(edition: Edition, it: PlacedAgency, number: int, known_on: date | None) -> list[dict[str, Any]]:
    """The other agencies of the same counties that were known by then, those with an agreement on the list first."""
    if it.jurisdiction is None:
        return []
    names = edition.names_on(known_on)
    ids = {other for fips in it.jurisdiction.counties for other in edition.agencies_of.get(fips, ())} - {it.id}
    found = []
    for other in ids & names.keys():
        models = sorted(set(listed_models(edition, other, number).values()))
        found.append({"id": other, "name": names[other], "models": models})
    return sorted(found, key=lambda one: (not one["models"], one["name"]))


# -- drawing -----------------------------------------------------------------------------------------


def _chart(edition: Edition, it: PlacedAgency, query: Query, number: int) -> dict[str, Any]:
    """The agency's lanes for wide and for narrow screens; none where it was never on a list of a known day."""
    days = edition.indexes.days
    until = max([days[number], *(one.last_day for one in it.agreements), *(one.last_day for one in it.pending)])
    lanes = [Lane(one.model, (*_waits(it, one), *_stretches(edition, it.id, one)), one.signed) for one in it.agreements]
    waiting = [one for one in it.pending if one.agreement_id is None]
    lanes += [Lane(one.model, (Stretch(one.first_day, one.last_day, pending=True),)) for one in waiting]
    if not lanes:
        return {}
    lanes.sort(key=lambda lane: min(each.first for each in lane.stretches))
    title = languages.translations(query.lang).gettext("When each agreement was on ICE’s lists")
    return {
        "wide": lanes_svg(lanes, until, title, WIDE, query.lang),
        "narrow": lanes_svg(lanes, until, title, NARROW, query.lang),
        "title": f"{' '.join(it.name.split())}: {title}",
        "values": lambda: lanes_frame(lanes),
    }


def _waits(it: PlacedAgency, one: AgreementAnswer) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(run.first_day, run.last_day, pending=True) for run in it.pending if run.agreement_id == one.agreement_id
    )


def _stretches(edition: Edition, agency: str, one: AgreementAnswer) -> tuple[Stretch, ...]:
    """The times for which an agreement was on the lists without a gap."""
    held = edition.indexes
    numbers = held.of_kind["participating"]
    place = edition.place_of_list
    runs = [run for run in held.statements_of(agency) if run["agreement_id"] == one.agreement_id]
    begins = edition.lists.begins
    then = (Stretch(one.first_day, min(one.last_day, PAGES_END)),) if one.first_day < begins else ()
    found: list[list[int]] = []
    for run in runs:
        first, last = place[run["first_list"]], place[run["last_list"]]
        if held.days[numbers[first]] > one.last_day:
            continue
        if found and first <= found[-1][1] + 2:
            found[-1][1] = max(found[-1][1], last)
        else:
            found.append([first, last])
    return then + tuple(
        Stretch(held.days[numbers[a]], min(held.days[numbers[b]], one.last_day), open=one.status == "listed" and last)
        for a, b in found
        for last in [b == found[-1][1]]
    )


# -- what the agreements let its officers do -----------------------------------------------------------


def rights(table: AuthorityTable) -> dict[str, Any]:
    """The answers for all functions, turned for a table: agreements in force across, functions down."""
    answers = table.answers
    under = [one for one in answers[0].agreements if not one.in_force.startswith("not in force")] if answers else []
    ids = [one.agreement_id for one in under]
    functions = [
        {
            "key": answer.function,
            "name": answer.asked,
            "verdict": answer.finding.verdict,
            "under": [
                {
                    "verdict": one.finding.verdict,
                    "clause": one.clause,
                    "time_stated": one.time_stated,
                    "state_law_checked": one.state_law_checked,
                }
                for one in answer.agreements
                if one.agreement_id in ids
            ],
        }
        for answer in answers
    ]
    return {
        "agreements": under,
        "models": sorted({one.model for one in under}),
        "functions": functions,
        "limits": _limits(one for answer in answers for one in answer.agreements if one.agreement_id in ids),
        "law_for": _once(law for answer in answers for law in answer.state_law_for),
        "law_against": _once(law for answer in answers for law in answer.state_law_against),
        "open": list(dict.fromkeys(each for answer in answers for each in answer.finding.open_questions)),
    }


def _limits(under: Iterable[UnderAgreement]) -> list[dict[str, Any]]:
    """The limits of agreements, each shown once, with the models whose texts have it and the rules that contain it."""
    found: dict[str, dict[str, Any]] = {}
    for one in under:
        for limit in one.limits:
            if limit.topic != "state law":
                entry = found.setdefault(limit.says, {"says": limit.says, "models": {}, "rules": {}})
                entry["models"][one.model] = entry["rules"][limit.rule] = True
    return [{**entry, "models": list(entry["models"]), "rules": list(entry["rules"])} for entry in found.values()]


def _once(laws: Iterable[Any]) -> list[Any]:
    return list({law.rule: law for law in laws}.values())


def authority_in_short(table: AuthorityTable) -> dict[str, Any]:
    """The answers for all functions: each verdict with its clause, by agreement."""
    return {
        "on": table.on,
        "says": table.says,
        "functions": [
            {
                "function": answer.function,
                "asked": answer.asked,
                "verdict": answer.finding.verdict,
                "agreements": [
                    {
                        "agreement_id": one.agreement_id,
                        "model": one.model,
                        "in_force": one.in_force,
                        "verdict": one.finding.verdict,
                        "clause": one.clause,
                        "basis": one.basis,
                        "template": one.template,
                        "rests_on": one.rests_on,
                        "own_text": one.own_text,
                        "time_stated": one.time_stated,
                        "state_law_checked": one.state_law_checked,
                    }
                    for one in answer.agreements
                ],
                "open_questions": answer.finding.open_questions,
            }
            for answer in table.answers
        ],
    }


# -- URLs ------------------------------------------------------------------------------------------------


ID_ALIKE = 80
"""How alike, from 0 to 100, an id is to one that was typed, for it to be offered: a sign or two are wrong."""


def _not_found(edition: Edition, text: str) -> Missing:
    """What is near an id or a name that is not an agency's id, with the pages that it may mean."""
    agencies = {**edition.then, **edition.indexes.agencies}
    if text.startswith("ag-"):
        alike = process.extract(text, list(agencies), scorer=ratio, limit=OFFERED, score_cutoff=ID_ALIKE)
        near = [found for found, *_ in alike]
    else:
        near = [agency for agency, *_ in closest(text, edition.spellings)]
    offers = [(f"{agencies[one]['name']}, {agencies[one]['state']}", "agency", {"id": one}) for one in near]
    says = f"No agency has the id {text!r}. An agency is found by any name ever printed."
    return Missing(f"{says} The nearest:" if offers else says, offers=offers)


def every_agency(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the agencies' pages."""
    return ({"id": agency} for agency in (*edition.indexes.agencies, *edition.then))


KINDS = (PageKind("agency", "/agency/{id}", make, every_agency, long_data=True, day_apart=True),)
