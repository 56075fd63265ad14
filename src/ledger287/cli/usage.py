"""Wrong words of a command -> one line: where, what was expected, what was found; and what to type instead.

What enters: what typer raises, and the words that were typed. What leaves: text in our own words, whatever library
reads the words. The next line that a command prints names its help.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

NEAR = 0.7
"""How alike an option has to be to be offered."""
COUNTS = {"int": "a whole number", "float": "a number"}


def usage_text(error: Any) -> str:
    """What is wrong with the words of a command."""
    kind, message = type(error).__name__, error.format_message().rstrip(".")
    name = getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        likely = [one for one in getattr(error, "possibilities", None) or () if _is_near(name, one)]
        return f"no such option: {name}." + (f" Did you mean {' or '.join(likely)}?" if likely else "")
    if kind == "MissingParameter":
        wanted = _metavar(error.param)
        return f"expected {wanted}, found nothing." if _is_argument(error.param) else _missing(error.param, wanted)
    if kind == "BadOptionUsage":
        none = "does not take a value" in message
        return f"{name}: expected no value, found one." if none else f"{name}: expected a value, found nothing."
    if extra := re.fullmatch(r"Got unexpected extra arguments?\S* \((.*)\)", message):
        return f"expected no more words, found {extra[1]!r}."
    if kind == "BadParameter":
        where = error.param_hint or (_where(error.param) if error.param else "")
        said = _of_number(error) or error.message.rstrip(".")
        return f"{where}: {said}." if where else f"{said}."
    return f"{message[:1].lower()}{message[1:]}{'' if message.endswith('?') else '.'}"


def command_path(error: Any, words: Sequence[str], commands: Any) -> str:
    """The command that was typed: that of the error, or as far as the words name commands."""
    if error is not None and getattr(error, "ctx", None):
        return str(error.ctx.command_path)
    from typer.main import get_command

    here: Any = get_command(commands) if commands else None
    path = ["ledger287"]
    for word in words:
        here = getattr(here, "commands", {}).get(word)
        if here is None:
            break
        path.append(word)
    return " ".join(path)


def _is_near(typed: str, option: str) -> bool:
    return SequenceMatcher(None, typed.strip("-"), option.strip("-")).ratio() > NEAR


def _is_argument(param: Any) -> bool:
    return getattr(param, "param_type_name", "") == "argument"


def _metavar(param: Any) -> str:
    return str(getattr(param, "metavar", None) or param.name.upper())


def _where(param: Any) -> str:
    return _metavar(param) if _is_argument(param) else str(max(param.opts, key=len))


def _missing(param: Any, wanted: str) -> str:
    return f"expected {_where(param)} {wanted}, found nothing."


def _of_number(error: Any) -> str | None:
    """What was expected of a number, and what was found; None where something else is wrong."""
    cause, param = error.__cause__, error.param
    found = cause.errors()[0].get("input") if hasattr(cause, "errors") else None
    runtime: Any = param.get_runtime_param() if hasattr(param, "get_runtime_param") else None
    wanted = COUNTS.get(getattr(getattr(runtime, "annotation", None), "__name__", ""))
    if found is None or wanted is None:
        return None
    least, most = getattr(runtime.parameter_info, "min", None), getattr(runtime.parameter_info, "max", None)
    if least is not None and most is not None:
        wanted += f" from {least} to {most}"
    elif least is not None or most is not None:
        wanted += f" of at {'least' if most is None else 'most'} {least if most is None else most}"
    return f"expected {wanted}, found {found!r}"
