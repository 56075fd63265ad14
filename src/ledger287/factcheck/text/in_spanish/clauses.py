"""English words in the order of Spanish -> the order that English has.

What enters: the tokens of a paragraph. What leaves: the same tokens, reordered: subjects before their verbs, adjectives
before their nouns, pronouns behind their verbs, denials with "do". Promise: nothing moves across a mark, no word is
lost but an article or a preposition that English has no word for, and an unknown word stays what it is.
"""

from collections.abc import Callable

from ledger287.core.patterns import when_needed
from ledger287.core.text import MONTHS
from ledger287.factcheck.text.in_spanish.tokens import GlossLine, GlossWord, Piece, finite, form_of, line_of, pieces_of
from ledger287.factcheck.text.in_spanish.wordings import DESCRIBING, LAST, WORDINGS
from ledger287.factcheck.text.in_spanish.words.lexicon import people
from ledger287.factcheck.text.in_spanish.words.names import spanish_words
from ledger287.factcheck.text.in_spanish.words.verbs import negated

PRONOUNS = {"lo": "it", "la": "it", "los": "them", "las": "them"}
DATIVE = ("le", "les")
OPENING = ("and", "but", "or", "while", "where", "when", "although", "because", "so", "if", "since", "after", "before")
PREPOSITIONS = ("of", "of the", "in", "in the", "with", "to", "to the", "for", "from", "by", "under", "under the",
                "since", "as of", "within", "through", "among", "after", "before", "during", "behind")  # fmt: skip
HEDGES = ("more than", "fewer than", "less than", "nearly", "about", "at least", "at most", "up to", "almost", "just",
          "just over", "just under", "over", "close to", "another", "only", "exactly", "no fewer than")  # fmt: skip
DETERMINERS = ("the", "a", "an", "its", "their", "this", "that", "these", "those", "some", "several", "many", "few",
               "no", "all", "both", "each", "every", "other", "any", "the first", "such", "most of the", "most of",
               "all the", "neighboring", "hundreds of", "dozens of", "thousands of")  # fmt: skip
TIMES = (" ago", " earlier", " later", " week", " month", " year", " day")
ADVERBS = ("already", "also", "now", "still", "no longer", "currently", "today", "never", "again")
NOT_A_SUBJECT = (*ADVERBS, "only", "")
"""Words that are no subject."""


