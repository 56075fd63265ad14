"""An error of a question, without a surface: a code, fields and choices, and a message whose fields each surface names.

Below the surfaces nobody writes ``--since``: the message holds ``Field("since")``, and the command line shows
``--since``, Python ``since=``, the API and the pages the name that they give it. ``Ask`` is a question to ask instead:
``ledger287 status --state FL`` on the command line, ``status(state='FL')`` in Python.

``str()`` of an error is its text for Python; ``text_of`` gives that of another surface.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class QueryField:
    """A field of a question, as a message names it; ``value`` is what it was given, or what to give it."""

    name: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to ask instead: its verb, what it takes by place, and its fields."""

    verb: str
    takes: tuple[str, ...] = ()
    fields: tuple[QueryField, ...] = ()


Part = str | QueryField | Ask
Surface = Callable[[QueryField | Ask], str]


def command_line(part: QueryField | Ask) -> str:
    """``--since 2025-08-14``; ``ledger287 status --state FL``."""
    if isinstance(part, Ask):
        takes = (f'"{one}"' if " " in one and '"' not in one else one for one in part.takes)
        words = ["ledger287", part.verb.replace("_", "-"), *takes, *(command_line(one) for one in part.fields)]
        return " ".join(words)
    option = "--" + part.name.rstrip("_").replace("_", "-")
    return option if part.value is None else f"{option} {part.value}"


def python(part: QueryField | Ask) -> str:
    """``since=2025-08-14``; ``status(state='FL')``."""
    if isinstance(part, Ask):
        fields = (f"{one.name}={one.value!r}" for one in part.fields)
        return f"{part.verb.replace('-', '_')}({', '.join([*map(repr, part.takes), *fields])})"
    return f"{part.name}={'' if part.value is None else part.value}"


def by_name(part: QueryField | Ask) -> str:
    """``since 2025-08-14``; ``status with state FL``: for the API, which names a field as the question does."""
    if isinstance(part, Ask):
        fields = " and ".join(by_name(one) for one in part.fields)
        return " ".join([part.verb, *part.takes]) + (f" with {fields}" if fields else "")
    return part.name if part.value is None else f"{part.name} {part.value}"


class Refused(Exception):
    """A question or a file that cannot be answered; its text says what to type or do next.

    ``parts`` are text and fields in the order of reading.
    """

    code = "refused"

    def __init__(self, *parts: Part) -> None:
        super().__init__(*parts)
        self.parts = parts

    def __str__(self) -> str:
        return text_of(self, python)


class QueryError(Refused):
    """A question that cannot be answered as it was put.

    ``code`` names the kind for programs; ``fields`` are those of the question that are at fault; ``choices`` what one
    of them may be.
    """

    def __init__(self, code: str, *parts: Part, fields: Sequence[str] = (), choices: Sequence[str] = ()) -> None:
        super().__init__(*parts)
        self.code = code
        self.fields = tuple(fields) or tuple(dict.fromkeys(part.name for part in parts if isinstance(part, QueryField)))
        self.choices = tuple(choices)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (self.code, self.parts, self.fields, self.choices)


def _rebuilt(code: str, parts: tuple[Part, ...], fields: tuple[str, ...], choices: tuple[str, ...]) -> QueryError:
    return QueryError(code, *parts, fields=fields, choices=choices)


def as_text(value: Any, field: str, example: str) -> str:
    """A text that a question needs. Raises QueryError that says what to give."""
    if isinstance(value, str):
        return value
    expected = f": expected text such as {example!r}, found {value!r}."
    raise QueryError("not_a_text", QueryField(field), expected, fields=(field,))


def as_text_or_none(value: Any, field: str, example: str) -> str | None:
    """A text that a question may leave out. Raises QueryError that says what to give."""
    return None if value is None else as_text(value, field, example)


def as_texts(value: Any, field: str, example: str) -> tuple[str, ...]:
    """Texts of a question: one as such, or several. Raises QueryError that says what to give."""
    several = not isinstance(value, str) and isinstance(value, Iterable)
    return tuple(as_text(one, field, example) for one in (value if several else (value,)))


def text_of(error: BaseException, surface: Surface) -> str:
    """The text of an error as a surface words its fields; of any other error, its text."""
    if not isinstance(error, Refused):
        return str(error)
    return "".join(part if isinstance(part, str) else surface(part) for part in error.parts)
