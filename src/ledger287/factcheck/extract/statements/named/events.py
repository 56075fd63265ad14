"""Statements about named agencies and places: who signed, who leads, who is the only one.

What enters: a parsed sentence, the names of the record, the index. What leaves: answers on statements
without a count of their own. Promise: a name that fits agencies of several states is not guessed at.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.factcheck.extract.amounts.times.timing import Background, times
from ledger287.factcheck.extract.model import Claim, Days, OfAgencies, Phrasing, Sense, Span, When, Where
from ledger287.factcheck.extract.statements.compared.only_words import only_has
from ledger287.factcheck.extract.statements.named.holding import held, says_jail
from ledger287.factcheck.extract.statements.named.names.agencies import Names
from ledger287.factcheck.extract.statements.named.names.elsewhere import elsewhere_too
from ledger287.factcheck.extract.statements.named.names.naming import ENUMERATED, named_in, of_text, stated_at
from ledger287.factcheck.extract.statements.named.names.unlisted import unlisted
from ledger287.factcheck.extract.statements.named.names.whose_verb import not_who_did
from ledger287.factcheck.extract.statements.named.said_with import models_in, whens_in
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import NOT_THEN, UNCONDITIONAL

ABSENT = when_needed(
    r"(?i)\bha(?:s|ve|d) no (?:such |current |active |existing )?(?:287|agreement|contract|formal)"
    r"|\bdo(?:es)?(?:n[’']t| not) (?:have|hold|participate|take part)"
    r"|\bno longer (?:an? |its )?(?:active )?(?:participants?|members?|partners?)\b"
    r"|\bno longer (?:has|have|holds?|participates?|appears?(?: on)?|listed|takes? part|part of|on|in)\b"
    r"|\b(?:is|are) off (?:ICE[’']s|the)\b|\btak(?:es?|ing) no part\b|\bdo(?:es)?(?: not|n[’']t) take part\b"
    r"|\b(?:is|are) not (?:on|in|part of)\b"
)
NEITHER = when_needed(
    r"\b(?P<neither>[Nn]either) (?:the )?[A-Z][^,;.]*? (?P<nor>nor) (?:the )?[A-Z][^,;]* (?:has|have|had|holds?|signed|"
    r"joined|participates?|participated|takes? part|is|are)\b"
)
"""Of two agencies each is said to have none."""
GONE = when_needed(r"(?i)\bno longer\b")
MEMBER = when_needed(
    r"\b(?:is|are|remains?) (?:already |also |still )?(?:among|one of) "
    r"(?=(?:the )?(?:[A-Z][\w.]*(?: [A-Z]\w*)?(?:[’']s?)? )?(?:program )?participants\b)"
)
INCLUDING = when_needed(
    r"\b(?:agencies|departments|offices|sheriffs|participants|partners|members)\b[^,;]*,? "
    r"(?:including|among them|such as) (?:the )?[A-Z]"
)
"""Agencies named as some of those counted."""
PROGRAM_OR_LIST = when_needed(r"(?i)\b(?:list|listed|roster|program|participants)\b")
PART = (
    "part",
    "participates",
    "participate",
    "participating",
    "holds",
    "held",
    "had",
    "has",
    "have",
    "hold",
    "member",
    "takes",
    "enrolled",
    "under",
    "partnered",
    "deputized",
    "belongs",
    "belong",
    "runs",
    "run",
    "uses",
    "use",
    "operates",
    "operate",
)
WISHING = when_needed(
    r"(?i)\b(?:is|are|was|were|has been|have been) (?:also |now |still )?"
    r"(?:considering|weighing|discussing|mulling|debating|seeking|planning|exploring)\b"
    r"|\b(?:considers?|considered|declined|declines|refused|refuses|rejected|rejects|opted not|"
    r"decided not|voted not|voted against|turned down)\b"
    r"|\b(?:submitted an? application|put in for)\b"
    r"|\b(?:plans?|planned|hopes?|wants?|wanted|intends?|applied|asked|may|might|could|would|will)(?: not)? "
    r"(?:to )?(?:soon |also |still |yet )?"
    r"(?:sign|join|enter|seek|end|renew|consider|take part|participate|get|have|drop|leave)\b"
)
APPLYING = when_needed(
    r"(?i)\b(?:applied|applies|applying) (?:for|to (?:join|sign|enter|take part|participate|become))\b"
    r"|\b(?:requested|sought|seeks|asked (?:ICE )?for|asked (?:ICE )?to (?:join|sign|enter|take part|participate))\b"
    r"|\b(?:has|have|had) an? (?:pending )?(?:287\(g\) )?application\b"
    r"|\b(?:is|are|was|were) (?:pending|awaiting (?:ICE[’']s )?approval|waiting (?:for approval|on ICE|for ICE))\b"
)
"""An application, of which ICE's pending list is the record."""
LAPSED = when_needed(
    r"(?i)\b(?:let|lets|allowed|allows) (?:its|the|his|her|their) (?:287\(g\) |task force |jail |warrant service )*"
    r"(?:agreements?|contract|pact|deal|memorandum|participation) (?:with ICE )?(?:to )?(?:lapse|expire|end|run out)\b"
    r"|\b(?:agreements?|contract|pact|deal) (?:with ICE )?(?:has |have |had )?(?:lapsed|expired|ran out)\b"
    r"|\bput an end to (?:its|the|his|her|their)\b|\b(?:stopped|ceased|quit) participating in\b"
    r"|\bopted out of\b|\bended (?:its|his|her|their) (?:participation|partnership|involvement)\b"
)
"""That an agreement is no more, in several words."""
NEVER = when_needed(
    r"(?i)\b(?:has|have|had)(?: not|n[’']t| never) (?:yet )?"
    r"(?:signed|joined|entered|taken part|participated|held|enrolled)"
    r"|\bnever (?:signed|joined|entered|took part|participated|held|had|enrolled)"
    r"|\b(?:has|have|had) never been (?:an? )?(?:part of|in|on|among|enrolled|listed|participant|member|party)\b"
    r"|\b(?:was|were|is|are) never (?:an? )?(?:part of|in|on|among|enrolled|listed|participant|member|party)\b"
)
NOT = (
    "not",
    "never",
    "no",
    "without",
    "declined",
    "refused",
    "considering",
    "plans",
    "plan",
    "may",
    "could",
    "might",
    "would",
    "will",
    "wants",
    "if",
    "whether",
    "rejected",
    "asked",
)


