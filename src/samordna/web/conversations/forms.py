"""What is typed in conversations. Shape only; operations check meaning."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _p

from samordna.domain.adherence.enums import ExperienceTone
from samordna.domain.conversations.limits import LONGEST
from samordna.domain.forums.enums import ItemKind
from samordna.web.agreements.forms import Choices, offer


def _message() -> forms.CharField:
    return forms.CharField(
        label=_p("field", "Message"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you want to say.")},
        help_text=_("At most %(longest)s characters.") % {"longest": LONGEST},
    )


class MessageForm(forms.Form):
    """Something to say; `quotes` is the message that it answers."""

    text = _message()
    mentions = forms.MultipleChoiceField(
        label=_("Tell these roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever holds the role gets a notice. The others see it when they come here."),
    )
    quotes = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields["mentions"]
        self.fields["mentions"] = forms.MultipleChoiceField(
            label=old.label, help_text=old.help_text, required=False, widget=forms.CheckboxSelectMultiple, choices=roles
        )


class ThreadForm(MessageForm):
    """A new thread with its first message."""

    subject = forms.CharField(label=_p("field", "Subject"), max_length=160)
    field_order = ("subject", "text", "mentions")


class RewordForm(forms.Form):
    """One's own message, worded anew."""

    text = _message()


class WithdrawForm(forms.Form):
    """Why a message is withdrawn."""

    reason = forms.CharField(label=_p("field", "Reason"), required=False, max_length=300)


class AsItemForm(forms.Form):
    """An item of a message."""

    forum_id = forms.ChoiceField(label=_p("field", "Forum"))
    kind = forms.ChoiceField(
        label=_("What the meeting is to do with it"), choices=ItemKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_p("field", "What it is about"), max_length=160)
    purpose = forms.CharField(
        label=_("What you want of the meeting"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args: Any, forums: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "forum_id", forums)


class AsMatterForm(forms.Form):
    """A matter of a message."""

    area_id = forms.ChoiceField(label=_("Subject area"))
    title = forms.CharField(label=_p("field", "What it is about"), max_length=160)
    purpose = forms.CharField(label=_("What it is for"), widget=forms.Textarea(attrs={"rows": 5}))
    for_the_individual = forms.CharField(
        label=_("What it does for the individual"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area_id", areas)


class AsExperienceForm(forms.Form):
    """An experience of a message."""

    version_id = forms.ChoiceField(label=_("Of which decision"))
    tone = forms.ChoiceField(label=_("How it is"), choices=ExperienceTone.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What you have learnt"), widget=forms.Textarea(attrs={"rows": 5}))
    effect = forms.CharField(
        label=_("What it means for the individual"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, versions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "version_id", versions)
