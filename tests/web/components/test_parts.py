"""The components: strict about their attributes and slots, safe with what they are given, and all in the gallery."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse

from samordna.web.components.parts import PARTS, range_places
from tests import factories as f

TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])


NEEDLESS = {
    "button": {"name", "value", "form"},  # plain HTML attributes that pass through
    "post": {"kind", "refusal", "small"},  # the button's own
    "form": {"action", "kind"},
    "table": {"wide", "id", "quiet"},
    "badge": set(),
}


def render(text: str, **values: object) -> str:
    return Template(text).render(Context(values))


@pytest.mark.django_db
def test_every_part_and_every_attribute_and_slot_is_in_the_gallery(client):
    client.force_login(f.holding(f.organisation()).person)
    assert client.get(reverse("gallery")).status_code == 200
    source = (TEMPLATES / "site/gallery.html").read_text()
    for name, part in PARTS.items():
        uses = " ".join(re.findall(rf'{{% part "{name}"([^%]*)%}}', source))
        assert f'{{% part "{name}"' in source, f"The gallery does not show {name}."
        unshown = [given for given in part.attributes if f" {given}=" not in f" {uses}"]
        assert set(unshown) <= NEEDLESS.get(name, set()), f"The gallery does not show {unshown} of {name}."
    for slot in {slot for part in PARTS.values() for slot in part.slots} - {"trail"}:
        assert f'{{% slot "{slot}" %}}' in source, f"The gallery does not show the slot {slot}."


def test_every_part_has_a_template_and_every_template_is_a_part():
    assert {path.stem for path in (TEMPLATES / "parts").glob("*.html")} == set(PARTS)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{% part "nonsense" %}{% endpart %}', "There is no part"),
        ('{% part "badge" shape="round" %}{% endpart %}', "has no attribute shape"),
        ('{% part "table" %}{% endpart %}', "needs the attribute caption"),
        ('{% part "badge" %}{% slot "actions" %}{% endslot %}{% endpart %}', "has no slot actions"),
        (
            '{% part "card" title="t" %}{% if a %}{% slot "actions" %}{% endslot %}{% endif %}{% endpart %}',
            "put the condition in",
        ),
        ('{% part "badge" loose %}{% endpart %}', "takes attributes as name=value"),
    ],
)
def test_a_misspelling_is_an_error(text, complaint):
    with pytest.raises(TemplateSyntaxError, match=complaint):
        Template(text)


def test_what_is_typed_is_never_markup():
    evil = '"><script>alert(1)</script>'
    for text in (
        '{% part "badge" title=evil %}{{ evil }}{% endpart %}',
        '{% part "page_head" title=evil kicker=evil lead=evil %}{% endpart %}',
        '{% part "button" label=evil href=evil %}{% endpart %}',
        '{% part "button" label=evil refusal=evil %}{% endpart %}',
        '{% part "holder" person=evil role=evil organisation=evil %}{% endpart %}',
        '{% part "notice" tone=evil title=evil %}{% endpart %}',
    ):
        assert "<script" not in render(text, evil=evil)


def test_a_refused_button_does_nothing_and_says_why():
    html = render('{% part "button" label="Establish" refusal="Ör has not adopted it." %}{% endpart %}')
    assert 'type="button"' in html
    assert 'aria-disabled="true"' in html
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    assert f'id="{described[1]}">Ör has not adopted it.' in html


def test_ids_are_unique_in_a_page_and_the_same_every_time():
    text = (
        '{% for n in "abc" %}{% part "card" title="T" %}{% part "card" title="U" %}{% endpart %}{% endpart %}{% endfor %}'
    )
    first, second = render(text), render(text)
    ids = re.findall(r' id="([^"]+)"', first)
    assert len(ids) == len(set(ids)) == 6
    assert first == second


class Reasoned(forms.Form):
    reason = forms.CharField(label="Reason", help_text="Why it must be so.")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)


def test_a_form_keeps_what_was_typed_and_leads_from_the_summary_to_the_field():
    form = Reasoned({"reason": "", "kind": "b"})
    html = render('{% part "form" form=form submit="Save" %}{% endpart %}', form=form, csrf_token="token")
    assert 'role="alert"' in html
    assert 'href="#id_reason"' in html
    assert re.search(r'value="b"[^>]*checked', html)
    assert re.search(r'<input[^>]*name="reason"[^>]*aria-invalid="true"', html)
    assert "id_reason_helptext" in html
    assert "csrfmiddlewaretoken" in html


def test_a_form_without_errors_shows_no_summary():
    assert "error-summary" not in render('{% part "form" form=form submit="Save" %}{% endpart %}', form=Reasoned())


def test_the_errors_of_a_whole_form_are_in_its_summary():
    form = Reasoned({"reason": "x"})
    form.add_error(None, "The matter was closed meanwhile.")
    html = render('{% part "form" form=form submit="Save" %}{% endpart %}', form=form)
    assert "The matter was closed meanwhile." in html


@pytest.mark.parametrize(
    ("low", "likely", "high", "places"),
    [
        (0, 50, 100, ("0", "500", "1000", "0")),
        (-100, 0, 100, ("0", "500", "1000", "500")),
        (0, 0, 0, ("0", "0", "0", "0")),
    ],
)
def test_a_range_is_drawn_to_scale(low, likely, high, places):
    drawn = range_places({"low": low, "likely": likely, "high": high, "scale": 0})
    assert (drawn["from_"], drawn["at"], drawn["to"], drawn["zero"]) == places


def test_reasons_nest_as_deep_as_they_go():
    reason = {"text": "top", "because": [{"text": "middle", "because": [{"text": "bottom", "because": []}]}]}
    html = render('{% part "reason_tree" reason=reason %}{% endpart %}', reason=reason)
    assert html.index("top") < html.index("middle") < html.index("bottom")
    assert html.count("<ul") == 3
