"""The stretches of a sentence that do not bear on its figures: who says so, and what the program is described as.

What enters: a parsed sentence. What leaves: the role of each token within such a stretch. Promise: a stretch has only
words that are declared for it (declared/factcheck/neutral_words.yml), names, and the program's own words; the first
word that is not ends it. A number, a place, a day or a model is never within a description.
"""

from collections.abc import Sequence

from ledger287.factcheck.asides.closing import ends_as_speech, has_actor, low_of, words
from ledger287.factcheck.coverage.lists import neutral, spanish
from ledger287.factcheck.coverage.stretches.sources import opening_list, opening_source, sources_in, words_of
from ledger287.factcheck.extract.model import Claim
from ledger287.factcheck.parse.model import Token
from ledger287.factcheck.parse.parsing import Parsed

DESCRIPTION, ASIDE, PERSON = "description", "does not bear on the figure", "person"
DESCRIBED = ("UNIT", "PROGRAM", "TOPIC", "MODEL", "ICE", "FILL", "MARK")
BARRED = (
    "NUM",
    "MONEY",
    "FRACTION",
    "PLACE",
    "WHEN",
    "MODEL",
    "NAME",
    "RANK",
    "PENDING",
    "LEAVE",
    "HEDGE",
    "EVERY",
    "RISE",
    "FALL",
    "PER",
)


def aside_roles(parsed: Parsed) -> dict[int, str]:
    """The role of each token that is within such a stretch."""
    found = (
        sources_in(parsed)
        | opening_source(parsed)
        | opening_list(parsed)
        | _tails(parsed)
        | _of_models(parsed)
        | _apposed_to_model(parsed)
        | _evaluations(parsed)
        | _asides(parsed)
        | _persons(parsed)
        | _parts_of_day(parsed)
    )
    for place in range(len(parsed.tokens)):
        if place not in found and _opens(parsed, place):
            for at in _run(parsed, place):
                found.setdefault(at, DESCRIPTION)
    return found


def _opens(parsed: Parsed, place: int) -> bool:
    """Whether a description begins here: behind what it describes, with a word that opens one."""
    token = parsed.tokens[place]
    if token.text.lower() not in neutral("openers"):
        return False
    before = parsed.tokens[place - 1] if place else None
    return before is not None and (before.kind in DESCRIBED or before.text.lower() in neutral("anywhere"))


def _run(parsed: Parsed, start: int) -> range:
    """The description that begins here, up to its last word that is declared for it."""
    end = start + 1
    of_model = any(token.kind == "MODEL" for token in parsed.tokens[max(start - 3, 0) : start])
    for place in range(start + 1, len(parsed.tokens)):
        token = parsed.tokens[place]
        if token.kind == "MARK" and token.text in (",", "(", ")", "“", "”", '"', "-", "."):
            continue
        of_it = of_model and token.kind not in BARRED and set(words_of(token)) <= neutral("description_of_model")
        reserved = [one.text.lower() for one in parsed.tokens[place : place + 2]] == ["once", "reserved"]
        if _describes(token) or of_it or reserved or _is_year_of_law(parsed, place):
            end = place + 1
        elif token.kind in BARRED or not set(words_of(token)) <= neutral("anywhere"):
            break
    return range(start, end)


def _describes(token: Token) -> bool:
    if token.kind in BARRED:
        return False
    return token.kind in ("ICE", "PROGRAM") or all(word in neutral("description") for word in words_of(token))


def _is_year_of_law(parsed: Parsed, place: int) -> bool:
    """Whether a number is the year of a law: a section of a 1996 immigration law."""
    token = parsed.tokens[place]
    if token.kind != "NUM" or not (token.text.isdigit() and len(token.text) == 4):
        return False
    behind = [one.text.lower() for one in parsed.tokens[place + 1 : place + 5]]
    return bool({"law", "act", "statute"} & set(behind[:4]))


