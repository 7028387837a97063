"""What of introductions is touched when an organisation is succeeded: its programmes, whom they are for, whom one meets."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from samordna.domain.introductions.models import ForWhom, Programme, Step
from samordna.domain.organisations.carrying import Kind, Way, register
from samordna.domain.organisations.succession import open_then


def _own(path: str) -> ExpressionWrapper[Q]:
    """Is the programme the organisation's own, and out? What is shared with others is not named to whoever plans."""
    own = Q(programme__organisation=F(path), programme__published_on__isnull=False)
    return ExpressionWrapper(own, output_field=BooleanField())


def _asked() -> Q:
    return Q(ended_at__isnull=True, programme__ended_on__isnull=True)


register(
    Kind(
        name="introduction_programme",
        label=_("Introduction programmes"),
        way=Way.POINT,
        model=Programme,
        path="organisation",
        live=lambda on: Q(ended_on__isnull=True) | Q(ended_on__gt=on),
        named={"shown": ExpressionWrapper(Q(published_on__isnull=False), output_field=BooleanField())},
        unseen=("shown", False),
        title=("name",),
        may_rest=True,
    ),
    Kind(
        name="introduced_role",
        label=_("Roles that an introduction programme is for"),
        way=Way.ROLE,
        model=ForWhom,
        path="role__organisation",
        live=open_then,
        named={"shown": _own("role__organisation")},
        unseen=("shown", False),
        title=("programme__name",),
        place=("role__name",),
        began="valid_from",
        until="valid_to",
    ),
    Kind(
        name="role_to_meet",
        label=_("Roles that one meets when one is introduced"),
        way=Way.ROLE,
        model=Step,
        path="role__organisation",
        live=lambda on: _asked(),
        named={"shown": _own("role__organisation")},
        unseen=("shown", False),
        title=("what",),
        place=("programme__name",),
        endable=False,
    ),
    Kind(
        name="organisation_to_visit",
        label=_("Steps of introductions that are about the organisation"),
        way=Way.POINT,
        model=Step,
        path="organisation",
        live=lambda on: _asked(),
        named={"shown": _own("organisation")},
        unseen=("shown", False),
        title=("what",),
        place=("programme__name",),
        may_rest=True,
    ),
)
