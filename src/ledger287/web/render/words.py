"""The words of the site -> its catalogs: what is to be translated, collected and merged, for ``make words``.

    python -m ledger287.web.render.words

What enters: the templates, the code, and the declared texts that pages look up by their value (``texts_by_value``).
What leaves: each catalog next to ``languages``, with an empty entry for every new text and without the texts that are
gone. A translation is kept only under the exact text that it translates; none is guessed from a similar one. The same
words give the same bytes: no date, no place in the code, sorted by text.
"""

import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from ledger287.analysis.answers.columns import IN_FORCE
from ledger287.analysis.answers.questions import texts as answer_texts
from ledger287.charts.maps.svg import SHORT
from ledger287.core import declared
from ledger287.law.agreements.functions import functions
from ledger287.ledger.store.tables import TABLES
from ledger287.places.jurisdictions.kinds import KINDS as KINDS_OF_AGENCY
from ledger287.places.jurisdictions.tables import COUNTIES, JURISDICTIONS
from ledger287.sources.ice_rosters.words import models_then
from ledger287.web.render import languages
from ledger287.web.server.query import LANGUAGES, Language

SOURCES = (
    ("web/**.py", "python"),
    ("charts/maps/map_words.py", "python"),
    ("web/templates/**.html", "jinja2"),
)
"""Where texts are marked: files of the package, and how they are read."""
OPTIONS = {"web/templates/**.html": {"trimmed": "true", "newstyle_gettext": "true"}}
HEADER = """\
# Spanish catalog of ledger287, the words of its pages in US Spanish.
# Written by `make words` from the templates, the code and the declared texts; translate here, then run it again.
"""
NAMED = re.compile(r"%\((\w+)\)s|\{(\w+)\}|<(/?\w+)>")


def texts_by_value() -> tuple[str, ...]:
    """Every declared text that a page hands to gettext as a value, so that no mark in the code shows it."""
    found = dict.fromkeys(_by_value())
    return tuple(found)


def _by_value() -> Iterator[str]:
    for code in (*declared.states(), *declared.territories(), *declared.every_model()):
        yield code.name
    yield from (one.name for one in models_then() if one.ended)
    for kind in KINDS_OF_AGENCY:
        yield kind.replace("_", " ")
    for event in declared.declared_yaml("web/events.yml"):
        yield event["says"]
    yield from functions().values()
    yield from answer_texts()
    yield from SHORT.values()
    for table in (*TABLES, JURISDICTIONS, COUNTIES):
        yield table.about
    for column in IN_FORCE.columns:
        yield column.about


def wanted_texts() -> Catalog:
    """Every text to be translated, marked in the code or looked up by value."""
    catalog = Catalog(charset="utf-8")
    package = str(files("ledger287"))
    found = extract_from_dir(package, list(SOURCES), OPTIONS)
    for _file, _line, text, comments, context in found:
        catalog.add(text, auto_comments=comments, context=context)
    for text in texts_by_value():
        catalog.add(text)
    return catalog


def path_of(lang: Language) -> Path:
    """The file of a language's catalog."""
    return Path(str(files("ledger287.web.render").joinpath("languages", f"{lang}.po")))


def read(lang: Language) -> Catalog:
    """A catalog, as it is on disk."""
    with path_of(lang).open("rb") as text:
        return read_po(text, locale=languages.LOCALES[lang])


def merged(lang: Language) -> bytes:
    """A catalog with every text that is needed now, its translations, and nothing else."""
    old, new = read(lang), Catalog(locale=languages.LOCALES[lang], charset="utf-8")
    for message in wanted_texts():
        if message.id:
            had = old.get(message.id[0] if message.pluralizable else message.id, message.context)
            same = had is not None and had.id == message.id and not had.fuzzy
            new.add(message.id, had.string if had is not None and same else None, context=message.context)
    return _written(new)


def _written(catalog: Catalog) -> bytes:
    """A catalog's text; its header says what it is and in which language, and no more."""
    text = BytesIO()
    write_po(text, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    head = [
        'msgid ""',
        'msgstr ""',
        f'"Language: {catalog.locale_identifier}\\n"',
        f'"Plural-Forms: {catalog.plural_forms}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    ]
    return (HEADER + "\n".join(head) + "\n\n").encode() + text.getvalue()


def missing(catalog: Catalog) -> list[Message]:
    """The entries that are not translated, or not in every form."""
    return [message for message in catalog if message.id and not all(_forms(message))]


def _forms(message: Message) -> tuple[str, ...]:
    """The translations of an entry, one of each number."""
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def fills_differ(message: Message) -> bool:
    """Whether a translation names other places to be filled in, or other tags, than its text does."""
    texts = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    wanted = set.union(*(_names(text) for text in texts))
    return any(
        not _names(form) <= wanted or (not message.pluralizable and _names(form) != wanted) for form in _forms(message)
    )


def _names(text: str) -> set[str]:
    return {"".join(found) for found in NAMED.findall(text)}


def main() -> None:
    """Write each catalog again, and say what it lacks."""
    for lang in LANGUAGES:
        if lang != "en":
            path_of(lang).write_bytes(merged(lang))
            lacking = [str(message.id) for message in missing(read(lang))]
            lines = [f"{path_of(lang).name}: {len(read(lang))} texts, {len(lacking)} of them not translated", *lacking]
            sys.stdout.write("\n  ".join(lines) + "\n")


if __name__ == "__main__":
    main()