def _tails(parsed: Parsed) -> dict[int, str]:
    """``…, while critics point to its effects on trust``: a clause behind the last comma that bears on no figure.

    It opens with a declared word (the list ``tails``), has no number, place, day, model or agency, nothing that can
    turn the sentence (``bearing``), and no word that may speak of the figure (``speaking``).
    """
    tokens = parsed.tokens
    last = max((place for place, token in enumerate(tokens) if token.text in (",", "—", "–", ";")), default=len(tokens))
    behind = tokens[last + 1 :]
    if len(behind) < 3 or behind[0].text.lower() not in neutral("tails") or not bears_nothing(behind):
        return {}
    second = behind[1].text.lower()
    if behind[0].text.lower() in JOINING and (second.endswith(("ly", "ing", "ed")) or second in FRAGMENTS):
        return {}  # but mostly on paper: what was counted goes on
    if behind[0].text.lower() in CLAUSES and not has_actor(behind[1:]):
        return {}  # and pigs will fly
    if ends_as_speech([one for one in behind if one.kind != "MARK"]):
        return {}
    spoken = any(
        set(words_of(token)) & (neutral("speaking") | words("denying") | words("comparing"))
        or token.kind == "SIGN"
        or (token.kind == "UNIT" and token.value != "jurisdictions")
        for token in behind
    )
    return {} if spoken else dict.fromkeys(range(last + 1, len(tokens)), ASIDE)


JOINING = ("but", "and", "yet", "so", "even", "just")
"""Open a clause of its own, or go on with what was counted."""
CLAUSES = ("while", "though", "although", "whereas", "as", "because", "but", "and", "yet", "so", "even")
"""Open a clause with a subject of its own."""
FRAGMENTS = ("on", "in", "with", "at", "by", "for", "from", "under", "of", "to", "as", "about", "near", "along",
             "often", "too", "quite", "very", "rather", "pretty", "soon")  # fmt: skip


def _asides(parsed: Parsed) -> dict[int, str]:
    """What opens a sentence before its first comma, or closes it behind the last: a clause by a participle alone.

    ``Lacking the personnel, ICE has …``; ``…, giving them more authority.`` It opens with a word that is declared for
    it (the lists ``leading`` and ``participles``: not "depending", "sparing", "using"), and has no number, place, day,
    model or name, and no word that can turn the sentence (the list ``bearing``).
    """
    tokens = parsed.tokens
    found: dict[int, str] = {}
    commas = [place for place, token in enumerate(tokens) if token.text in (",", "—", "–")]
    if not commas:
        return found
    first, last = commas[0], commas[-1]
    under = [token.text.lower() for token in tokens[:3]] == ["under", "the", "leadership"]
    if (under or _is_participle(tokens[0])) and bears_nothing(tokens[:first]):
        found |= dict.fromkeys(range(first), ASIDE)
    behind = tokens[last + 1 :]
    if behind and _is_participle(behind[0]) and bears_nothing(behind) and is_of_powers(behind):
        found |= dict.fromkeys(range(last + 1, len(tokens)), ASIDE)
    return found


GIVING = ("giving", "letting", "allowing", "enabling", "empowering", "permitting", "authorizing", "deputizing",
          "equipping", "helping", "creating", "training", "granting", "handing")  # fmt: skip
"""Open a phrase on what agreements let others do."""


def is_of_powers(body: Sequence[Token]) -> bool:
    """Whether a phrase on what agreements let others do has only the words of such a description: no right to fish."""
    if low_of(body[0]) not in GIVING:
        return True
    known = neutral("description") | neutral("anywhere")
    return all(
        one.kind in ("MARK", "ICE", "PROGRAM", "IN") or set(words_of(one)) <= known
        for one in body[1:]
        if one.kind not in ("UNIT", "TOPIC", "FILL")
    )


