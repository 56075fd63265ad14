"""What named agencies did about the program, verb by verb: signed in May, dropped off the list in June, remains on it.

What enters: a parsed sentence, the names of the record, the index. What leaves: one answer for each verb whose subject
is the agency right before it, or that of the verb before. Promise: agency, model and day of one verb meet in one
agreement; a verb whose subject is not plain, or a return that the lists do not show, is never decided.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.amounts.times.windows import resolve
from ledger287.factcheck.extract.model import Claim, Days, OfAgencies, Phrasing, Sense, Span, When, Where
from ledger287.factcheck.extract.statements.named.holding import ANOTHER, held, says_jail, still_listed
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.elsewhere import elsewhere_too
from ledger287.factcheck.extract.statements.named.names.naming import of_text
from ledger287.factcheck.extract.statements.named.names.unlisted import unlisted
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.measures.readings import moment
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import JUDGED, NOT_THEN

LIST = (
    r"(?:(?:ICE[’']s|the(?: agency[’']s| federal| government[’']s)?) (?:participating |public )?(?:list|roster)"
    r"|the (?:287\(g\) )?program)\b"
)
KIND = r"(?:287\(g\) )?(?:(?:task force|jail(?: enforcement)?|warrant(?: service)?(?: officer)?)(?: model)? )?"
NEXT = (
    r"(?=,? (?:in|on|under|last|this|by|early|late|as|and|but|since|from|between|until|[A-Z][a-z]+\.? \d+)\b|[.,;]|$)"
)
VERBS = when_needed(
    rf"\b(?P<again>rejoined(?: {LIST})?|signed (?:on )?again){NEXT}"
    rf"|\b(?P<signed>(?:joined|entered)(?: the {KIND}program)?|signed(?: on| up)?(?: an? {KIND}agreement)?){NEXT}"
    rf"|\b(?P<off>(?:is|are|was|were) (?:off|gone from|missing from|absent from) {LIST})"
    r"|\b(?P<applied>applied(?: to join the program| for an agreement)?|(?:is|are|was|were) on (?:ICE[’']s|the) "
    rf"pending list){NEXT}"
    r"|\b(?P<wish>(?:refused|declined) to (?:join|sign|take part|participate)(?: (?:in )?the program| an agreement)?)"
    rf"{NEXT}"
    rf"|\b(?P<holds>(?:is|was|were|are) in (?:force|effect)){NEXT}"
    rf"|\b(?P<listed>(?:is|are|was|were) (?:now |already |also |currently )*(?:on|in) {LIST}|appears? on {LIST}"
    r"|(?:is|are|was|were) (?:now |already |also |currently )*(?:a )?(?:part|members?) of the (?:287\(g\) )?program"
    r"|(?:is|are|was|were) (?:now |already |also |currently )*(?:enrolled|listed|a (?:partner|participant)|partners|"
    r"participants)(?: as (?:a )?(?:participants?|partners?))?(?: in the (?:287\(g\) )?program)"
    rf"|(?:is|are|was|were) listed as (?:a )?(?:participants?|partners?|members?)"
    rf"|(?:has|have) been (?:(?:on|in) {LIST}|(?:a )?(?:part|members?) of {LIST}|(?:a )?(?:partners?|participants?)"
    rf"(?: (?:of ICE|in {LIST}))?)|(?:has|have) (?:taken part|participated)(?: in {LIST})?"
    rf"|(?:was|were) (?:a )?(?:partners?|participants?)(?: of ICE)?(?! in the (?:287|program))){NEXT}"
    rf"|\b(?P<enrolled>(?:enrolled in|signed up for|came aboard) the {KIND}program|came (?:aboard|on board)"
    rf"|(?:was|were) added to {LIST}|became an? (?:partner|participant|member) (?:in|of) the {KIND}program){NEXT}"
    rf"|\b(?P<left>(?:(?:has|have|had) )?(?:(?:dropped|fell|fallen|came) off|vanished from|disappeared from|left|quit|"
    rf"withdrew from|withdrawn from|exited) {LIST}|"
    rf"(?:has |have )?(?:dropped out|withdrew|withdrawn|bowed out|backed out|pulled out)"
    rf"(?: of {LIST})?(?! from| of)|(?:was|were) (?:dropped|removed|taken|struck|deleted|gone) (?:from|off) {LIST}"
    rf"|(?:has |have )?(?:abandoned|departed|walked away from|backed out of|pulled out of|bowed out of) {LIST}|"
    rf"(?:has |have )?(?:lost|gave up|given up|severed|dropped|relinquished|surrendered) (?:its|his|her|their) "
    rf"{KIND}agreement(?: with ICE)?)"
    rf"|\b(?P<stays>(?:remains?|stays?|(?:is|are) still) (?:(?:on|in|part of) {LIST}|"
    rf"an? (?:partner|participant|member) (?:in|of) the {KIND}program)|still (?:runs|run|has|have|holds|hold|"
    rf"operates|operate) (?:its|their|an?|the) {KIND}(?:agreements?|program))\b"
    rf"|\b(?P<unreturned>(?:has|have) not (?:yet )?(?:rejoined(?: {LIST})?|returned to {LIST}|been let back in)){NEXT}"
    rf"|\b(?P<absent>(?:is|are|was|were) not (?:on|in) {LIST}|"
    r"(?:is|are|was|were) not among (?:the )?(?:[A-Z][a-z]+ )?(?:participating )?(?:agencies|departments|participants)"
    rf"(?: with (?:an )?agreements?)?){NEXT}"
    rf"|\b(?P<never>never (?:appeared|was) (?:on {LIST}|among the participants)){NEXT}"
    r"|(?<=\band )(?P<gap>[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?= (?:in|on) [A-Z])"
    rf"|(?<=\band )(?P<same>an? {KIND}agreement)(?= in\b| on\b)"
)
DONE = when_needed(
    r"[Jj]oin|\benter|[Ss]ign|\boff\b|\bgone\b|missing|absent|appl|pending list|refuse|decline|in force|"
    r"in effect|\bon\b|\b(?:is|are|was|were) in\b|appear|part of|member|enroll|listed|participant|partner|aboard|"
    r"added|became|dropped|"
    r"fell|fallen|vanished|left|quit|withdr|exited|\bout\b|removed|taken|struck|deleted|abandon|depart|walked|lost|g[ai]ve|"
    r"sever|relinquish|surrender|taken part|participat|been|remain|stay|still|\bnot\b|never|\band [A-Za-z]"
)
"""A word that each of these verbs has."""
WORDS_OF_NAME = (
    r"(?!(?:Nobody|Everyone|Everybody|Somebody|Nothing|No|None|After|Before|While|When|Since|If|Unless|Until|Although|Though|Because|Once|Neither|Either|Only|Both|Every|"
    r"Not|Even|Like|Unlike|Except|Besides)\b)(?:[A-Z][\w’'-]*|St\.)(?:[ -](?:[A-Z][\w’'-]*|of|du|St\.))*"
)
TOWN = r"[A-Z][\w-]+(?: [A-Z][\w-]+)?"
STATE = r"[A-Z][\w.]*(?: (?:of )?[A-Z][\w.]*)*"
"""The place behind a name: capitalized words, so that no verb or modal is taken for a part of it."""
SUBJECT = when_needed(
    rf"(?:^|(?<=[;,] )|(?<=\band )|(?<=\bwhile )|(?<=\bbut ))(?P<subject>"
    rf"[Tt]he (?:sheriff|Sheriff) of (?P<county>{WORDS_OF_NAME} (?:County|Parish))(?:, {STATE},)?"
    rf"|Sheriff (?:[A-Z][\w.’'-]* ){{2,3}}of (?P<of>{WORDS_OF_NAME} (?:County|Parish))(?:, {STATE},)?"
    rf"|(?P<sheriff>{WORDS_OF_NAME}? (?:County|Parish))(?:, {STATE},)? Sheriff(?: [A-Z][\w.’'-]*){{2,3}}"
    rf"|(?P<owner>{WORDS_OF_NAME}? (?:County|Parish))[’']s (?:sheriff[’']s office|sheriff|{KIND}agreement)"
    rf"|(?P<attorney>{WORDS_OF_NAME}? (?:County|Parish))[’']s attorney"
    rf"|(?P<department>{WORDS_OF_NAME}?)[’']s (?:police )?department"
    rf"|[Tt]he (?:city|town|borough|village) of (?P<place>{WORDS_OF_NAME})"
    rf"|(?P<first>{TOWN}) and (?P<second>{TOWN})(?=, (?:two|both) )"
    rf"|(?P<one>{WORDS_OF_NAME}) and (?P<other>{WORDS_OF_NAME}) (?:[Cc]ounties(?:[’'] sheriffs)?)"
    rf"|(?:[Tt]he )?(?P<town>{WORDS_OF_NAME}?)(?:, {STATE},)?(?:[’']s)? police(?: department)?"
    rf"(?: in {STATE})?"
    rf"|(?:[Tt]he )?(?P<name>{WORDS_OF_NAME}[A-Za-z’'])(?:,? (?:in|of) {STATE}|, {STATE},)?"
    r")(?:,? (?:whose|which|who|in|home to|just outside|outside|near|a suburb of|part of|cut|"
    r"the only|the last|one of|an?|two|three|both|population) [^,;]*(?:, \d{4})?,)?"
    r"(?:, which|, who| has| have| also| later| then| formally| officially)*$"
)
CONTINUED = when_needed(
    r"^(?:,? (?:and|but|then)|[:;] (?:its|their) agreement(?: of [^,;:]*)?(?:, [^,;:]*,)?|,)?"
    r"(?: (?:then|also|later|has|have))* ?$"
)
OFFICES = when_needed(
    r"(?:Office|Department|Dept\.?|Police|Patrol|County|Parish|Corrections|Safety|Enforcement|Guard|Auditor|Marshal|"
    r"Commission|Bureau|Division|Authority|Control|Investigation|Narcotics|Resources)$"
)
BREAK = when_needed("[;:]")
RETURN = "whether it was in the program before is not in the lists"
SEVERAL_DAYS = "more than one day or model is named for one verb"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a verb is said of: the names, and the stretch of the text."""

    names: tuple[str, ...]
    span: Span


