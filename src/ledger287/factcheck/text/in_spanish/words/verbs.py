"""Forms of Spanish verbs -> the same forms of the English ones.

What enters: the declared verbs (declared/factcheck/es/verbs.yml). What leaves: each Spanish form with its English and
what form it is. Promise: what is to come or would be keeps "will" or "would", so that the English reading abstains on
it.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ledger287.core import declared

BEFORE_INFINITIVE = {
    "después de": "after",
    "luego de": "after",
    "tras": "after",
    "antes de": "before",
    "sin": "without",
    "al": "on",
    "de": "of",
    "por": "for",
    "en": "in",
}
"""Before an infinitive, words with which English has a gerund."""
TO_INFINITIVE = {
    "para": "to", "a": "to", "para no": "not to", "primero en": "first to", "primera en": "first to",
    "última en": "last to", "último en": "last to", "únicas en": "only ones to", "va a": "will", "van a": "will",
}  # fmt: skip
"""Before an infinitive, words with which English has one too."""
BEFORE_BOTH = {
    "dejó de": "stopped {going}", "dejaron de": "stopped {going}", "volvió a": "{past} again",
    "acaba de": "has newly {done}", "acaban de": "have newly {done}", "acababa de": "had newly {done}",
    "acababan de": "had newly {done}", "sigue sin": "still has not {done}", "siguen sin": "still have not {done}",
    "seguía sin": "still had not {done}", "seguían sin": "still had not {done}", "suele": "usually {base}s",
    "hasta": "to {base}", "alcanzó a": "managed to {base}", "logró": "managed to {base}",
    "lograron": "managed to {base}", "ayudó a": "helped {base}", "ayuda a": "helps {base}",
}  # fmt: skip
"""Before an infinitive, words of which English makes another form."""
PARTICLES = {
    "join": (("al", " the"), ("a", "")),
    "enter": (("al", " the"), ("a", ""), ("en el", " the")),
    "withdraw": (("del", " from the"), ("de", " from")),
    "leave": (("del", " the"),),
    "ask": (("por", " about"), ("sobre", " about")),
}
"""Words behind a Spanish verb that English says otherwise or not: se sumó al programa, joined the program."""
VOWELS = "aeiou"
PARTICIPLE = ("o", "a", "os", "as")
ENDINGS = {
    "present": (("a", "e"), ("an", "en")), "past": (("ó", "ió"), ("aron", "ieron")), "lasting": ("aba", "ía")
}  # fmt: skip


class EnglishForm(NamedTuple):
    """What form of which English verb a Spanish word is."""

    base: str
    tense: str
    many: bool = False


class SpanishVerb(NamedTuple):
    """The Spanish forms of a verb, by what they are."""

    present: tuple[str, str]
    past: tuple[str, str]
    lasting: str
    future: str
    done: str
    going: str


def _spanish(infinitive: str, irregular: dict[str, Any]) -> SpanishVerb:
    plain = infinitive.removesuffix("se")
    own: dict[str, Any] = irregular["spanish"].get(infinitive) or irregular["spanish"].get(plain) or {}
    stem, other = plain[:-2], plain[-2:] != "ar"
    present = own.get("present") or [stem + one[other] for one in ENDINGS["present"]]
    past = own.get("past") or [stem + one[other] for one in ENDINGS["past"]]
    return SpanishVerb(
        (str(present[0]), str(present[1])),
        (str(past[0]), str(past[1])),
        stem + str(ENDINGS["lasting"][other]),
        str(own.get("future") or plain),
        str(own.get("participle") or stem + ("id" if other else "ad")),
        str(own.get("gerund") or stem + ("iendo" if other else "ando")),
    )


@cache
def verb_forms() -> dict[str, tuple[str, EnglishForm]]:
    """Spanish form -> its English, and what it is; the first verb that has a form keeps it."""
    data = declared.declared_yaml("factcheck/es/verbs.yml")
    found: dict[str, tuple[str, EnglishForm]] = {}
    for spanish, english in data["verbs"].items():
        infinitive, base = str(spanish), str(english)
        forms = list(_forms(infinitive, base, data["irregular"], alone=base not in data["verbal"]))
        if not infinitive.endswith("se") and f"{infinitive}se" not in data["verbs"]:
            forms += _passive(infinitive, base, data["irregular"])
        for form, said, which in forms:
            if form in data["unread"]:
                continue
            found.setdefault(form, (said, which))
            if which.tense != "passive":
                for particle, more in PARTICLES.get(base, ()):
                    found.setdefault(f"{form} {particle}", (f"{said}{more}", which))
    return found | _saying(data)


def _saying(data: dict[str, Any]) -> dict[str, tuple[str, EnglishForm]]:
    """Forms of the verbs that say something, each with "que": insistió en que, said that."""
    found: dict[str, tuple[str, EnglishForm]] = {}
    for spanish in data["saying"]:
        infinitive, _, particle = str(spanish).partition(" ")
        behind = f" {particle} que" if particle else " que"
        for form, said, which in _forms(infinitive, "say", data["irregular"], alone=False):
            if which.tense in ("present", "past", "perfect"):
                found.setdefault(form + behind, (f"{said} that", which))
    return found


def _forms(
    infinitive: str, base: str, irregular: dict[str, Any], *, alone: bool
) -> Iterator[tuple[str, str, EnglishForm]]:
    plain = infinitive.removesuffix("se")
    verb = _spanish(infinitive, irregular)
    past, participle = _past(base, irregular["english"])
    it = "se " if infinitive != plain else ""
    yield it + verb.present[0], _third(base, irregular["third"]), EnglishForm(base, "present")
    yield it + verb.present[1], base, EnglishForm(base, "present", many=True)
    subjunctive = verb.past[1].removesuffix("ron") + "ra"
    for number, form in enumerate((*verb.past, verb.lasting, verb.lasting + "n", subjunctive, subjunctive + "n")):
        yield it + form, past, EnglishForm(base, "past", many=number % 2 == 1)
    for ending, auxiliary in (("á", "will"), ("án", "will"), ("ía", "would"), ("ían", "would")):
        yield it + verb.future + ending, f"{auxiliary} {base}", EnglishForm(base, "future", many=ending.endswith("n"))
    for ending in PARTICIPLE if alone else ():
        yield verb.done + ending, participle, EnglishForm(base, "participle")
    for auxiliary, said in (("ha", "has"), ("han", "have"), ("había", "had"), ("habían", "had")):
        yield (
            f"{it}{auxiliary} {verb.done}o",
            f"{said} {participle}",
            EnglishForm(base, "perfect", auxiliary.endswith("n")),
        )
    yield verb.going, _going(base), EnglishForm(base, "gerund")
    if base in ("must", "can"):
        return
    for said in {infinitive, plain}:
        yield said, base, EnglishForm(base, "infinitive")


def _passive(infinitive: str, base: str, irregular: dict[str, Any]) -> Iterator[tuple[str, str, EnglishForm]]:
    """What is done, with "se": se firman, are signed."""
    participle = _past(base, irregular["english"])[1]
    verb = _spanish(infinitive, irregular)
    for said, form in (
        ("is", verb.present[0]), ("are", verb.present[1]), ("was", verb.past[0]), ("were", verb.past[1]),
        ("was", verb.lasting), ("were", verb.lasting + "n"),
        ("will be", verb.future + "á"), ("will be", verb.future + "án"), ("would be", verb.future + "ía"),
        ("would be", verb.future + "ían"), ("has been", f"ha {verb.done}o"), ("have been", f"han {verb.done}o"),
        ("had been", f"había {verb.done}o"), ("had been", f"habían {verb.done}o"),
    ):  # fmt: skip
        yield (
            f"se {form}",
            f"{said} {participle}",
            EnglishForm(base, "passive", form.endswith("n") or form.startswith("han")),
        )


@cache
def _leading() -> dict[tuple[str, ...], str]:
    """The words before an infinitive -> how English says them with it."""
    found = {before: f"{english} {{going}}" for before, english in BEFORE_INFINITIVE.items()}
    found |= {before: f"{english} {{base}}" for before, english in TO_INFINITIVE.items()} | BEFORE_BOTH
    return {tuple(before.split()): english for before, english in found.items()}


def before_infinitive(words: tuple[str, ...], infinitive: str) -> str | None:
    """The English of an infinitive and the words before it: antes de firmar, "before signing"; None for others."""
    said = _leading().get(words)
    form = verb_forms().get(infinitive)
    if said is None or form is None or form[1].tense != "infinitive" or form[1].base in ("must", "can"):
        return None
    past, done = _past(form[1].base, _irregular())
    return said.format(going=_going(form[1].base), base=form[1].base, past=past, done=done)


def is_leading(words: tuple[str, ...]) -> bool:
    """Whether some words may be before an infinitive."""
    return words in _leading()


@cache
def _irregular() -> dict[str, list[str]]:
    found: dict[str, list[str]] = declared.declared_yaml("factcheck/es/verbs.yml")["irregular"]["english"]
    return found


def negated(english: str, form: EnglishForm) -> str:
    """The English of a form that is denied: did not sign, is not held, has not joined."""
    head, _, rest = english.partition(" ")
    if head in AUXILIARIES:
        return f"{head} not {rest}".strip()
    if form.tense == "past":
        return f"did not {form.base}{_behind(english, _past(form.base, _irregular())[0])}"
    if form.tense == "present":
        third = _third(form.base, {"have": "has"})
        said = form.base + _behind(english, third if english.startswith(third) else form.base)
        return f"do not {said}" if form.many else f"does not {said}"
    return f"not {english}"


AUXILIARIES = ("is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "must", "cannot")
"""Verbs that are denied by "not" alone; "have" as what somebody has is denied by "do"."""


def _behind(english: str, head: str) -> str:
    return english[len(head) :] if english.startswith(head) else ""


def _past(base: str, irregular: dict[str, list[str]]) -> tuple[str, str]:
    """The past and the participle of an English verb."""
    head, _, rest = base.partition(" ")
    if head in irregular:
        past, participle = irregular[head]
    else:
        past = participle = _ended(head)
    return f"{past} {rest}".strip(), f"{participle} {rest}".strip()


def _ended(head: str) -> str:
    if head.endswith("e"):
        return head + "d"
    return head[:-1] + "ied" if head.endswith("y") and head[-2] not in VOWELS else head + "ed"


def _third(base: str, irregular: dict[str, str]) -> str:
    head, _, rest = base.partition(" ")
    if head in irregular:
        said = irregular[head]
    elif head.endswith(("s", "sh", "ch", "x", "z")):
        said = head + "es"
    else:
        said = head[:-1] + "ies" if head.endswith("y") and head[-2] not in VOWELS else head + "s"
    return f"{said} {rest}".strip()


DOUBLING = {"ban": "banning", "plan": "planning", "run": "running", "win": "winning", "transfer": "transferring",
            "patrol": "patrolling", "prefer": "preferring", "begin": "beginning", "bet": "betting", "cut": "cutting",
            "fit": "fitting", "hit": "hitting", "let": "letting", "put": "putting", "set": "setting",
            "stir": "stirring", "strip": "stripping", "drag": "dragging", "be": "being", "get": "getting"}  # fmt: skip


def _going(base: str) -> str:
    head, _, rest = base.partition(" ")
    ends = head[:-1] + "ing" if head.endswith("e") and not head.endswith("ee") else head + "ing"
    return f"{DOUBLING.get(head, ends)} {rest}".strip()
