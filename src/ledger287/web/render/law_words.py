"""What a rule says, in the language of a page.

What enters: the English sentence of a provision. What leaves: its Spanish one, from languages/provisions.es.yml, or
None where there is none for exactly this English: a corrected rule is never shown with an older translation.
"""

import re
from functools import cache
from importlib.resources import files
from re import Pattern

import yaml

from ledger287.core import declared
from ledger287.web.render import languages
from ledger287.web.server.asked import Language

THE = "the "
"""What may precede a name: the law of the District of Columbia."""


@cache
def _declared() -> tuple[dict[str, str], list[tuple[Pattern[str], str]]]:
    path = files("ledger287.web.render").joinpath("languages", "provisions.es.yml")
    held = yaml.load(path.read_text(encoding="utf-8"), declared.Loader)
    patterns = [
        (re.compile(re.escape(one["en"]).replace(re.escape("{state}"), "(.+)")), one["es"]) for one in held["patterns"]
    ]
    return {one["en"]: one["es"] for one in held["texts"]}, patterns


def texts(lang: Language) -> dict[str, str]:
    """Each translated sentence with its translation."""
    return {} if lang == "en" else _declared()[0]


@cache
def law_in(text: str, lang: Language) -> str | None:
    """A provision's sentence in a language; None where it is not translated."""
    if lang == "en":
        return text
    translated, patterns = _declared()
    if text in translated:
        return translated[text]
    for pattern, spanish in reversed(patterns):
        if found := pattern.fullmatch(text):
            name = found[1].removeprefix(THE)
            return spanish.replace("{state}", languages.translations(lang).gettext(name))
    return None
