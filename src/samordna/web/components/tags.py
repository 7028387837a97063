"""Components: `{% part "card" title=t %}…{% slot "actions" %}…{% endslot %}{% endpart %}`.

Concept. A component is a template in `web/templates/parts/` and a line in `PARTS` that names its attributes
(with defaults; `REQUIRED` has none) and its slots. Whatever stands in the block and in no slot is `content`. An unknown
component, attribute or slot raises at once, so that a misspelling is an error and not an empty place. Attribute names may
be written with hyphens or underscores. A component also gets `uid`, an id unique in its page, and what its `derive` adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any, cast

from django import template
from django.template import defaulttags
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from samordna.web.components.parts import PARTS, REQUIRED
from samordna.web.sent import SHOWN_AS

register = template.Library()


class SlotNode(Node):
    """A named place inside a part."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        return self.nodelist.render(context)


class PartNode(Node):
    """One use of a component."""

    def __init__(self, name: str, attributes: dict[str, FilterExpression], nodelist: NodeList) -> None:
        self.name = name
        self.attributes = attributes
        self.slots = {node.name: node for node in nodelist if isinstance(node, SlotNode)}
        self.nodelist = NodeList(node for node in nodelist if not isinstance(node, SlotNode))

    def render(self, context: Context) -> SafeString:
        values: dict[str, Any] = dict(PARTS[self.name].attributes)
        values.update({key: value.resolve(context) for key, value in self.attributes.items()})
        values |= PARTS[self.name].derive(values)
        values["uid"] = f"part-{next(_numbers(context))}"
        values["content"] = self.nodelist.render(context)
        values["slots"] = {name: slot.render(context) for name, slot in self.slots.items()}
        engine = context.template.engine  # type: ignore[union-attr]  # a template is always bound while rendering
        part = engine.get_template(f"parts/{self.name}.html")
        with context.push():
            inner = context.new(values)
            inner["request"] = context.get("request")
            inner["csrf_token"] = context.get("csrf_token")
            return part.render(inner)


def _numbers(context: Context) -> Iterator[int]:
    """One running number per page, so that ids inside components are unique and the same page has the same ids."""
    root = cast(dict[str, Any], context.render_context.dicts[0])  # the one that a page's parts and includes share
    numbers: Iterator[int] = root.setdefault("part_numbers", count(1))
    return numbers


def _check(name: str, attributes: dict[str, FilterExpression], nodelist: NodeList) -> None:
    part = PARTS[name]
    for attribute in attributes:
        if attribute not in part.attributes:
            raise template.TemplateSyntaxError(f"Part {name} has no attribute {attribute}.")
    for attribute, default in part.attributes.items():
        if default is REQUIRED and attribute not in attributes:
            raise template.TemplateSyntaxError(f"Part {name} needs the attribute {attribute}.")
    for node in nodelist:
        if isinstance(node, SlotNode) and node.name not in part.slots:
            raise template.TemplateSyntaxError(f"Part {name} has no slot {node.name}.")
        inside = (node.nodelist if isinstance(node, SlotNode) else node).get_nodes_by_type(SlotNode)
        if any(stray is not node for stray in inside):
            raise template.TemplateSyntaxError(
                f"A slot of {name} stands inside something else; put the condition in the slot."
            )


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """Render a component around its content."""
    bits = token.split_contents()[1:]
    if not bits or bits[0].strip("\"'") not in PARTS:
        raise template.TemplateSyntaxError(f"There is no part {bits[0] if bits else ''}.")
    name, rest = bits[0].strip("\"'"), bits[1:]
    attributes = {key.replace("-", "_"): value for key, value in token_kwargs(rest, parser).items()}
    if rest:
        raise template.TemplateSyntaxError(f"Part {name} takes attributes as name=value, not {rest[0]}.")
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    _check(name, attributes, nodelist)
    return PartNode(name, attributes, nodelist)


@register.tag
def slot(parser: Parser, token: Token) -> SlotNode:
    """A named place inside a part."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(name.strip("\"'"), nodelist)


class FormMarksNode(defaulttags.CsrfTokenNode):
    """Django's own mark against forged forms, and the role that the form is shown in."""

    def render(self, context: Context) -> SafeString:
        holding = getattr(getattr(context, "request", None) or context.get("request"), "holding", None)
        forged = SafeString(super().render(context))
        if holding is None:
            return forged
        return format_html('{}<input type="hidden" name="{}" value="{}">', forged, SHOWN_AS, holding.pk)


@register.tag
def csrf_token(parser: Parser, token: Token) -> FormMarksNode:
    """What every form that posts has to carry; in place of Django's tag, so that no template can forget half of it."""
    return FormMarksNode()
