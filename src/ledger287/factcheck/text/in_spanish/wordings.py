"""English words for Spanish turns -> the words and places that English has for them.

What enters: the tokens of a paragraph. What leaves: the same tokens, with adjectives before their nouns and what is
said of models, lists, places, titles and the program in the words of English newspapers. Promise: nothing moves across
a mark, and an unknown word stays what it is.
"""

from ledger287.core.patterns import when_needed
from ledger287.factcheck.text.in_spanish.tokens import GlossLine, finite, form_of, is_place
from ledger287.factcheck.text.in_spanish.words.lexicon import adjectives, compared, nouns, people
from ledger287.factcheck.text.in_spanish.words.names import spanish_words


def _described(line: GlossLine) -> None:
    """A noun with adjectives behind it: una votación tensa; el condado más grande; 60 solicitudes más."""
    for at in range(len(line.tokens) - 1, -1, -1):
        if line.tokens[at].kind != "noun":
            continue
        end = at + 1
        while line.close(end) and line.tokens[end].kind == "adjective":
            end += 1
        if end > at + 1:
            line.move(at, at + 1, end)
        if at and line.close(end) and line.tokens[end].said == "más":
            _more(line, at, end)


def _more(line: GlossLine, noun: int, more: int) -> None:
    """«más» behind a noun: of more of them, of a comparison, or of the highest degree."""
    tokens, such = line.tokens, more + 1
    if line.close(such) and tokens[such].said in compared() | adjectives():
        said = tokens[such].said
        before = [one.english.lower().split(" ")[-1] for one in tokens[max(noun - 2, 0) : noun]]
        ranked = bool({"the", "its", "two"} & set(before))
        degrees = compared().get(said) or (f"more {adjectives()[said]}", f"most {adjectives()[said]}")
        if ranked and not (line.close(such + 1) and tokens[such + 1].english in ("than", "that")):
            tokens[more].english, tokens[such].english, tokens[more].kind = degrees[1], "", "adjective"
        else:
            tokens[more].english, tokens[such].english = degrees[0], ""
        line.move(noun, more, such + 1)
    elif tokens[noun - 1].kind == "number" and not (
        line.close(such) and (tokens[such].english in ("than", "that", "of") or tokens[such].kind == "number")
    ):
        line.move(noun, more, more + 1)


def _highest(line: GlossLine) -> None:
    """«los más recientes»: the most recent."""
    for at in range(1, len(line.tokens) - 1):
        more, such = line.tokens[at], line.tokens[at + 1]
        if more.said != "más" or more.english != "more" or line.tokens[at - 1].english.lower().split(" ")[-1] != "the":
            continue
        if line.close(at) and line.close(at + 1) and such.said in compared() | adjectives():
            said = compared().get(such.said) or ("", f"most {adjectives()[such.said]}")
            more.english, such.english, more.kind = said[1], "", "adjective"


STILL = {"sigue": "is still", "siguen": "are still", "continúa": "is still", "continúan": "are still",
         "seguía": "was still", "seguían": "were still"}  # fmt: skip


def _still(line: GlossLine) -> None:
    """«siguen pendientes»: are still pending; «sigue creciendo»; «siguen fuera»."""
    for at in range(len(line.tokens) - 1):
        token, after = line.tokens[at], line.tokens[at + 1]
        if token.said not in STILL or not line.close(at + 1):
            continue
        if after.english in MODELS or after.english.removeprefix("the ") in MODELS:
            token.english = "follow" if token.said == "siguen" else "follows"
            continue
        which = after.form.tense if after.form else after.kind
        if which in ("participle", "gerund", "adjective") or after.english in ("pending", "without", "outside", "in"):
            token.english = STILL[token.said]


def _first_to(line: GlossLine) -> None:
    """«la primera en sumarse», «el último condado en firmar»: the first to join, the last county to sign."""
    ranked = False
    for at, token in enumerate(line.tokens):
        ranked = (ranked and "," not in line.gaps[at][1]) or token.english.split(" ")[-1] in ("first", "last", "second")
        if ranked and token.said.startswith("en ") and token.form and token.form.tense == "infinitive":
            token.english, ranked = f"to {token.form.base}", False


def _which_year(line: GlossLine) -> None:
    """«una ley de 2025»: a 2025 law."""
    for at in range(len(line.tokens) - 3, -1, -1):
        law, of, year = line.tokens[at : at + 3]
        if law.english not in ("law", "order") or of.english != "of" or not YEAR.fullmatch(year.english):
            continue
        if line.close(at + 1) and line.close(at + 2):
            of.english = ""
            line.move(at, at + 1, at + 3)