def _of_models(parsed: Parsed) -> dict[int, str]:
    """What a model does, before the number of its agreements: the jail model works in jails, with 152 agreements."""
    tokens = parsed.tokens
    cut = next(
        (at for at, token in enumerate(tokens[:-2]) if token.text == "," and tokens[at + 1].text.lower() == "with"), 0
    )
    models = [at for at, token in enumerate(tokens[:cut]) if token.kind == "MODEL"]
    if not models or tokens[cut + 2].kind not in ("NUM", "HEDGE"):
        return {}
    rest = [token for token in tokens[models[-1] + 1 : cut] if token.kind != "OTHER"]
    return dict.fromkeys(range(models[-1] + 1, cut), DESCRIPTION) if bears_nothing(rest) else {}


SUPERLATIVES = ("most", "more", "least", "less")
KINDS_OF_MODEL = ("kind", "version", "form", "type", "option", "model", "arrangement", "variety", "one")


def _apposed_to_model(parsed: Parsed) -> dict[int, str]:
    """``the task force model, the most aggressive of the three``: how a model is described, behind it."""
    tokens = parsed.tokens
    for place in range(1, len(tokens) - 3):
        if tokens[place].text != "," or tokens[place - 1].kind != "MODEL":
            continue
        end = next((at for at in range(place + 1, len(tokens)) if tokens[at].text in (",", ".", ";")), len(tokens))
        said = [word for token in tokens[place + 1 : end] for word in token.text.lower().replace("-", " ").split()]
        opens = said[:1] == ["the"] and len(said) > 2 and said[1] in SUPERLATIVES
        closes = said[-3:] == ["of", "the", "three"] or said[-1:] == ["three"] or (said and said[-1] in KINDS_OF_MODEL)
        if opens and closes and len(said) <= 8 and not set(said) & neutral("bearing") - {*SUPERLATIVES}:
            return dict.fromkeys(range(place, end), DESCRIPTION)
    return {}


def _evaluations(parsed: Parsed) -> dict[int, str]:
    """An evaluating word before what it evaluates: a significant increase; the controversial program."""
    found: dict[int, str] = {}
    for place, token in enumerate(parsed.tokens[:-1]):
        after = parsed.tokens[place + 1]
        if token.text.lower() in neutral("evaluating") and (
            after.kind in ("RISE", "FALL", "FROM", "PROGRAM", "UNIT", "FILL", "TOPIC")
            or after.text.lower() in ("program", "federal", "expansion")
        ):
            found[place] = "neutral"
        if token.text.lower() in neutral("before_model") and _before_model(parsed, place + 1):
            found[place] = DESCRIPTION
    return found


def _before_model(parsed: Parsed, at: int) -> bool:
    """Whether a model follows that is named as one, not as what agreements are: the jail model."""
    tokens = parsed.tokens[at : at + 4]
    ahead = next((k for k, one in enumerate(tokens) if one.kind == "MODEL"), None)
    plain = ahead is not None and all(one.text.lower() in neutral("before_model") for one in tokens[:ahead])
    behind = tokens[ahead + 1].text.lower() if plain and ahead is not None and ahead + 1 < len(tokens) else ""
    named = ahead is not None and tokens[ahead].text.lower().endswith(("model", "program"))
    return plain and (named or behind in ("model", "program", "version", "approach"))


def _is_participle(token: Token) -> bool:
    low = token.text.lower()
    return low in neutral("leading") or low in neutral("participles")


def bears_nothing(tokens: Sequence[Token]) -> bool:
    """Whether no token of a stretch can turn or narrow what its sentence claims."""
    barred = neutral("bearing") | spanish()
    return not any(
        token.kind in BARRED or set(words_of(token)) & barred or token.text.lower().endswith(("n't", "n’t"))
        for token in tokens
    )