def reordered(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces of a paragraph in the order of English."""
    line = line_of(text, pieces)
    for rule in RULES:
        rule(line)
    return pieces_of(line)


OF_IT = ("of", "of the", "with", "for", "in force", "by", "signed by")
"""Words by which something is said of what was named."""


def _done_by(line: GlossLine, at: int) -> bool:
    """Whether a participle and who did it are behind what was named: firmados por 105 agencias."""
    form = line.tokens[at].form
    by = form is not None and form.tense == "participle" and line.close(at + 1)
    return by and line.tokens[at + 1].said == "por"


def _clause_start(line: GlossLine, at: int) -> int:
    """Where the clause of a token begins: behind a mark or a joining word."""
    while at > 0 and line.close(at) and line.tokens[at - 1].english.lower() not in OPENING:
        at -= 1
    return at


def _pronouns(line: GlossLine) -> None:
    """A pronoun before a verb goes behind it: los prohíbe, bans them; lo firmó, signed it."""
    for at in range(len(line.tokens) - 1):
        pronoun, verb = line.tokens[at], line.tokens[at + 1]
        if pronoun.said not in PRONOUNS and pronoun.said not in DATIVE:
            continue
        if not line.close(at + 1) or verb.form is None or verb.form.tense == "participle":
            continue
        if verb.kind == "noun" or (at and line.close(at) and line.tokens[at - 1].english in PREPOSITIONS):
            continue
        if pronoun.said in PRONOUNS and verb.form.tense != "infinitive":
            pronoun.english, pronoun.kind = PRONOUNS[pronoun.said], "pronoun"
            line.move(at, at + 1, at + 2)
        elif pronoun.said in DATIVE:
            _dative(line, at)


def _dative(line: GlossLine, at: int) -> None:
    """«le quedan seis»: has six left; «le costó al condado»: it is said again behind."""
    tokens = line.tokens
    verb = tokens[at + 1]
    if verb.form is None:
        return
    tokens[at].english = ""
    number = at + 2
    while line.close(number) and tokens[number].english in HEDGES:
        number += 1
    if verb.form.base == "remain" and line.close(number) and tokens[number].kind == "number":
        start = _clause_start(line, at)
        whose = next((one for one in tokens[start:at] if one.said in ("al", "a")), None)
        if whose:
            said = "the" if whose.said == "al" else ""
            whose.english = said.capitalize() if whose.english[:1].isupper() else said
        verb.english = "had" if verb.form.tense == "past" else "has"
        verb.english, verb.form = verb.english if whose else f"it {verb.english}", None
        left = number + 1 if line.close(number + 1) and tokens[number + 1].kind == "noun" else number
        tokens[left].english += " left"


def _denied(line: GlossLine) -> None:
    """«no» before a verb, with "do" where English needs it."""
    for at in range(len(line.tokens) - 1):
        said, verb = line.tokens[at], line.tokens[at + 1]
        if said.said == "no" and said.english.lower() == "not" and line.close(at + 1) and verb.form and finite(verb):
            english = negated(verb.english, verb.form)
            if said.english[0] == "N":
                english = english[0].upper() + english[1:]
            said.english, verb.english = "", english
        elif said.english.lower() == "not yet" and line.close(at + 1) and verb.form and finite(verb):
            english = negated(verb.english, verb.form)
            said.english, verb.english = "", f"{english} yet" if " " not in english else english
            head, _, rest = english.partition(" not ")
            if rest:
                verb.english = f"{head} not yet {rest}"


def _person(line: GlossLine) -> None:
    """The «a» before whom something is done to: desplazó a Tennessee; incluía al condado."""
    taking = spanish_words()["no_object"]
    for at in range(1, len(line.tokens) - 1):
        token, before, after = line.tokens[at], line.tokens[at - 1], line.tokens[at + 1]
        if token.said not in ("a", "al") or not (line.close(at) and line.close(at + 1)) or before.form is None:
            continue
        if before.form.base in taking or before.form.tense in ("passive", "participle"):
            continue
        if before.form.base == "hand over" and after.kind == "name":
            continue
        if token.said == "al" and after.kind in ("noun", "name", "adjective"):
            token.english = "the"
        elif token.said == "a" and (
            after.kind in ("number", "name") or after.english in DETERMINERS or after.english in HEDGES
            or after.kind == "noun"
        ):  # fmt: skip
            token.english = ""


def _noun_phrase(line: GlossLine, start: int) -> int | None:
    """Where a noun phrase that begins at some place ends; None where none begins."""
    at, tokens = start, line.tokens
    numbered = False
    while at < len(tokens) and (at == start or line.close(at)):
        token = tokens[at]
        english = token.english.lower()
        if english in HEDGES or english in DETERMINERS or token.kind == "adjective" or not english:
            at += 1
        elif token.kind == "number":
            numbered, at = True, at + 1
        elif token.kind in ("noun", "name"):
            at += 1
            while line.close(at) and tokens[at].kind in ("name", "adjective", "program"):
                at += 1
            return _of_it(line, at)
        else:
            break
    return at if numbered and at > start else None


def _of_it(line: GlossLine, at: int) -> int:
    """The end of a noun phrase with what is said of it by "of", "in" or "with"."""
    tokens = line.tokens
    while line.close(at) and (tokens[at].english in OF_IT or _done_by(line, at)):
        if tokens[at].english == "in force" or _done_by(line, at):
            at += 1
            continue
        end = _noun_phrase(line, at + 1) if line.close(at + 1) else None
        if end is None:
            break
        at = end
    return at


def _has_subject(line: GlossLine, start: int, verb: int) -> bool:
    """Whether something before a verb in its clause can be its subject: what is in no phrase of place or time."""
    at, tokens = start, line.tokens
    while at < verb:
        english = tokens[at].english.lower()
        if tokens[at].kind == "number" and at + 1 < verb and tokens[at + 1].english.endswith(TIMES):
            at += 2
        elif english in PREPOSITIONS or english.startswith(
            ("in ", "on ", "as of", "at the ", "since ", "of ", "so far ")
        ):
            end = _noun_phrase(line, at + 1) if english in PREPOSITIONS and at + 1 < verb else at + 1
            if end is None:
                end = at + 2
            at = min(max(end, at + 1), verb)
        elif tokens[at].kind in ("date", "adverb", "adjective") or english in NOT_A_SUBJECT or english.endswith(TIMES):
            at += 1
        else:
            return True
    return False


def _inverted(line: GlossLine) -> None:
    """A subject behind its verb goes before it: en Florida rigen 206 acuerdos; se firmaron 12; donde queda Memphis."""
    lone = spanish_words()["no_object_at_all"]
    at = 0
    while at < len(line.tokens) - 1:
        verb = line.tokens[at]
        at += 1
        form = verb.form
        if form is None or not finite(verb) or not line.close(at) or verb.english.lower().startswith("there "):
            continue
        place = at - 1
        where = place > 0 and line.tokens[place - 1].english == "where" and form.base == "be"
        held = line.close(at) and line.tokens[at].kind == "pronoun"
        at += held
        if form.tense != "passive" and form.base not in lone and not where and not held:
            continue
        start = _clause_start(line, place)
        before = line.tokens[place - 1] if place else None
        if before and place > start and (before.said == "que" or before.english in ("that", "which", "who")):
            continue
        if _has_subject(line, start, place):
            continue
        after = at
        while line.close(after) and line.tokens[after].english in (*ADVERBS, "only"):
            after += 1
        if line.tokens[after - 1].english == "only":
            after -= 1
        if form.base == "remain" and before and before.english == "where":
            verb.english = {"remains": "is", "remain": "are"}.get(verb.english, verb.english)
        end = _noun_phrase(line, after) if after < len(line.tokens) else None
        if end is None or (form.base == "be" and line.tokens[after].kind != "name"):
            continue
        if form.base == "remain" and _still_have(line, verb, after, end):
            continue
        first = place
        while first > start and line.tokens[first - 1].english.lower() in ADVERBS:
            first -= 1
        line.move(first, after, end)
        if first and line.close(first) and MONTH.search(line.tokens[first - 1].english) and _is_day(line.tokens[first]):
            line.tokens[first - 1].english += ","  # in May, 20 agreements
        at = end


def _is_day(token: GlossWord) -> bool:
    """Whether a number behind the name of a month would be a day of it."""
    return token.kind == "number" and (not token.english.isdigit() or int(token.english) <= LAST_DAY)


LAST_DAY = 31
MONTH = when_needed(rf"(?:^|\bin |\bIn )(?:mid-|early |late )?(?:{'|'.join(MONTHS)})$")


def _still_have(line: GlossLine, verb: GlossWord, start: int, end: int) -> bool:
    """«quedan tres condados con acuerdos»: three counties still have agreements."""
    for at in range(start, end - 1):
        within, what = line.tokens[at], line.tokens[at + 1]
        if within.english in ("with", "with an") and what.english.endswith(("agreements", "agreement")):
            past = verb.form is not None and verb.form.tense == "past"
            within.english, verb.english = "still had" if past else "still have", ""
            return True
        if within.english == "with an agreement":
            within.english, verb.english = "still have an agreement", ""
            return True
    return False


def _without_subject(line: GlossLine) -> None:
    """A sentence that opens with its verb: «Es la cuarta», it is; «Tiene 15», it has."""
    skipped = spanish_words()["no_object_at_all"]
    for at, verb in enumerate(line.tokens[:-1]):
        opens = at == 0 or any(mark in line.gaps[at][1] for mark in ".?!;:")
        if not opens or verb.form is None or verb.form.tense not in ("present", "past", "perfect", "future"):
            continue
        if verb.kind != "verb" or verb.form.base in skipped:
            continue
        after = line.tokens[at + 1]
        if not line.close(at + 1) or after.kind == "name":
            continue
        said = verb.english[0].lower() + verb.english[1:]
        if said == "ended the year with":
            verb.english = "The year ended with"
            continue
        if verb.form.base == "be" and after.kind == "number" and verb.form.many:
            verb.english = f"There {said}"
        else:
            verb.english = f"{'They' if verb.form.many else 'It'} {said}"


def _behind_number(line: GlossLine) -> None:
    """«ya superan los 2.000 los acuerdos»: the agreements already exceed 2,000."""
    for at in range(len(line.tokens) - 3):
        verb, number, the = line.tokens[at : at + 3]
        if form_of(verb) not in ("exceed", "reach", "total", "approach", "surpass") or number.kind != "number":
            continue
        if the.said not in ("los", "las") or not all(line.close(one) for one in (at + 1, at + 2, at + 3)):
            continue
        end = _noun_phrase(line, at + 2)
        start = at
        while start and line.close(start) and line.tokens[start - 1].english.lower() in ADVERBS:
            start -= 1
        if end is not None and end > at + 3:
            while line.close(end) and line.tokens[end].english in ("nationwide", "in the country"):
                end += 1
            line.move(start, at + 2, end)


def _after_joining(line: GlossLine) -> None:
    """«aunque tiene 30»: although it has."""
    for at in range(1, len(line.tokens) - 1):
        verb, before = line.tokens[at], line.tokens[at - 1]
        if before.english.lower() not in ("although", "because", "since", "while", "when", "so") or not line.close(at):
            continue
        if verb.kind != "verb" or not verb.form or verb.form.tense not in ("present", "past", "perfect"):
            continue
        if not verb.english.startswith("there ") and verb.form.base not in spanish_words()["no_object_at_all"]:
            verb.english = f"{'they' if verb.form.many else 'it'} {verb.english}"


def _their(line: GlossLine) -> None:
    """«rescindieron sus acuerdos»: their agreements, where several do it."""
    for at in range(1, len(line.tokens)):
        verb, whose = line.tokens[at - 1], line.tokens[at]
        if whose.said in ("su", "sus") and whose.english == "its" and line.close(at) and verb.form and verb.form.many:
            whose.english = "their"


def _had(line: GlossLine) -> None:
    """«los 308 que tenía a principios de marzo»: that it had."""
    for at in range(2, len(line.tokens)):
        verb, before = line.tokens[at], line.tokens[at - 1]
        if before.english != "that" or line.tokens[at - 2].kind != "number" or form_of(verb) != "have":
            continue
        after = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
        if after is None or not line.close(at + 1) or after.english.startswith(("in ", "on ", "as of", "at the ")):
            verb.english = f"it {verb.english}"


def _adverbs(line: GlossLine) -> None:
    """«participan ya», already participate."""
    for at in range(2, len(line.tokens)):
        nearly, has, number = line.tokens[at - 2 : at + 1]
        if nearly.english == "nearly" and finite(has) and number.kind == "number" and line.close(at):
            line.move(at - 2, at - 1, at)  # casi tiene 380: has nearly 380
    for at in range(1, len(line.tokens)):
        verb, adverb = line.tokens[at - 1], line.tokens[at]
        if not (line.close(at) and finite(verb) and adverb.english in ("already", "also", "now", "still")):
            continue
        if form_of(verb) == "be" or verb.form is None or verb.form.tense in ("perfect", "passive", "future"):
            continue
        line.move(at - 1, at, at + 1)


COUNTING = (
    "son",
    "eran",
    "fueron",
    "no pasan de",
    "no llegan a",
    "no llegaban a",
    "no llegan a los",
    "no llegaban a los",
)
"""Verbs that say how many there are."""


def _counted(line: GlossLine) -> None:
    """«eran 31», without a subject: there were 31."""
    for at in range(1, len(line.tokens) - 1):
        verb = line.tokens[at]
        number = at + 1
        while line.close(number) and line.tokens[number].english in HEDGES:
            number += 1
        if verb.said not in COUNTING or not line.close(number):
            continue
        if line.tokens[number].kind != "number":
            continue
        start = _clause_start(line, at)
        if start < at and not _has_subject(line, start, at) and verb.english.split(" ")[0] in ("are", "were"):
            verb.english = f"there {verb.english}"


def _relative(line: GlossLine) -> None:
    """«, que firmó»: which signed; «el de», that of."""
    for at, token in enumerate(line.tokens[:-1]):
        after = line.tokens[at + 1]
        if token.said == "que" and token.english == "that" and "," in line.gaps[at][1] and line.close(at + 1):
            token.english = "which"
        if after.said == "que" and after.english == "that" and line.close(at + 1) and token.said in people():
            after.english = "who"
        if token.said in ("el", "la", "los", "las") and token.english.lower() == "the" and line.close(at + 1):
            if f"{after.english} ".startswith("of "):
                one = "that" if token.said in ("el", "la") else "those"
                token.english = one.capitalize() if token.english[0] == "T" else one
            elif after.said == "que":
                token.english, after.english = "those" if token.said in ("los", "las") else "the one", "that"
        if token.english.endswith(" the") and after.kind == "date" and line.close(at + 1):
            token.english = token.english.removesuffix(" the")


RULES: tuple[Callable[[GlossLine], None], ...] = (
    _adverbs, *WORDINGS, _pronouns, _person, _denied, *DESCRIBING, _relative, _behind_number, _inverted, _counted,
    _without_subject, _after_joining, _their, _had, *LAST,
)  # fmt: skip
