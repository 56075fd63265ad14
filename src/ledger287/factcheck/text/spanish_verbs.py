"""Forms of Spanish verbs -> the same forms of the English ones.

What enters: the declared verbs (declared/factcheck/es/verbs.yml). What leaves: pairs of a Spanish and an English
phrase. Promise: what is to come or would be keeps "will" or "would", so that the English reading abstains on it.
"""

from collections.abc import Iterator
from typing import Any

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
PARTICLES = {
    "join": (("al", " the"), ("a", "")),
    "enter": (("al", " the"), ("a", ""), ("en el", " the"), ("en", "")),
    "withdraw": (("del", " from the"), ("de", " from")),
    "leave": (("del", " the"),),
    "ask": (("por", " about"), ("sobre", " about")),
}
"""Words behind a Spanish verb that English says otherwise or not: se sumó al programa, joined the program."""
VOWELS = "aeiou"
PARTICIPLE = ("o", "a", "os", "as")


def verb_phrases() -> list[tuple[str, str]]:
    """(English, Spanish) of every form."""
    data = declared.declared_yaml("factcheck/es/verbs.yml")
    found: list[tuple[str, str]] = []
    for spanish, english in data["verbs"].items():
        forms = [
            one
            for one in _forms(str(spanish), str(english), data["irregular"], alone=english not in data["verbal"])
            if one[1] not in data["unread"]
        ]
        found += forms
        found += [
            (f"{said}{more}", f"{form} {particle}")
            for particle, more in PARTICLES.get(str(english), ())
            for said, form in forms
        ]
        if not spanish.endswith("se") and f"{spanish}se" not in data["verbs"]:
            found += _passive(str(spanish), str(english), data["irregular"])
    return found


def _forms(infinitive: str, base: str, irregular: dict[str, Any], *, alone: bool) -> Iterator[tuple[str, str]]:
    plain = infinitive.removesuffix("se")
    own: dict[str, Any] = irregular["spanish"].get(infinitive) or irregular["spanish"].get(plain) or {}
    stem, ending = plain[:-2], plain[-2:]
    past, participle = _past(base, irregular["english"])
    first = ending == "ar"
    it = "se " if infinitive != plain else ""
    one, many = own.get("present") or (stem + ("a" if first else "e"), stem + ("an" if first else "en"))
    yield _third(base, irregular["third"]), it + one
    yield base, it + many
    did, they = own.get("past") or (stem + ("ó" if first else "ió"), stem + ("aron" if first else "ieron"))
    lasting = stem + ("aba" if first else "ía")
    subjunctive = they.removesuffix("ron") + "ra"
    for form in (did, they, lasting, lasting + "n", subjunctive, subjunctive + "n"):
        yield past, it + form
    future = own.get("future") or plain
    for form in ("á", "án"):
        yield f"will {base}", it + future + form
    for form in ("ía", "ían"):
        yield f"would {base}", it + future + form
    done = own.get("participle") or stem + ("ad" if first else "id")
    for form in PARTICIPLE if alone else ():
        yield participle, done + form
    for auxiliary, said in (("ha", "has"), ("han", "have"), ("había", "had"), ("habían", "had")):
        yield f"{said} {participle}", f"{it}{auxiliary} {done}o"
    going = own.get("gerund") or stem + ("ando" if first else "iendo")
    yield _going(base), going
    if base in ("must", "can"):
        return
    for said in {infinitive, plain}:
        yield base, said
        for before, english in BEFORE_INFINITIVE.items():
            yield f"{english} {_going(base)}", f"{before} {said}"
        for before, english in TO_INFINITIVE.items():
            yield f"{english} {base}", f"{before} {said}"
        yield f"stopped {_going(base)}", f"dejó de {said}"
        yield f"stopped {_going(base)}", f"dejaron de {said}"
        yield f"{past} again", f"volvió a {said}"


def _passive(infinitive: str, base: str, irregular: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is done, with "se": se firman, are signed."""
    own: dict[str, Any] = irregular["spanish"].get(infinitive) or {}
    stem, first = infinitive[:-2], infinitive.endswith("ar")
    participle = _past(base, irregular["english"])[1]
    one, many = own.get("present") or (stem + ("a" if first else "e"), stem + ("an" if first else "en"))
    did, they = own.get("past") or (stem + ("ó" if first else "ió"), stem + ("aron" if first else "ieron"))
    lasting, future = stem + ("aba" if first else "ía"), own.get("future") or infinitive
    done = own.get("participle") or stem + ("ad" if first else "id")
    for said, form in (
        ("is", one), ("are", many), ("was", did), ("were", they), ("was", lasting), ("were", lasting + "n"),
        ("will be", future + "á"), ("will be", future + "án"), ("would be", future + "ía"),
        ("would be", future + "ían"), ("has been", f"ha {done}o"), ("have been", f"han {done}o"),
        ("had been", f"había {done}o"), ("had been", f"habían {done}o"),
    ):  # fmt: skip
        yield f"{said} {participle}", f"se {form}"


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
            "patrol": "patrolling", "prefer": "preferring", "begin": "beginning"}  # fmt: skip


def _going(base: str) -> str:
    head, _, rest = base.partition(" ")
    ends = head[:-1] + "ing" if head.endswith("e") and not head.endswith("ee") else head + "ing"
    return f"{DOUBLING.get(head, ends)} {rest}".strip()
