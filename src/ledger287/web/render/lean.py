"""Jinja that does once what it would do on each page: texts are translated when a template is compiled.

What enters: templates, and the catalog of one language. What leaves: the same bytes as Jinja's own environment with its
i18n extension gives. An environment speaks one language, so a text without values is a constant in it, and a call needs
none of Jinja's looking for functions that want the context, save for those that are marked.
"""

from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import InternationalizationExtension
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

GETTEXT = ("_", "gettext")
MARKED = "jinja_pass_arg"
"""What Jinja writes on functions that want the context, the environment, or whether to escape."""


class LeanContext(Context):
    """Calls what needs nothing of a template at once."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a function, a method or a macro as ``Context.call`` does."""
        kind = type(__obj)
        if kind is FunctionType or kind is BuiltinFunctionType or kind is MethodType:
            if hasattr(__obj, MARKED):
                return super().call(__obj, *args, **kwargs)
        elif kind is Macro:
            args = (__self.eval_ctx, *args)
        else:
            return super().call(__obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        try:
            return __obj(*args, **kwargs)
        except StopIteration:
            return super().call(__obj, *args[kind is Macro :], **kwargs)


class LeanEnvironment(jinja2.Environment):
    """Escapes, speaks one language, and knows its texts when it compiles."""

    context_class = LeanContext

    def __init__(self, translations: Any, **given: Any) -> None:
        super().__init__(autoescape=True, extensions=[InternationalizationExtension], **given)
        self.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        self._texts = _Texts(self, translations)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return self._texts.visit(super()._parse(source, name, filename))  # type: ignore[no-any-return]


class _Texts(NodeTransformer):
    """Puts the translation in the place of each call that asks for one."""

    def __init__(self, environment: jinja2.Environment, translations: Any) -> None:
        self._environment, self._gettext = environment, translations.gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """A call of gettext with a text that is in the template."""
        self.generic_visit(node)
        named = isinstance(node.node, nodes.Name) and node.node.name in GETTEXT
        if not named or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
            return node
        text = node.args[0]
        if not isinstance(text, nodes.Const) or not isinstance(text.value, str):
            return node
        words = Markup(self._gettext(text.value))
        if not node.kwargs:
            return nodes.Const(words % {}, lineno=node.lineno, environment=self._environment)
        pairs = [
            nodes.Pair(nodes.Const(each.key, lineno=node.lineno), each.value, lineno=node.lineno)
            for each in node.kwargs
        ]
        filled = nodes.Mod(
            nodes.Const(words, lineno=node.lineno), nodes.Dict(pairs, lineno=node.lineno), lineno=node.lineno
        )
        return filled.set_environment(self._environment)