def agencies_in(
    parsed: Parsed, behind: Background, states: Sequence[str], names: Names, index: Index
) -> Iterator[Answer]:
    if any(token.kind == "RANK" and token.value == "only" for token in parsed.tokens) or not _of_program(parsed):
        return
    if only_has(parsed.tokens):
        return  # who is the only one is a claim of rank
    if NOT_SO_MANY.search(parsed.sentence.text):
        return  # no longer has three: it may have two
    sense = _said_of(parsed)
    several = bool(
        re.search(
            r"(?i)\bboth (?:program )?models|under (?:two|both|several) models|more than one model",
            parsed.sentence.text,
        )
    )
    spots = times(parsed.tokens, (), behind)
    whens = whens_in(parsed, behind)
    whole = sense
    for name, span, place in named_in(parsed):
        sense = "" if whole == "absent" and _of_another_clause(parsed, span) else whole
        stated = of_text(name, stated_at(parsed, place), states)
        found = names.find(name, states, stated=stated)
        when = whens.get(place) or spots.leading or When()
        signing = any(
            token.kind == "SIGN" and token.text.lower() not in ("new", "more", "additional") for token in parsed.tokens
        )
        if signing and when.since and when.windows and not sense and HAS_SIGNED.search(parsed.sentence.text):
            last = behind.published.last if behind.published else index.days[-1]
            first = when.windows[0].first
            when = replace(when, windows=(Days(first, max(first, last)),), since=False, period=True)
        every = bool(ALL_MODELS.search(parsed.sentence.text))
        bare = every or (sense == "absent" and _model_is_apart(parsed, span))
        jails = not bare and bool(BOTH_JAIL_MODELS.search(parsed.sentence.text))
        for model in (None,) if bare else JAIL_MODELS if jails else models_in(parsed, place):
            claim = Claim(
                "holds",
                None,
                "agreements",
                _first_of(parsed) if sense == "first" else Where(stated, True, "stated") if stated else Where(),
                when,
                span,
                parsed.sentence.span,
                model,
                wording=Phrasing(
                    speaker=parsed.sentence.speaker,
                    covers=_covers(parsed),
                    vague="still" if STILL.search(parsed.sentence.text) else None,
                ),
                terms=OfAgencies(agencies=found, under=("all",) if every else ("several",) if several else ()),
                sense=sense or ("signed" if signing and when.windows and not when.since else ""),
            )
            answer = held(claim, name, behind, index, loose=says_jail(parsed.tokens) and not jails)
            answer = _once_there(answer, parsed, behind, index)
            answer = _of_one_verb(unlisted(answer, name, stated or states, behind, index), parsed)
            answer = _of_last_model(not_who_did(answer, parsed, span), parsed)
            yield elsewhere_too(answer, name, stated or states, index)


