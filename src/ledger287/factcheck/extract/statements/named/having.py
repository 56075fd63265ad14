"""Who has an agreement and signed it on some day: both have to hold, in one agreement.

What enters: a parsed sentence with the answers on its named agencies. What leaves: the same, but what an agency is said
to have today and to have signed then is supported only where the newest list by the story's day has an agreement that
was signed then. Promise: where it ended, the answer is what "has an agreement" alone gets; where another agreement of
the agency is in force, or a person is named who signed, the answer is that one cannot tell.
"""

from collections.abc import Sequence
from dataclasses import replace

from ledger287.core.patterns import when_needed
from ledger287.core.text import brief
from ledger287.factcheck.extract.amounts.times.timing import Background
from ledger287.factcheck.extract.model import When
from ledger287.factcheck.extract.statements.named.holding import held
from ledger287.factcheck.measures.index import Index, under
from ledger287.factcheck.measures.readings import moment
from ledger287.factcheck.parse.parsing import Parsed
from ledger287.factcheck.verdicts.answers import Answer
from ledger287.factcheck.verdicts.names import FITTING

HELD = r"(?:agreements?|pacts?|deals?|contracts?|partnerships?|memorandum|memorandums|arrangements?|programs?|287\(g\))"
ADVERBS = r"(?:(?:now|already|also|still|currently|today|presently|both|all|each|formally|officially|again) )*"
HAVING = when_needed(
    rf"\b(?:has|have|holds?|keeps?|maintains?|runs?|operates?|retains?|owns?|boasts?|enjoys?) {ADVERBS}"
    r"(?!(?:signed|joined|entered|inked|struck|added|executed|been|had|held|ended|left|lost|let|since|then|never|not|"
    rf"no)\b)(?:(?!(?:signed|joined|entered|inked|struck|added|been)\b)[\w()’'-]+ ){{0,6}}?{HELD}(?!\w)"
    rf"|\b(?:participates?|partners?|cooperates?|collaborates?|takes? part|works?) {ADVERBS}(?:in|with|under|on)\b"
    rf"|\b(?:is|are|remains?|stays?) {ADVERBS}(?:in|part of|on|among|under|enrolled|listed|covered|bound|deputized|"
    r"(?:an? )?(?:active |current )?(?:participants?|participating|partners?|members?|party|parties)|one of)\b"
    rf"|{HELD}[^;]*\b(?:is|are|remains?|stays?) {ADVERBS}(?:in force|in effect|active|valid|current|on the books)\b"
    rf"|[’']s? (?:[\w()]+ ){{0,5}}?{HELD}, (?:which (?:was|it) )?(?:signed|dated|made|reached)\b[^;]*, "
    r"(?:lets|allows|gives|covers|authorizes|permits|empowers|applies|follows|runs|enables|requires|remains)\b"
)
"""In the present tense, that somebody has an agreement or takes part."""
SIGNER = when_needed(
    r"\b(?:which|that) (?:[Tt]hen-)?(?:(?:the |its |his |her |their )?(?:[a-z]+ ){0,2})?"
    r"(?:Sheriff|Chief|Police Chief|Gov\.|Governor|Mayor|Commissioner|Director|Superintendent|Col\.|Colonel|Warden) "
    r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)* (?:\w+ )?signed\b"
)
"""The person who is said to have signed it."""
PARTS = when_needed(r";|, (?:while|but|and|whereas|though|although|yet) ")


def with_having(parsed: Parsed, answers: Sequence[Answer], behind: Background, index: Index) -> list[Answer]:
    """The answers of a sentence; what is said to be had and to have been signed is held to both."""
    text = parsed.sentence.text
    if not any(_is_signing(one) for one in answers) or not HAVING.search(text):
        return list(answers)
    signer = SIGNER.search(text) is not None
    found = []
    gone = {one.claim.agencies for one in answers if one.claim.sense in ("left", "absent") and one.verdict in FITTING}
    for one in answers:
        stays = _is_signing(one) and one.claim.agencies not in gone
        whose = _whose(one, parsed, answers) if stays else None
        if whose is None:
            found.append(one)
            continue
        both = _both(one, behind, index)
        if whose == "unplain" and both is not one:
            both = replace(both, verdict="cannot_tell", right=(), settles="a person who reads the sentence")
        found.append(_signed_by_somebody(both, signer=signer))
    return found


def _is_signing(answer: Answer) -> bool:
    """Whether an answer is that a named agency signed on some day, and supported."""
    claim = answer.claim
    return claim.shape == "holds" and claim.sense == "signed" and not claim.figure and answer.verdict in FITTING


def _whose(answer: Answer, parsed: Parsed, others: Sequence[Answer]) -> str | None:
    """Whether who signed is whom the sentence says to have it: "plain", "unplain", or None where that is another."""
    claim, text, offset = answer.claim, parsed.sentence.text, parsed.sentence.span.start
    mine = [span.start - offset for span, role in claim.wording.covers if role == "agency"]
    start = min((*mine, claim.span.start - offset))
    ends = [
        one.claim.span.start - offset
        for one in others
        if one.claim.shape == "holds" and one.claim.agencies != claim.agencies
    ]
    found = None
    for verb in HAVING.finditer(text):
        low, high = sorted((start, verb.start()))
        if high == start:
            if not PARTS.search(text, low, high) and not any(at < low for at in ends):
                found = "unplain"
        elif not any(low < at < high and PARTS.search(text, low, at) for at in ends):
            return "plain"
    return found


def _both(answer: Answer, behind: Background, index: Index) -> Answer:
    """The answer that an agency signed, with what it has on the story's day."""
    claim = answer.claim
    when = moment(replace(claim, when=When()), behind.published, index)
    if when.outside:
        return answer
    last = behind.published.last if behind.published else index.days[-1]
    place = index.window(last, last)[-1]
    runs = [
        run
        for run in index.runs
        if run.agency_id in claim.agencies and run.first <= place <= run.last and under(claim.model, run.model)
    ]
    then = {
        (agency, model)
        for day, _, agency, _, model in index.signings
        if agency in claim.agencies and any(one.first <= day <= one.last for one in claim.when.windows)
    }
    if any((run.agency_id, run.model) in then for run in runs):
        return answer
    names = " or ".join(dict.fromkeys(index.agencies[one][0] for one in claim.agencies))
    if runs:
        reason = (
            f"{answer.reason.rstrip('.')}; that agreement is not on the list of {brief(index.days[place])}, which has "
            "another one of the agency, and the sentence says that it has what it signed then."
        )
        return replace(answer, verdict="cannot_tell", reason=reason, right=(), settles="which agreement is meant")
    now = held(replace(claim, when=When(), sense=""), names, behind, index)
    verdict = now.verdict if now.verdict not in FITTING else "cannot_tell"
    return replace(
        answer,
        verdict=verdict,
        meaning=f"{answer.meaning}, and holds it",
        reason=f"{answer.reason.rstrip('.')}; it is said to have it: {now.reason}",
        evidence=(*answer.evidence, *now.evidence),
        right=now.right,
        requires=None,
        settles=now.settles,
    )


def _signed_by_somebody(answer: Answer, *, signer: bool) -> Answer:
    """No list says who signed an agreement."""
    if not signer or answer.verdict not in FITTING:
        return answer
    reason = f"{answer.reason.rstrip('.')}; no list says who signed it, as the sentence does."
    return replace(answer, verdict="cannot_tell", reason=reason, requires=None, settles="the agreement itself")
