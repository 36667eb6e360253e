"""Jinja with the same output at a fraction of the cost: escaping without wrappers, and macros that are remembered.

A template that is imported sees nothing of the page that imports it, so its macros are functions of their arguments
alone. Called with values that cannot change, a macro has to run once for all pages that show the same.
"""

from __future__ import annotations

from types import BuiltinMethodType, CodeType
from typing import Any

import markupsafe
from jinja2 import Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from factsite.site import Value
from factsite.working.recent import Recent

MOST, ROOM = 100_000, 80_000_000
"""Outputs of one macro that are remembered, and characters that they may have together; at most twice as many. A bound
for memory: what they were made of, which is kept beside them, is mostly there anyway."""
TRIAL, PAUSE = 2_000, 20_000
"""Outputs after which it is weighed whether it pays to remember those of a macro, and its calls until it is tried anew
if not. Lists, for one, show each claim once before any of them comes again."""
escape_text = getattr(markupsafe, "_escape_inner", lambda text: str(escape(text)))
"""`escape` for plain text, without the wrapper around its result, which is only joined with others."""


def printed(value: Any) -> str:
    """What `{{ value }}` writes."""
    kind = type(value)
    if kind is str:
        return escape_text(value)
    if kind is int:
        return str(value)
    return value if kind is Markup else escape(value)