def _of_one_verb(answer: Answer, parsed: Parsed) -> Answer:
    """That an agency left, withdrawn where the sentence says also that it signed: its day may be of either."""
    dated = bool(answer.claim.when.windows) and not answer.claim.when.since
    signs = any(one.kind == "SIGN" and one.text.lower().startswith(("sign", "join", "enter")) for one in parsed.tokens)
    if answer.claim.sense != "left" or not (dated and signs) or answer.verdict not in UNCONDITIONAL:
        return answer
    reason = (
        f"{answer.reason.rstrip('.')}; the sentence says that it signed and that it left, and its day may be of either."
    )
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="what happened on the day")


def _of_last_model(answer: Answer, parsed: Parsed) -> Answer:
    """What is held against an agency of a model that is not right before the signing: a jail agreement and a task force
    agreement, which it signed on that day."""
    if answer.verdict not in NOT_THEN or answer.claim.sense != "signed":
        return answer
    signs = [one.span.start for one in parsed.tokens if one.kind == "SIGN"]
    models = [one for one in parsed.tokens if one.kind == "MODEL"]
    behind = [at for at in signs if models and at > models[-1].span.start]
    if len({one.value for one in models}) < 2 or not behind or len(behind) < len(signs):
        return answer
    between = parsed.sentence.text[: behind[0] - parsed.sentence.span.start].lower().split()[-4:]
    if answer.claim.model == models[-1].value or {"both", "each", "all"} & set(between):
        return answer
    reason = f"{answer.reason.rstrip('.')}; the day may be that of the other agreement alone."
    return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="a person who reads the sentence")


PARTS = when_needed(r";|, (?:while|but|and|whereas|though|although|yet) ")


def _of_another_clause(parsed: Parsed, name: Span) -> bool:
    """Whether who has none is named in another clause: Denton has one, while Collin has no agreement."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    found = None if NEITHER.search(text) else ABSENT.search(text)
    if found is None:
        return False
    low, high = sorted((name.start - offset, found.start()))
    return bool(PARTS.search(text, low, high))


def _model_is_apart(parsed: Parsed, name: Span) -> bool:
    """Whether the only model of a sentence is that of another clause than the name's."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    models = [token.span.start - offset for token in parsed.tokens if token.kind == "MODEL"]
    return bool(models) and all(PARTS.search(text, *sorted((name.start - offset, at))) for at in models)


