"""English words in the order of Spanish -> the order that English has.

What enters: the tokens of a paragraph. What leaves: the same tokens, reordered: subjects before their verbs, adjectives
before their nouns, pronouns behind their verbs, denials with "do". Promise: nothing moves across a mark, no word is
lost but an article or a preposition that English has no word for, and an unknown word stays what it is.
"""

from collections.abc import Callable

from ledger287.factcheck.text.spanish_lexicon import adjectives, compared, nouns, people
from ledger287.factcheck.text.spanish_names import spanish_words
from ledger287.factcheck.text.spanish_tokens import Line, Piece, Token, is_place, line_of, pieces_of
from ledger287.factcheck.text.spanish_verbs import negated

FINITE = ("present", "past", "perfect", "future", "passive")
PRONOUNS = {"lo": "it", "la": "it", "los": "them", "las": "them"}
DATIVE = ("le", "les")
OPENING = ("and", "but", "or", "while", "where", "when", "although", "because", "so", "if", "since", "after", "before")
PREPOSITIONS = ("of", "of the", "in", "in the", "with", "to", "to the", "for", "from", "by", "under", "under the",
                "since", "as of", "within", "through", "among", "after", "before", "during", "behind")  # fmt: skip
HEDGES = ("more than", "fewer than", "less than", "nearly", "about", "at least", "at most", "up to", "almost", "just",
          "just over", "just under", "over", "close to", "another", "only", "exactly", "no fewer than")  # fmt: skip
DETERMINERS = ("the", "a", "an", "its", "their", "this", "that", "these", "those", "some", "several", "many", "few",
               "no", "all", "both", "each", "every", "other", "any", "the first", "such", "most of the", "most of",
               "all the", "hundreds of", "dozens of", "thousands of")  # fmt: skip
ADVERBS = ("already", "also", "now", "still", "no longer", "currently", "today", "never", "again")