def memberships(
    parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index
) -> Iterator[Answer]:
    """The answers on the verbs of a sentence; none where a name or a county has the verb for itself already."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    verbs = list(VERBS.finditer(text)) if DONE.search(text) else []
    subject, kind, end, last = None, "", 0, When()
    for at, verb in enumerate(verbs):
        head = text[end : verb.start()]
        short = verb["same"] or verb["gap"]
        found = None if short else _subject(text[: verb.start()], offset, parsed)
        if verb["gap"]:
            span = Span(verb.start("gap") + offset, verb.end("gap") + offset)
            found = Subject((f"{verb['gap']} Police Department",), span)
        subject = found or (subject if CONTINUED.match(head) and at else None)
        kind = str(verb.lastgroup) if not short else kind if kind == "signed" else ""
        stop = verbs[at + 1].start() if at + 1 < len(verbs) else len(text)
        stop = next((one.start() for one in BREAK.finditer(text, verb.end(), stop)), stop)
        stretch = [one for one in parsed.tokens if verb.start() + offset <= one.span.start < stop + offset]
        end = max((one.span.end - offset for one in stretch if one.kind in ("WHEN", "MODEL")), default=verb.end())
        end = max(end, verb.end())
        if subject is None or not kind:
            continue
        when, model, plain = _said_with(stretch, behind, last)
        last = when if when.windows else last
        for name in subject.names:
            stated = of_text(name, _stated(parsed, subject.span), states)
            claim = Claim(
                "holds",
                None,
                "agreements",
                Where(stated, True, "stated") if stated else Where(),
                when,
                subject.span,
                parsed.sentence.span,
                model,
                wording=Phrasing(
                    speaker=parsed.sentence.speaker,
                    covers=((Span(verb.start() + offset, verb.end() + offset), "what happened"),),
                    vague="still" if kind == "stays" else None,
                ),
                terms=OfAgencies(agencies=_agencies(name, names, states, stated)),
                sense=_sense(kind, when),
            )
            answer = unlisted(
                held(claim, name, behind, index, loose=says_jail(parsed.tokens)), name, stated or states, behind, index
            )
            answer = _complete(answer, kind, plain, behind, index)
            if answer.verdict in NOT_THEN and not (stated or states or "County" in name or "State" in name):
                reason = (
                    f"{answer.reason.rstrip('.')}; the text names no state, and other states may have one of that name."
                )
                answer = replace(answer, verdict="cannot_tell", reason=reason, settles="the state")
            yield elsewhere_too(answer, name, stated or states, index)


SENSES: dict[str, Sense] = {
    "off": "absent",
    "unreturned": "absent",
    "absent": "absent",
    "left": "left",
    "never": "never",
    "applied": "applied",
    "wish": "wish",
}
"""What a verb says, as claims that name an agency have it; of every other one, that it holds an agreement."""


def _sense(kind: str, when: When) -> Sense:
    dated = bool(when.windows) and not when.since
    return "signed" if kind in ("signed", "again", "enrolled") and dated else SENSES.get(kind, "")


def _subject(head: str, offset: int, parsed: Parsed) -> Subject | None:
    found = SUBJECT.search(head.rstrip())
    if found is None:
        return None
    span = Span(found.start("subject") + offset, found.end("subject") + offset)
    if found["one"]:
        return Subject((f"{found['one']} County", f"{found['other']} County"), span)
    if found["first"]:
        return Subject((f"{found['first']} Police Department", f"{found['second']} Police Department"), span)
    if found["attorney"]:
        return Subject((f"{found['attorney']} Attorney's Office",), span)
    county = found["county"] or found["of"] or found["sheriff"] or found["owner"]
    if county:
        return Subject((f"{county} Sheriff's Office",), span)
    if town := found["town"] or found["department"] or found["place"]:
        town = re.sub(r"[’']s$", "", town)
        return Subject((f"{town} Police Department",), span)
    name = found["name"].removeprefix("The ")
    if any(one.kind in ("PLACE", "UNIT", "OTHER") and one.text == name for one in parsed.tokens):
        return None  # agencies signed on in February
    return Subject((name if OFFICES.search(name) else f"{name} Police Department",), span)


FORMS = ("Borough Police Department", "Township Police Department", "Town Police Department", "City Police Department")
"""Names of a town's police department next to the plain one."""