def _covers(parsed: Parsed) -> tuple[tuple[Span, str], ...]:
    """The words by which a sentence says that an agency is one of the participants, or none of them."""
    text, offset = parsed.sentence.text, parsed.sentence.span.start
    found = ABSENT.search(text) or MEMBER.search(text)
    jails = BOTH_JAIL_MODELS.search(text)
    spans = [(jails.span(), "model")] if jails else []
    spans += [(found.span(), "what is held" if found.re.pattern == MEMBER.pattern else "comparison")] if found else []
    for pattern, role in ((APPLYING, "pending"), (LAPSED, "what happened")):
        spans += [(one.span(), role) for one in pattern.finditer(text)]
    if both := NEITHER.search(text):
        spans += [(both.span(word), "comparison") for word in ("neither", "nor")]
    return tuple((Span(start + offset, end + offset), role) for (start, end), role in spans)


def _once_there(answer: Answer, parsed: Parsed, behind: Background, index: Index) -> Answer:
    """``No longer`` says also that there was an agreement before: not decided for an agency that was not listed yet."""
    claim = answer.claim
    if claim.sense != "absent" or answer.verdict != "supported":
        return answer
    if not GONE.search(parsed.sentence.text):
        return _not_yet(answer, parsed, behind, index)
    last = behind.published.last if behind.published else index.days[-1]
    mine = [run for run in index.runs if run.agency_id in claim.agencies and under(claim.model, run.model)]
    if any(index.days[run.first] <= last for run in mine):
        return answer
    reason = f"{answer.reason.rstrip('.')}; no list before that day had it, and the sentence says that it was listed."
    return replace(answer, verdict="cannot_tell", reason=reason, settles="an earlier list")


def _not_yet(answer: Answer, parsed: Parsed, behind: Background, index: Index) -> Answer:
    """Who has not signed may have signed before and left: not decided where an earlier list or page has it."""
    claim, text = answer.claim, parsed.sentence.text
    if ABSENT.search(text) or NEITHER.search(text) or not NEVER.search(text) or claim.when.windows:
        return answer
    last = behind.published.last if behind.published else index.days[-1]
    signed = [
        day for day, _, agency, _, model in index.signings if agency in claim.agencies and under(claim.model, model)
    ]
    if not any(day <= last for day in signed):
        return answer
    reason = f"{answer.reason.rstrip('.')}; it had signed before, and the sentence may mean any time."
    return replace(answer, verdict="cannot_tell", reason=reason, settles="the time that the sentence means")


JAIL_MODELS = ("JEM", "WSO")
BOTH_JAIL_MODELS = when_needed(
    r"(?i)\bboth (?:of )?(?:the |ICE[’']s )?jail[- ]?(?:based )?(?:models|programs|agreements|types|kinds)\b"
)
"""The two models that work in jails, each of which is held."""
ALL_MODELS = when_needed(
    r"(?i)\ball three (?:program |agreement |types of |kinds of )?(?:models|types|kinds|agreements)\b"
)


NOT_SO_MANY = when_needed(
    r"(?i)(?:\bno longer|\bnot|n[’']t) (?:has|have|had|holds?)(?: all| its)? (?:two|three|four|[2-9]) (?!models)"
)
"""A number that is denied says nothing of having none."""
HAS_SIGNED = when_needed(
    r"(?i)\b(?:has|have|had)(?: (?:now|already|also|each|both|since))* (?:signed|joined|entered|inked|struck|added|"
    r"executed|secured|finalized)\b"
)
"""What has been signed since a day was signed after it, where an agreement that is had since a day is older."""
FORMING = when_needed(r"(?i)\bto (?:reach|formalize|sign|join|enter|form|strike|ink|make|finalize|secure|have|adopt)\b")
STILL = when_needed(r"(?i)\bstill\b")