def called(context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
    """What `{{ function(…) }}` calls: macros directly, everything else Jinja's way."""
    if type(function) is QuickMacro:
        return function.output(args, kwargs)
    if type(function) is BuiltinMethodType:  # such as those of texts, which ask for nothing but their arguments
        return function(*args, **kwargs)
    return context.call(function, *args, **kwargs)


class QuickMacro(Macro):
    """A macro that is cheaper to call, and that remembers its output where nothing but its arguments decides."""

    known: Recent[Any, Markup] | None = None
    """Outputs by arguments; None if the macro sees the page that calls it, or is not worth it for now."""
    hits = 0
    """How often something that was remembered was wanted."""
    weighed_at = TRIAL
    """At how many outputs it is weighed next."""
    pause = 0
    """Calls until it is tried anew."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The macro's output."""
        return self.output(args, kwargs)

    def output(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The macro's output."""
        known = self.known
        if known is None:
            return self._unknown(args, kwargs)
        # Types belong to the key, because 1 == True == 1.0.
        kinds: Any = (*map(type, args), *map(type, kwargs.values())) if kwargs else (*map(type, args),)
        if kinds not in FIXED_KINDS:
            kinds = _kinds((*args, *kwargs.values()))
            if kinds is None:
                return self._made(args, kwargs)
        key = (args, kinds, *kwargs.items()) if kwargs else (args, kinds)
        output = known[key]
        if output is not None:
            self.hits += 1
            return output
        output = known[key] = self._made(args, kwargs)
        if len(known) >= self.weighed_at:
            self._weigh(known)
        return output

    def _weigh(self, known: Recent[Any, Markup]) -> None:
        """Go on remembering if outputs came again as if each were one of at most four times as many as may be kept.

        Of n drawn at random from so many (N), n²/2N come again.
        """
        drawn = len(known)
        written = sum(len(output or "") for output in known.values())
        known.most = max(1, min(MOST, ROOM * drawn // max(written, 1)))
        if self.hits * 2 * 4 * known.most < drawn * drawn:
            self.known, self.pause = None, PAUSE
        elif drawn >= known.most:
            self.hits = 0
        self.weighed_at = min(2 * drawn, known.most)

    def _unknown(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Markup:
        """The output while nothing is remembered."""
        if self.pause:
            self.pause -= 1
            if not self.pause:
                self.remember()
        return self._made(args, kwargs)

    def remember(self) -> None:
        """Begin to: nothing but the arguments decides."""
        self.known, self.weighed_at, self.hits = Recent(MOST), TRIAL, 0

    def _made(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Markup:
        lacking = self._argument_count - len(args)
        if kwargs or lacking < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)  # type: ignore[return-value]
        return str.__new__(Markup, self._func(*args, *(missing,) * lacking) if lacking else self._func(*args))


FIXED: set[type] = {str, int, bool, float, type(None), Markup}
"""Types whose values cannot change; those of linked values are added as they are met."""
FIXED_KINDS: set[tuple[type, ...]] = set()
"""Types of the arguments of calls, all of them fixed: there is no need to look at each argument again."""


def _kinds(values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The types of the values, in place of a tuple those of its values; None if any of them may change."""
    kinds = tuple(map(type, values))
    if kinds in FIXED_KINDS:
        return kinds
    found: list[Any] = []
    for kind, value in zip(kinds, values, strict=True):
        if kind is tuple:
            inner = _kinds(value)
            if inner is None:
                return None
            found.append(inner)
        elif kind in FIXED:
            found.append(kind)
        elif issubclass(kind, Value):
            FIXED.add(kind)
            found.append(kind)
        else:
            return None
    if tuple not in kinds and len(FIXED_KINDS) < MOST:  # the values of a tuple may be anything
        FIXED_KINDS.add(kinds)
    return tuple(found)


class QuickGenerator(CodeGenerator):
    """Compiles templates to code that uses the functions above."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
            return
        if isinstance(node, nodes.CondExpr) and node.expr2 is None:
            node.expr2 = nodes.Const("")  # which is what the undefined value prints that Jinja would make
        self.write("printed(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 -- as in Jinja
        """Without a call of `Environment.getattr`, unless there is no such attribute."""
        name = repr(node.attr)
        self.write("(found if (found := getattr((owner := ")
        self.visit(node.node, frame)
        self.write(f"), {name}, missing)) is not missing else environment.getattr(owner, {name}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 -- as in Jinja
        """Without the variables of loops and blocks, which only functions that ask for the context could see."""
        self.write("called(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class QuickTemplate(Template):
    """A template with such macros, which are remembered where it is imported."""

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, globals: Any, uptodate: Any = None) -> Template:  # noqa: A002 -- Jinja's signature
        """As Jinja does it, with our functions as globals of the template's module."""
        namespace: dict[str, Any] = {"environment": environment, "__file__": code.co_filename}
        exec(code, namespace)  # noqa: S102 -- compiled by Jinja from the site's own templates
        namespace.update(Macro=QuickMacro, printed=printed, called=called)
        template: Template = cls._from_namespace(environment, namespace, globals)
        template._uptodate = uptodate
        return template

    def render(self, *args: Any, **kwargs: Any) -> str:
        """As Jinja does it, and without garbage in circles: the page's variables hold its macros, which hold them."""
        context = self.new_context(dict(*args, **kwargs))
        try:
            return "".join(self.root_render_func(context))
        except Exception:  # noqa: BLE001 -- all are raised again, as if they came from the template's file
            self.environment.handle_exception()
        finally:
            context.vars.clear()

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """What all templates that import it share: none has globals of its own that Jinja would have to look for."""
        del ctx
        if self._module is None:
            self._module = self.make_module()
        return self._module

    def make_module(self, vars: Any = None, shared: bool = False, locals: Any = None) -> TemplateModule:  # noqa: A002, FBT001, FBT002 -- Jinja's signature
        """What `{% import %}` gives. Without the page's variables, its macros depend on nothing but their arguments."""
        module = super().make_module(vars, shared, locals)
        if not vars and not locals:
            for value in vars_of(module):
                if type(value) is QuickMacro:
                    value.remember()
        return module


def vars_of(module: TemplateModule) -> list[Any]:
    """What a module holds."""
    return list(module.__dict__.values())


class QuickEnvironment(Environment):
    """An environment of such templates."""

    code_generator_class = QuickGenerator
    template_class = QuickTemplate

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Filters that also come in a variant for asynchronous templates would ask each time which one is wanted.
        plain = {name: getattr(each, "__wrapped__", each) for name, each in self.filters.items()}
        self.filters.update(plain)

    def make_globals(self, d: Any) -> Any:
        """A dict, since each page starts with a copy, and the chain of mappings that Jinja makes is slow to copy."""
        return {**self.globals, **(d or {})}
