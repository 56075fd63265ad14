"""Rules: the dated, cited provisions in force on a day, one of them in full, and what changed between two days."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import polars as pl

from ledger287.core.problem import Refused
from ledger287.law.agreements.table import Listing, functions_table
from ledger287.law.lawbook.book import shipped
from ledger287.law.lawbook.shown.jurisdictions import jurisdictions_on
from ledger287.law.lawbook.shown.listing import ChangesAnswer, RuleOn, RulesAnswer, changes_of_law, rule_on, rules_on
from ledger287.web.edition.edition import Edition
from ledger287.web.render.page import Page, PageKind, once
from ledger287.web.server.query import Missing, Offer, Query

KINDS_OF_RULE = (
    "statute", "regulation", "policy", "form", "agreement", "state_law", "state_policy", "holding", "oversight",
    "analysis", "fact",
)  # fmt: skip
"""The kinds in the order of the page: the nation's law, the forms, the agreements, the states, then what was found."""
STANDINGS = ("primary", "verified", "secondary", "unverified", "counted")
MODELS = ("JEM", "WSO", "TFM")


def make_rules(edition: Edition, query: Query) -> Page:
    """The rules in force on a day, or what changed since another."""
    kind, standing = _word(query, "kind", KINDS_OF_RULE), _word(query, "standing", STANDINGS)
    found = rules_on(query.on, query.get("state"))
    rules = [one for one in found.rules if kind in (None, one.kind) and standing in (None, one.standing)]
    since = query.day("diff")
    changes = changes_of_law(since, query.on, found.state) if since else None
    return Page(
        _answer(found, rules, kind, standing, changes),
        table=_table(rules),
        shown={
            "groups": _groups(rules, edition.state_names),
            "count": len(rules),
            "state": found.state,
            "rule_kind": kind,
            "standing": standing,
            "since": since,
            "changes": changes,
            "questions": found.open_questions,
            "not_yet": len(found.not_yet),
            "ended": len(found.ended),
            "first_day_unknown": sum(one.holds == "day unknown" for one in rules),
            "rule_kinds": KINDS_OF_RULE,
            "standings": STANDINGS,
        },
    )


def _word(query: Query, name: str, allowed: tuple[str, ...]) -> str | None:
    given = query.get(name)
    if given is not None and given not in allowed:
        raise Refused(f"{name}: expected one of {', '.join(allowed)}, found {given[:40]!r}.")
    return given


def _answer(
    found: RulesAnswer, rules: list[RuleOn], kind: str | None, standing: str | None, changes: ChangesAnswer | None
) -> dict[str, Any]:
    """What ``.json`` gives; with ``diff``, the changes come with the rules of the later day."""
    return {
        "on": found.on,
        "state": found.state,
        "kind": kind,
        "standing": standing,
        "rules": rules,
        "changes": changes,
        "open_questions": found.open_questions,
        "says": found.says,
        "not_yet": found.not_yet,
        "ended": found.ended,
    }


def _table(rules: list[RuleOn]) -> pl.DataFrame:
    rows = [
        {
            "rule": one.id,
            "kind": one.kind,
            "territory": " ".join(one.territory) if one.territory else None,
            "says": one.says,
            "citation": one.citation,
            "standing": one.standing,
            "holds": one.holds,
            "effective": one.dates.effective,
            "ended": one.dates.ended,
            "last_checked": one.last_checked,
            "checked_until": one.checked_until,
            "source": one.source,
        }
        for one in rules
    ]
    days = ("effective", "ended", "last_checked", "checked_until")
    return pl.DataFrame(rows, schema={name: pl.Date if name in days else pl.String for name in DESCRIBED})


DESCRIBED = (
    "rule", "kind", "territory", "says", "citation", "standing", "holds", "effective", "ended", "last_checked",
    "checked_until", "source",
)  # fmt: skip