def _persons(parsed: Parsed) -> dict[int, str]:
    """A title with the name behind it: Secretary Kristi Noem."""
    found: dict[int, str] = {}
    for place, token in enumerate(parsed.tokens):
        if token.text.lower().rstrip(".") not in neutral("titles") or not (token.text[0].isupper()):
            continue
        dotted = [one.text for one in parsed.tokens[place + 1 : place + 2]] == ["."]
        end = place + 1 + dotted
        named = end
        while (
            end < len(parsed.tokens)
            and end < named + 3
            and parsed.tokens[end].kind == "WORD"
            and parsed.tokens[end].text[0].isupper()
        ):
            end += 1
        if end > named:
            found |= dict.fromkeys(range(place, _party(parsed, end)), PERSON)
    return found


def _party(parsed: Parsed, end: int) -> int:
    """Where a person's party and place end: Rep. Jane Doe, D-Pittsburgh, said …"""
    tokens = parsed.tokens[end : end + 6]
    if len(tokens) < 4 or tokens[0].text != "," or tokens[1].text not in ("D", "R", "I"):
        return end
    close = next((at for at, token in enumerate(tokens[2:], 2) if token.text == ","), None)
    capital = close is not None and all(token.text[0].isupper() or token.text in "-–." for token in tokens[2:close])
    return end + close + 1 if close is not None and capital else end


OTHER_VERBS = (
    *("received", "receive", "receives", "get", "gets", "got", "spent", "paid", "pays", "pay", "employ", "employs"),
    *("employed", "trained", "arrested", "detained", "deported", "cost", "costs", "awarded", "budgeted", "requested"),
)
"""Verbs whose figure is of other things: received $2 million; employ 400 officers."""
OWNING = ("its", "their", "theirs", "his", "her")


def other_figures(parsed: Parsed, claims: Sequence[Claim]) -> dict[int, str]:
    """The clause of a figure of other things, which is a claim of its own: …, and its police have 34 troopers.

    Between marks it is passed over with all of its words, where no other claim is in it and nothing in it can turn or
    speak of the figures; without marks from its verb on.
    """
    found: dict[int, str] = {}
    tokens = parsed.tokens
    for claim in claims:
        if claim.shape != "other" or claim.unit not in ("money", "officers", "people", "arrests", "training"):
            continue
        inside = [at for at, token in enumerate(tokens) if claim.span.start <= token.span.start < claim.span.end]
        if not inside:
            continue
        start = max((at + 1 for at in range(inside[0]) if tokens[at].text in (",", ";", "—")), default=0)
        if tokens[inside[0] - 1].text.lower() in OTHER_VERBS:
            start = inside[0] - 1
        closing = (at for at in range(inside[-1], len(tokens)) if tokens[at].text in (",", ";", ".", "—"))
        end = next(closing, len(tokens))
        spans = [one.span for one in claims if one is not claim]
        clause = [at for at in range(start, end) if at not in inside]
        within = [tokens[at].span for at in clause]
        taken = any(one.start < word.end and word.start < one.end for one in spans for word in within)
        rest = [tokens[at] for at in clause if tokens[at].text.lower() not in OWNING]
        speaks = any(set(words_of(token)) & neutral("speaking") for token in rest)
        if start and not taken and not speaks and bears_nothing([one for one in rest if one.kind != "HEDGE"]):
            found |= dict.fromkeys(clause, ASIDE)
    return found


def _parts_of_day(parsed: Parsed) -> dict[int, str]:
    """As of Friday afternoon, this morning, as of late last week: the part of a day or week that is named."""
    found: dict[int, str] = {}
    happens = any(one.kind in ("SIGN", "LEAVE") for one in parsed.tokens)  # on that day, not by then
    for place, token in enumerate(parsed.tokens):
        before, after = parsed.tokens[place - 1 : place], parsed.tokens[place + 1 : place + 2]
        now = bool(before) and low_of(before[0]).split()[-1] == "this" and not happens
        dated = before and (before[0].kind == "WHEN" or now)
        if token.text.lower() in neutral("parts_of_day") and dated:
            found[place] = "time"
        if token.text.lower() in ("late", "early") and after and after[0].kind == "WHEN":
            found[place] = "time"
    return found