def reordered(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces of a paragraph in the order of English."""
    line = line_of(text, pieces)
    for rule in RULES:
        rule(line)
    return pieces_of(line)


def _finite(token: Token) -> bool:
    return token.form is not None and token.form.tense in FINITE


def _described(line: Line) -> None:
    """A noun with adjectives behind it: una votación tensa; el condado más grande; 60 solicitudes más."""
    for at in range(len(line.tokens) - 1, -1, -1):
        if line.tokens[at].kind != "noun":
            continue
        end = at + 1
        while line.close(end) and line.tokens[end].kind == "adjective":
            end += 1
        if end > at + 1:
            line.move(at, at + 1, end)
            at = end - 1
        end = at + 1
        if line.close(end) and line.tokens[end].said == "más" and at:
            _more(line, at, end)


def _more(line: Line, noun: int, more: int) -> None:
    """«más» behind a noun: of more of them, of a comparison, or of the highest degree."""
    tokens, such = line.tokens, more + 1
    if line.close(such) and tokens[such].said in compared() | adjectives():
        said = tokens[such].said
        first = max((at for at in range(max(noun - 2, 0), noun) if tokens[at].english.lower() in ("the", "its")),
                    default=None)  # fmt: skip
        degrees = compared().get(said) or (f"more {adjectives()[said]}", f"most {adjectives()[said]}")
        if first is not None and not (line.close(such + 1) and tokens[such + 1].english in ("than", "that")):
            tokens[more].english, tokens[such].english = degrees[1], ""
        else:
            tokens[more].english, tokens[such].english = degrees[0], ""
        line.move(noun, more, such + 1)
    elif tokens[noun - 1].kind == "number" and not (
        line.close(such) and (tokens[such].english in ("than", "that", "of") or tokens[such].kind == "number")
    ):
        line.move(noun, more, more + 1)


def _highest(line: Line) -> None:
    """«los más recientes»: the most recent."""
    for at in range(1, len(line.tokens) - 1):
        more, such = line.tokens[at], line.tokens[at + 1]
        if more.said != "más" or more.english != "more" or line.tokens[at - 1].english.lower().split(" ")[-1] != "the":
            continue
        if line.close(at) and line.close(at + 1) and such.said in compared() | adjectives():
            said = compared().get(such.said) or ("", f"most {adjectives()[such.said]}")
            more.english, such.english = said[1], ""


def _pronouns(line: Line) -> None:
    """A pronoun before a verb goes behind it: los prohíbe, bans them; lo firmó, signed it."""
    for at in range(len(line.tokens) - 1):
        pronoun, verb = line.tokens[at], line.tokens[at + 1]
        if not line.close(at + 1) or verb.form is None or verb.form.tense == "participle":
            continue
        if verb.kind == "noun" or (at and line.close(at) and line.tokens[at - 1].english in PREPOSITIONS):
            continue
        if pronoun.said in PRONOUNS and verb.form.tense != "infinitive":
            pronoun.english, pronoun.kind = PRONOUNS[pronoun.said], "pronoun"
            line.move(at, at + 1, at + 2)
        elif pronoun.said in DATIVE:
            _dative(line, at)


def _dative(line: Line, at: int) -> None:
    """«le quedan seis»: has six left; «le costó al condado»: it is said again behind."""
    tokens = line.tokens
    verb = tokens[at + 1]
    if verb.form is None:
        return
    if verb.form.base == "remain":
        verb.english = "had left" if verb.form.tense == "past" else "has left"
    tokens[at].english = ""


def _denied(line: Line) -> None:
    """«no» before a verb, with "do" where English needs it."""
    for at in range(len(line.tokens) - 1):
        said, verb = line.tokens[at], line.tokens[at + 1]
        if said.said == "no" and said.english.lower() == "not" and line.close(at + 1) and verb.form and _finite(verb):
            english = negated(verb.english, verb.form)
            if said.english[0] == "N":
                english = english[0].upper() + english[1:]
            said.english, verb.english = "", english
        elif said.english.lower() == "not yet" and line.close(at + 1) and verb.form and _finite(verb):
            english = negated(verb.english, verb.form)
            said.english, verb.english = "", f"{english} yet" if " " not in english else english
            head, _, rest = english.partition(" not ")
            if rest:
                verb.english = f"{head} not yet {rest}"


def _person(line: Line) -> None:
    """The «a» before whom something is done to: desplazó a Tennessee; incluía al condado."""
    taking = spanish_words()["no_object"]
    for at in range(1, len(line.tokens) - 1):
        token, before, after = line.tokens[at], line.tokens[at - 1], line.tokens[at + 1]
        if token.said not in ("a", "al") or not (line.close(at) and line.close(at + 1)) or before.form is None:
            continue
        if before.form.base in taking or before.form.tense in ("passive", "participle"):
            continue
        if token.said == "al" and after.kind in ("noun", "name", "adjective"):
            token.english = "the"
        elif token.said == "a" and (
            after.kind in ("number", "name") or after.english in DETERMINERS or after.english in HEDGES
            or after.kind == "noun"
        ):  # fmt: skip
            token.english = ""


def _noun_phrase(line: Line, start: int) -> int | None:
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
            while line.close(at) and tokens[at].kind in ("name", "adjective"):
                at += 1
            return _of_it(line, at)
        else:
            break
    return at if numbered and at > start else None


def _of_it(line: Line, at: int) -> int:
    """The end of a noun phrase with what is said of it by "of", "in" or "with"."""
    tokens = line.tokens
    while line.close(at) and tokens[at].english in ("of", "of the", "with", "for", "in force"):
        if tokens[at].english == "in force":
            at += 1
            continue
        end = _noun_phrase(line, at + 1) if line.close(at + 1) else None
        if end is None:
            break
        at = end
    return at


def _clause_start(line: Line, at: int) -> int:
    """Where the clause of a token begins: behind a mark or a joining word."""
    while at > 0 and line.close(at) and line.tokens[at - 1].english.lower() not in OPENING:
        at -= 1
    return at


def _has_subject(line: Line, start: int, verb: int) -> bool:
    """Whether something before a verb in its clause can be its subject: what is in no phrase of place or time."""
    at, tokens = start, line.tokens
    while at < verb:
        english = tokens[at].english.lower()
        if english in PREPOSITIONS or english.startswith(("in ", "on ", "as of", "at the ", "since ", "of ")):
            end = _noun_phrase(line, at + 1) if english in PREPOSITIONS and at + 1 < verb else at + 1
            if end is None:
                end = at + 2
            at = min(max(end, at + 1), verb)
        elif tokens[at].kind in ("date", "adverb", "adjective") or english in (*ADVERBS, "only") or not english:
            at += 1
        elif english.endswith((" ago", " week", " month", " year", " day")):
            at += 1
        else:
            return True
    return False


def _inverted(line: Line) -> None:
    """A subject behind its verb goes before it: en Florida rigen 206 acuerdos; se firmaron 12; donde queda Memphis."""
    lone = spanish_words()["no_object_at_all"]
    at = 0
    while at < len(line.tokens) - 1:
        verb = line.tokens[at]
        at += 1
        form = verb.form
        if form is None or form.tense not in FINITE or not line.close(at) or verb.english.lower().startswith("there "):
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
        at = end


def _still_have(line: Line, verb: Token, start: int, end: int) -> bool:
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


def _without_subject(line: Line) -> None:
    """A sentence that opens with its verb: «Es la cuarta», it is; «Tiene 15», it has."""
    skipped = spanish_words()["no_object_at_all"]
    for at, verb in enumerate(line.tokens[:-1]):
        opens = at == 0 or any(mark in line.gaps[at][1] for mark in ".?!;")
        if not opens or verb.form is None or verb.form.tense not in ("present", "past", "perfect", "future"):
            continue
        if verb.kind != "verb" or verb.form.base in skipped:
            continue
        after = line.tokens[at + 1]
        if not line.close(at + 1) or after.kind == "name":
            continue
        said = verb.english[0].lower() + verb.english[1:]
        if verb.form.base == "be" and after.kind == "number" and verb.form.many:
            verb.english = f"There {said}"
        else:
            verb.english = f"{'They' if verb.form.many else 'It'} {said}"


def _after_joining(line: Line) -> None:
    """«aunque tiene 30»: although it has."""
    for at in range(1, len(line.tokens) - 1):
        verb, before = line.tokens[at], line.tokens[at - 1]
        if before.english.lower() not in ("although", "because", "since", "while", "when", "so") or not line.close(at):
            continue
        if verb.kind == "verb" and verb.form and verb.form.tense in ("present", "past", "perfect"):
            if not verb.english.startswith("there ") and verb.form.base not in spanish_words()["no_object_at_all"]:
                verb.english = f"{'they' if verb.form.many else 'it'} {verb.english}"


STILL = {"sigue": "is still", "siguen": "are still", "continúa": "is still", "continúan": "are still",
         "seguía": "was still", "seguían": "were still"}  # fmt: skip


def _still(line: Line) -> None:
    """«siguen pendientes»: are still pending; «sigue creciendo»; «siguen fuera»."""
    for at in range(len(line.tokens) - 1):
        token, after = line.tokens[at], line.tokens[at + 1]
        if token.said not in STILL or not line.close(at + 1):
            continue
        which = after.form.tense if after.form else after.kind
        if which in ("participle", "gerund", "adjective") or after.english in ("pending", "without", "outside", "in"):
            token.english = STILL[token.said]


def _which_year(line: Line) -> None:
    """«una ley de 2025»: a 2025 law."""
    for at in range(len(line.tokens) - 3, -1, -1):
        law, of, year = line.tokens[at : at + 3]
        if law.english in ("law", "order") and of.english == "of" and year.english.isdigit() and len(year.english) == 4:
            if line.close(at + 1) and line.close(at + 2):
                of.english = ""
                line.move(at, at + 1, at + 3)


MODELS = ("jail enforcement model", "task force model", "warrant service officer model")
BARE = {"warrant service officer": "the warrant service officer model", "jails": "the jail enforcement model",
        "task force": "the task force model"}  # fmt: skip


def _models(line: Line) -> None:
    """«223 del modelo carcelario», under it; «445 a oficiales de órdenes»: of a number whose verb was said before."""
    for at in range(1, len(line.tokens) - 1):
        before, token, after = line.tokens[at - 1 : at + 2]
        if not (line.close(at) and line.close(at + 1)):
            continue
        if token.english == "of the" and after.english in MODELS:
            token.english = "under the"
        elif token.english in ("of", "to", "to the") and before.kind == "number" and after.english in BARE:
            token.english, after.english = "under", BARE[after.english]


def _all_of_them(line: Line) -> None:
    """«ya participan los 67»: all 67."""
    for at in range(len(line.tokens) - 1):
        token, number = line.tokens[at], line.tokens[at + 1]
        if token.said not in ("los", "las") or number.kind != "number" or not line.close(at + 1):
            continue
        ends = at + 2 == len(line.tokens) or not line.close(at + 2)
        if ends and at and form_of(line.tokens[at - 1]) in spanish_words()["no_object_at_all"]:
            token.english = "all"


def _none(line: Line) -> None:
    """«Ninguna es la policía de …»: none is."""
    for at in range(len(line.tokens) - 1):
        token, after = line.tokens[at], line.tokens[at + 1]
        if token.said in ("ninguno", "ninguna") and token.english.lower() == "no" and line.close(at + 1) and after.form:
            token.english = "None" if token.english[0] == "N" else "none"


LISTS = ("list", "federal list", "official list", "public list", "ICE list", "national list")
LISTED = {"appears": "is", "appear": "are", "appeared": "was", "there are": "are", "there were": "were",
          "no longer appeared": "was no longer", "no longer appears": "is no longer"}  # fmt: skip


def _listed(line: Line) -> None:
    """«ya no aparecía en el listado federal»: was no longer on the federal list."""
    for at in range(len(line.tokens) - 2):
        verb, within, the, *rest = line.tokens[at : at + 4]
        named = the if within.english == "in the" else rest[0] if rest and the.english in ("the", "its") else None
        if verb.english not in LISTED or not within.english.startswith("in") or named is None:
            continue
        if named.english in LISTS and line.close(at + 1) and line.close(at + 2):
            before = line.tokens[at - 1] if at and line.close(at) else None
            if before and before.english == "no longer":
                before.english = ""
                verb.english = {"appears": "is", "appear": "are"}.get(verb.english, "was") + " no longer"
            else:
                verb.english = LISTED[verb.english]
            within.english = within.english.replace("in", "on", 1)


def _fewer(line: Line) -> None:
    """«una agencia menos»: one fewer agency."""
    for at in range(1, len(line.tokens) - 1):
        one, noun, less = line.tokens[at - 1 : at + 2]
        if one.said in ("un", "una") and noun.kind == "noun" and less.said == "menos" and line.close(at + 1):
            if not (line.close(at + 2) and line.tokens[at + 2].said in ("que", "de")):
                one.english, less.english = "one", "fewer"
                line.move(at, at + 1, at + 2)


def _most_of_all(line: Line) -> None:
    """«la ciudad con más venezolanos del país»: with the most."""
    for at in range(len(line.tokens) - 3):
        within, more, noun, there = line.tokens[at : at + 4]
        if within.said == "con" and more.said == "más" and more.english == "more" and noun.kind == "noun":
            if there.said in ("del país", "del") or there.english in ("in the country", "of the state", "in the state"):
                more.english = "the most"


def _had(line: Line) -> None:
    """«los 308 que tenía a principios de marzo»: that it had."""
    for at in range(2, len(line.tokens)):
        verb, before = line.tokens[at], line.tokens[at - 1]
        if before.english != "that" or line.tokens[at - 2].kind != "number" or form_of(verb) != "have":
            continue
        after = line.tokens[at + 1] if at + 1 < len(line.tokens) else None
        if after is None or not line.close(at + 1) or after.english.startswith(("in ", "on ", "as of", "at the ")):
            verb.english = f"it {verb.english}"


def _adverbs(line: Line) -> None:
    """«participan ya», already participate."""
    for at in range(1, len(line.tokens)):
        verb, adverb = line.tokens[at - 1], line.tokens[at]
        if not (line.close(at) and _finite(verb) and adverb.english in ("already", "also", "now", "still")):
            continue
        if form_of(verb) == "be" or verb.form is None or verb.form.tense in ("perfect", "passive", "future"):
            continue
        line.move(at - 1, at, at + 1)


def _counted(line: Line) -> None:
    """«eran 31», without a subject: there were 31."""
    for at in range(1, len(line.tokens) - 1):
        verb = line.tokens[at]
        number = at + 1
        while line.close(number) and line.tokens[number].english in HEDGES:
            number += 1
        if verb.said not in ("son", "eran", "fueron") or not line.close(number):
            continue
        if line.tokens[number].kind != "number":
            continue
        start = _clause_start(line, at)
        if start < at and not _has_subject(line, start, at) and verb.english in ("are", "were"):
            verb.english = f"there {verb.english}"


def _relative(line: Line) -> None:
    """«, que firmó»: which signed; «el de», that of."""
    for at, token in enumerate(line.tokens[:-1]):
        after = line.tokens[at + 1]
        if token.said == "que" and token.english == "that" and "," in line.gaps[at][1] and line.close(at + 1):
            token.english = "which"
        if after.said == "que" and after.english == "that" and line.close(at + 1) and token.said in people():
            after.english = "who"
        if token.said in ("el", "la", "los", "las") and token.english.lower() == "the" and line.close(at + 1):
            if after.english in ("of", "of the"):
                one = "that" if token.said in ("el", "la") else "those"
                token.english = one.capitalize() if token.english[0] == "T" else one
            elif after.said == "que":
                token.english, after.english = "those" if token.said in ("los", "las") else "the one", "that"
        if token.said in ("del", "de") and after.kind == "date" and line.close(at + 1):
            token.english = "of"


def _in_places(line: Line) -> None:
    """Of a state, what is counted is "in" it: 8 agencias de Ohio."""
    for at in range(1, len(line.tokens) - 1):
        token, before, after = line.tokens[at], line.tokens[at - 1], line.tokens[at + 1]
        if token.said == "de" and token.english == "of" and is_place(after) and before.kind == "noun":
            if before.english in spanish_words()["within"] and at > 1 and line.tokens[at - 2].kind == "number":
                token.english = "in"
        if token.said == "de" and before.english in spanish_words()["within"] and after.kind == "number":
            if at + 2 < len(line.tokens) and line.tokens[at + 2].english in ("states", "counties"):
                token.english = "in"
        if token.said == "del" and after.english == "state" and token.english == "of the":
            if before.english in spanish_words()["within"]:
                token.english = "in the"
        if token.said == "de" and before.english == "and" and is_place(after) and at > 2:
            if is_place(line.tokens[at - 2]) and line.tokens[at - 3].english not in ("of", "in"):
                token.english = ""


def _particles(line: Line) -> None:
    """«empujado por una ley», pushed by it; «espera adiestrar», expects to train; «40 cambios», a noun behind a number."""
    for at in range(1, len(line.tokens)):
        token, before = line.tokens[at], line.tokens[at - 1]
        if not line.close(at):
            continue
        if token.said == "por" and before.form and before.form.tense in ("participle", "passive"):
            token.english = "by"
        elif token.form and token.form.tense == "infinitive" and token.english == token.form.base:
            if before.kind in ("noun", "name"):
                token.english = f"to {token.english}"
            if before.form and _finite(before) and before.form.base not in WITHOUT_TO:
                token.english = f"to {token.english}"
        if token.said in adjectives() and token.kind == "noun" and (before.kind == "noun" or "$" in before.english):
            token.english, token.kind = adjectives()[token.said], "adjective"
        if form_of(before) == "reach" and token.english in ("to", "to the"):
            token.english = "" if token.english == "to" else "the"
        if before.form and token.kind == "verb" and token.said in nouns() and before.form.base not in ("be", "have"):
            token.english, token.kind, token.form = nouns()[token.said], "noun", None
        if before.kind == "number" and token.said in nouns() and (token.kind != "noun" or token.said == "oficiales"):
            token.english, token.kind, token.form = nouns()[token.said], "noun", None


def form_of(token: Token) -> str:
    """The base of a verb; nothing of other words."""
    return token.form.base if token.form else ""


WITHOUT_TO = ("can", "must", "let", "make", "help", "be", "have")


def _program(line: Line) -> None:
    """«acuerdos 287(g)»: 287(g) agreements; «mediante el 287(g)»: the 287(g) program."""
    for at in range(len(line.tokens) - 1, 0, -1):
        token, before = line.tokens[at], line.tokens[at - 1]
        if token.said not in ("287(g)", "287g") or not line.close(at):
            continue
        if before.kind == "noun":
            line.move(at - 1, at, at + 1)
        elif before.said in ("el", "del", "al"):
            token.english = "287(g) program"


RULES: tuple[Callable[[Line], None], ...] = (
    _adverbs, _listed, _fewer, _most_of_all, _none, _still, _all_of_them, _models, _which_year, _particles, _program,
    _pronouns, _person, _denied, _described, _highest, _relative, _inverted, _counted, _without_subject,
    _after_joining, _had, _in_places,
)  # fmt: skip