def _groups(rules: list[RuleOn], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rules by kind; those of states by state, those of agreements by model."""
    found = []
    for kind in KINDS_OF_RULE:
        mine = [one for one in rules if one.kind == kind]
        parts: dict[str, list[RuleOn]] = {}
        for one in mine:
            parts.setdefault(_part(one, kind), []).append(one)
        if mine:
            named = [{"part": part, "name": names.get(part, part), "rules": parts[part]} for part in sorted(parts)]
            found.append({"kind": kind, "count": len(mine), "parts": named})
    return found


def _part(one: RuleOn, kind: str) -> str:
    if kind in ("state_law", "state_policy"):
        return ", ".join(one.territory or ())
    return one.clause.model if kind == "agreement" and one.clause else ""


def make_rule(edition: Edition, query: Query, id: str) -> Page:
    """One rule, in full, as it is on a day."""
    try:
        answer = rule_on(id, query.on)
    except Refused:
        near, says = _near(id), f"No rule has the id {id[:80]!r}."
        raise Missing(f"{says} The nearest:" if near else f"{says} All rules are under /rules.", offers=near) from None
    if answer.rule.id != id:
        raise Missing(f"There is no rule {id[:80]!r}; there is {answer.rule.id!r}.", offers=_near(answer.rule.id))
    rule = answer.rule
    return Page(
        {"on": answer.on, "rule": rule, "open_questions": answer.open_questions, "says": answer.says},
        shown={
            "rule": rule,
            "dates": _dates(rule),
            "questions": answer.open_questions,
            "places": [(code, edition.state_names[code]) for code in rule.territory or ()],
        },
    )


def make_jurisdictions(edition: Edition, query: Query) -> Page:
    """The law of the states, DC and the territories on holds and agreements, next to one another."""
    del edition
    found = jurisdictions_on(query.on)
    rows = [
        {
            "code": one.code,
            "name": one.name,
            "territory": one.territory,
            "holds": one.holds.does,
            "holds_since": one.holds.since,
            "holds_standing": one.holds.standing,
            "holds_settled": one.holds.settled,
            "holds_rules": " ".join(one.holds.rules),
            "a_hold_is": one.a_hold_is,
            "agreements": one.agreements.does,
            "agreements_reach": " ".join(one.agreements.reaches),
            "agreements_since": one.agreements.since,
            "agreements_standing": one.agreements.standing,
            "agreements_settled": one.agreements.settled,
            "agreements_rules": " ".join(one.agreements.rules),
        }
        for one in found.jurisdictions
    ]
    answer = {
        "on": found.on,
        "counts": found.counts,
        "jurisdictions": found.jurisdictions,
        "open_questions": found.open_questions,
        "says": found.says,
    }
    return Page(answer, table=pl.DataFrame(rows, infer_schema_length=None), shown={"found": found})


def make_functions(edition: Edition, query: Query) -> Page:
    """Every function by model and version, with the words and the page that list it."""
    del edition, query
    found = functions_table()
    groups: dict[str, list[Listing]] = {}
    for one in found.listings:
        groups.setdefault(one.function, []).append(one)
    rows = [
        {
            "function": one.function,
            "model": one.model,
            "version": one.version,
            "listed": one.listed,
            "setting": one.setting,
            "time_stated": one.time_stated,
            "words": one.words,
            "agency": one.agency,
            "sha256": one.page.sha256 if one.page else None,
            "page": one.page.page if one.page else None,
            "rule": one.rule,
        }
        for one in found.listings
    ]
    answer = {"versions": found.versions, "listings": found.listings, "says": found.says}
    return Page(answer, table=pl.DataFrame(rows, infer_schema_length=None), shown={"found": found, "groups": groups})


ALIKE = 75
"""How alike, from 0 to 100, an id is to one that was typed, for it to be offered."""


def _near(id: str) -> tuple[Offer, ...]:
    """The rules whose ids are most alike."""
    from rapidfuzz import process

    return tuple(
        (name, "rule", {"id": name})
        for name, *_ in process.extract(id, [one.id for one in shipped().provisions], limit=3, score_cutoff=ALIKE)
    )


def _dates(rule: RuleOn) -> dict[str, date]:
    dates = rule.dates
    shown = {
        "enacted": dates.enacted, "effective": dates.effective, "comply_by": dates.comply_by, "ended": dates.ended,
        "not_before": dates.not_before,
    }  # fmt: skip
    return {name: day for name, day in shown.items() if day}


def every_rule(edition: Edition) -> Iterable[Mapping[str, str]]:
    """The URLs of the rules' pages."""
    del edition
    return ({"id": one.id} for one in shipped().provisions)


KINDS = (
    PageKind("rules", "/rules", make_rules, once, takes=("state", "kind", "standing", "diff"), table=True),
    PageKind("jurisdictions", "/rules/states", make_jurisdictions, once, table=True),
    PageKind("functions", "/rules/functions", make_functions, once, table=True),
    PageKind("rule", "/rule/{id}", make_rule, every_rule),
)