YEAR = when_needed(r"(?:19|20)\d\d")
MODELS = ("jail enforcement model", "task force model", "warrant service officer model")

BARE = {"warrant service officer": "the warrant service officer model", "jails": "the jail enforcement model",
        "task force": "the task force model"}  # fmt: skip


def _models(line: GlossLine) -> None:
    """«223 del modelo carcelario», under it; «445 a oficiales de órdenes»: of a number whose verb was said before."""
    for at in range(1, len(line.tokens) - 1):
        before, token, after = line.tokens[at - 1 : at + 2]
        if not (line.close(at) and line.close(at + 1)):
            continue
        if (
            token.english in ("to the", "of the")
            and after.english == "of"
            and before.kind == "number"
            and line.close(at + 2)
        ):
            named = line.tokens[at + 2]
            if named.english in BARE:
                token.english, after.english, named.english = "under", "", BARE[named.english]  # 445 al de oficiales
        if token.english.endswith("of the") and after.english in MODELS:
            token.english = token.english.removesuffix("of the") + "under the"
        elif token.english in ("of", "to", "to the") and before.kind == "number" and after.english in BARE:
            token.english, after.english = "under", BARE[after.english]


def _all_of_them(line: GlossLine) -> None:
    """«ya participan los 67»: all 67."""
    for at in range(len(line.tokens) - 1):
        token, number = line.tokens[at], line.tokens[at + 1]
        if token.said not in ("los", "las") or number.kind != "number" or not line.close(at + 1):
            continue
        ends = at + 2 == len(line.tokens) or not line.close(at + 2)
        if ends and at and form_of(line.tokens[at - 1]) in spanish_words()["no_object_at_all"]:
            token.english = "all"


LISTS = ("list", "federal list", "official list", "public list", "ICE list", "national list")

LISTED = {"appears": "is", "appear": "are", "appeared": "was", "there are": "are", "there were": "were",
          "no longer appeared": "was no longer", "no longer appears": "is no longer"}  # fmt: skip


def _listed(line: GlossLine) -> None:
    """«ya no aparecía en el listado federal»: was no longer on the federal list."""
    for at in range(len(line.tokens) - 2):
        verb, within, the, *rest = line.tokens[at : at + 4]
        named = the if within.english == "in the" else rest[0] if rest and the.english in ("the", "its") else None
        if at and line.tokens[at - 1].english == "according to":
            continue
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


def _fewer(line: GlossLine) -> None:
    """«una agencia menos»: one fewer agency."""
    for at in range(1, len(line.tokens) - 1):
        one, noun, less = line.tokens[at - 1 : at + 2]
        compares = line.close(at + 2) and line.tokens[at + 2].said in ("que", "de")
        if one.said in ("un", "una") and noun.kind == "noun" and less.said == "menos" and not compares:
            one.english, less.english = "one", "fewer"
            if line.close(at + 1):
                line.move(at, at + 1, at + 2)


def _most_of_all(line: GlossLine) -> None:
    """«la ciudad con más venezolanos del país»: with the most."""
    for at in range(len(line.tokens) - 3):
        within, more, noun, there = line.tokens[at : at + 4]
        everywhere = there.said in ("del país", "del") or there.english in ("in the country", "in the state")
        if within.said == "con" and more.english == "more" and noun.kind == "noun" and everywhere:
            more.english = "the most"


TITLES = ("governor", "mayor", "president", "senator", "congressman", "sheriff", "lieutenant governor")


def _titled(line: GlossLine) -> None:
    """«la gobernadora Abigail Spanberger»: Governor Abigail Spanberger."""
    for at in range(1, len(line.tokens) - 1):
        the, title, name = line.tokens[at - 1 : at + 2]
        if not (line.close(at) and line.close(at + 1)) or name.kind != "name" or is_place(name):
            continue
        if title.said not in people() or the.english.lower() not in ("the", "of the", "to the"):
            continue
        if title.english in TITLES:
            title.english = title.english.capitalize()
        if the.english[0] == "T":
            title.english = title.english[0].upper() + title.english[1:]
        the.english = "" if the.english.lower() == "the" else the.english.split(" ")[0]


def _none(line: GlossLine) -> None:
    """«Ninguna es la policía de …»: none is."""
    for at in range(len(line.tokens) - 1):
        token, after = line.tokens[at], line.tokens[at + 1]
        if token.said in ("ninguno", "ninguna") and token.english.lower() == "no" and line.close(at + 1) and after.form:
            token.english = "None" if token.english[0] == "N" else "none"
        if after.english in ("have no", "has no") and not line.close(at + 2):
            after.english = after.english.replace("no", "none")