def _of_program(parsed: Parsed) -> bool:
    words = {token.text.lower() for token in parsed.tokens}
    kinds = parsed.kinds()
    text = parsed.sentence.text
    spoken = (ABSENT, WISHING, NEVER, APPLYING)
    if words & set(NOT) and not (any(one.search(text) for one in spoken) or NEITHER.search(text)):
        return False
    first = any(token.kind == "RANK" and token.value == "first" for token in parsed.tokens)
    verb = (
        (first and bool(FORMING.search(text)))
        or any(one.search(text) for one in (WISHING, NEVER, APPLYING, LAPSED))
        or "SIGN" in kinds
        or "TOPIC" in kinds
        or bool(words & set(PART))
        or "LEAVE" in kinds
    )
    thing = bool(kinds & {"PROGRAM", "MODEL"}) or any(
        token.kind == "UNIT" and token.value in ("agreements", "partnerships") for token in parsed.tokens
    )
    out = bool(ABSENT.search(text) or MEMBER.search(text))
    verb = (
        verb
        or out
        or bool(re.search(r"(?i)\b(?:is|was|becomes?|became)\b[^,;]* with an? (?:287\(g\) )?agreement", text))
    )
    taking = bool(re.search(r"(?i)\b(?:takes?|took|taking) part\b|\bparticipat(?:es|ed|ing)\b", text))
    thing = thing or bool(re.search(r"(?i)\bmodels?\b", parsed.sentence.text))
    named = any(token.kind == "NAME" for token in parsed.tokens) or bool(ENUMERATED.search(text))
    thing = thing or (named and bool(INCLUDING.search(text)) and bool(PROGRAM_OR_LIST.search(text)))
    thing = thing or ((out or taking or "LEAVE" in kinds) and bool(PROGRAM_OR_LIST.search(text)))
    thing = thing or (named and bool(TAKES_PART.search(text)))
    joined = bool(words & {"joined", "signed", "joins", "signed on"})
    return verb and (thing or joined)


TAKES_PART = when_needed(
    r"(?i)\b(?:takes?|took|taking) (?:no )?part(?=[.,;]|$)"
    r"|(?<!not )(?<!n[’']t )(?<!longer )\b(?:takes?|took) part(?=:| —)|\bparticipating (?:counties|sheriffs)\b"
)
"""Without what it is a part of: in a sentence that is on the program anyhow."""


def _first_of(parsed: Parsed) -> Where:
    """Where somebody was the first: the one state that is named, or the nation; not known where neither is."""
    states = {token.value for token in parsed.tokens if token.kind == "PLACE"}
    nation = any(token.kind == "NATION" for token in parsed.tokens)
    kinds = [token for token in parsed.tokens if token.kind == "RANK" and token.value == "first"]
    wide = all(token.text.lower() == "became the first" for token in kinds)
    return Where(tuple(states), (len(states) == 1 or nation) and wide, "first")


def _said_of(parsed: Parsed) -> Sense:
    """What a sentence says of the agency, where it is not that it has or signed an agreement."""
    text = parsed.sentence.text
    if ABSENT.search(text) or NEITHER.search(text):
        return "absent"
    if "never" not in parsed.sentence.text.lower() and NEVER.search(parsed.sentence.text):
        return "absent"
    if NEVER.search(parsed.sentence.text):
        return "never"
    if APPLYING.search(text) and not _whose_list(parsed):
        return "applied"
    if WISHING.search(parsed.sentence.text):
        return "wish"
    if LAPSED.search(text):
        return "left"
    if any(token.kind == "RANK" and token.value == "first" for token in parsed.tokens):
        return "first"
    remain = re.search(
        r"(?i)\b(?:has|have|had|with|are|were) (?:only |just )?[\w,]+ (?:agreements?|agencies) left\b", text
    )
    return "left" if "LEAVE" in parsed.kinds() and not remain else ""


def _whose_list(parsed: Parsed) -> bool:
    """Whether figures are counted among the applications, which are claims of their own."""
    return any(token.kind == "NUM" for token in parsed.tokens)