def _agencies(name: str, names: Names, states: Sequence[str], stated: tuple[str, ...]) -> tuple[str, ...]:
    """The agencies of a name, and of its longer forms where a town has none of the plain one."""
    town = name.removesuffix(" Police Department")
    forms = [f"{town} {form}" for form in FORMS] if town != name else []
    found = (names.find(one, states, stated=stated) for one in (name, *forms))
    return next((one for one in found if one), ())


def _stated(parsed: Parsed, span: Span) -> tuple[str, ...]:
    """The states within a subject; else the only one that the sentence names."""
    places = [one for one in parsed.tokens if one.kind == "PLACE"]
    own = tuple(dict.fromkeys(one.value for one in places if span.start <= one.span.start < span.end))
    named = {one.value for one in places}
    return own or (tuple(named) if len(named) == 1 else ())


def _said_with(stretch: Sequence[Token], behind: Background, last: When) -> tuple[When, str | None, bool]:
    """The day and the model that a verb has, and whether it has no more than one of each and a year is known."""
    dated = [one for one in stretch if one.kind == "WHEN"]
    models = list(dict.fromkeys(one.value for one in stretch if one.kind == "MODEL"))
    when = resolve(dated[0].dated, behind.published, behind.years) if dated and dated[0].dated else When()
    plain = len(dated) <= 1 and len(models) <= 1
    years = {one.first.year for one in when.windows}
    if last.windows and dated and not re.search(r"\b\d{4}\b|last|this", dated[0].text) and len(years) == 1:
        plain = plain and years == {one.first.year for one in last.windows}  # in July 2025 and in March: of which year?
    if len(years) > 1:
        before = {one.first.year for one in last.windows}
        when = replace(when, windows=tuple(one for one in when.windows if before == {one.first.year}) or when.windows)
        plain = plain and len({one.first.year for one in when.windows}) == 1
    return when, models[0] if len(models) == 1 else None, plain


def _complete(answer: Answer, kind: str, plain: bool, behind: Background, index: Index) -> Answer:
    """An answer withdrawn where the verb says more than one agreement on one day can show."""
    claim = answer.claim
    if answer.verdict not in JUDGED:
        return answer
    reason = "" if plain else SEVERAL_DAYS
    runs = [run for run in index.runs if run.agency_id in claim.agencies and under(claim.model, run.model)]
    windows = moment(claim, behind.published, index).windows or (Days(index.days[-1], index.days[-1]),)
    places = [place for one in windows for place in index.window(one.first, one.last)]
    first, last = (min(places), max(places)) if places else (0, len(index.days) - 1)
    if kind == "again" and not any(run.last < first for run in runs):
        reason = reason or RETURN
    if kind in ("off", "unreturned") and answer.verdict == "supported" and not any(run.last < last for run in runs):
        reason = reason or "no list before that day had it, and the sentence says that it was listed"
    if kind == "left" and answer.verdict == "supported" and still_listed(claim, windows, index):
        reason = reason or ANOTHER
    if not reason:
        return answer
    return replace(answer, verdict="cannot_tell", reason=f"{answer.reason.rstrip('.')}; {reason}.",
                   settles=answer.settles or "an earlier list")  # fmt: skip