def _particles(line: GlossLine) -> None:
    """«empujado por una ley», pushed by it; «espera adiestrar», expects to train; «40 cambios», 40 changes."""
    for at in range(1, len(line.tokens)):
        token, before = line.tokens[at], line.tokens[at - 1]
        if not line.close(at):
            continue
        if token.said == "por" and before.form and before.form.tense in ("participle", "passive"):
            token.english = "by"
        elif token.form and token.form.tense == "infinitive" and token.english.startswith(token.form.base):
            asked = finite(before) and form_of(before) not in WITHOUT_TO
            token.english = f"to {token.english}" if asked or before.kind in ("noun", "name") else token.english
        if token.said in adjectives() and token.kind == "noun" and (before.kind == "noun" or "$" in before.english):
            token.english, token.kind = adjectives()[token.said], "adjective"
        dated = before.kind == "date" or before.english.startswith("on ")
        if dated and at > 1 and form_of(line.tokens[at - 2]) == "reach" and token.english in ("to", "to the"):
            token.english = "" if token.english == "to" else "the"
        if form_of(before) == "join" and token.english in ("to", "to the"):
            token.english = "" if token.english == "to" else "the"
        if form_of(before) == "reach" and token.english in ("to", "to the"):
            token.english = "" if token.english == "to" else "the"
        if before.form and token.kind == "verb" and token.said in nouns() and before.form.base not in ("be", "have"):
            token.english, token.kind, token.form = nouns()[token.said], "noun", None
        if (
            before.kind == "number"
            and "$" not in before.english
            and token.said in nouns()
            and (token.kind != "noun" or token.said == "oficiales")
        ):
            token.english, token.kind, token.form = nouns()[token.said], "noun", None


WITHOUT_TO = ("can", "must", "let", "make", "help", "be", "have")


def _program(line: GlossLine) -> None:
    """«acuerdos 287(g)»: 287(g) agreements; «mediante el 287(g)»: the 287(g) program."""
    for at in range(len(line.tokens) - 1, 0, -1):
        token, before = line.tokens[at], line.tokens[at - 1]
        if token.said not in ("287(g)", "287g") or not line.close(at):
            continue
        if before.kind == "noun" and at > 1 and line.tokens[at - 2].kind == "number":
            continue
        if before.kind == "noun":
            line.move(at - 1, at, at + 1)
        elif before.said in ("el", "del", "al"):
            token.english = "287(g) program"


def _in_places(line: GlossLine) -> None:
    """Of a state, what is counted is "in" it: 8 agencias de Ohio; 12 agencias de 38 estados; es de Texas."""
    within = spanish_words()["within"]
    for at in range(1, len(line.tokens) - 1):
        token, before, after = line.tokens[at], line.tokens[at - 1], line.tokens[at + 1]
        numbered = before.english in within and at > 1 and line.tokens[at - 2].kind == "number"
        behind = line.tokens[at + 2].english if at + 2 < len(line.tokens) else ""
        states = after.kind == "number" and behind in ("states", "counties")
        if token.said == "del" and after.english == "state" and token.english == "of the" and before.english in within:
            token.english = "in the"
        if token.said != "de" or token.english != "of":
            continue
        the = at > 1 and line.tokens[at - 2].said in ("los", "las")
        alone = before.kind == "number" and "%" not in before.english and is_place(after) and not the
        if before.english == "agreements" and after.kind == "number" and behind in within:
            token.english = "with"  # 1.783 acuerdos de 1.497 agencias
        elif alone or (before.english in within and states and at > 1 and line.tokens[at - 2].english == "with"):
            token.english = "in"  # cinco de Maryland; acuerdos con agencias de 21 estados
        elif (numbered and (is_place(after) or states)) or (form_of(before) == "be" and is_place(after)):
            token.english = "in"
        elif before.english == "and" and is_place(after) and at > SECOND and is_place(line.tokens[at - 2]):
            token.english = token.english if line.tokens[at - 3].english in ("of", "in") else ""


SECOND = 2
"""The place of a token that has three before it."""
WORDINGS = (
    _listed, _fewer, _most_of_all, _none, _still, _first_to, _all_of_them, _models, _which_year, _particles, _program,
)  # fmt: skip
"""Before subjects and verbs are looked at."""
DESCRIBING = (_described, _highest)
LAST = (_titled, _in_places)
