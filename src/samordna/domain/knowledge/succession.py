"""What of the toolboxes is touched when an organisation is succeeded: services go where the role that answers goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from samordna.domain.knowledge.models import Fact, Meaning, ProfileVersion, Service
from samordna.domain.organisations.carrying import Kind, Way, register, stays
from samordna.domain.organisations.succession import open_then

register(
    Kind(
        name="service",
        label=gettext_lazy("Services in the toolbox"),
        way=Way.ROLE,
        model=Service,
        path="role__organisation",
        live=open_then,
        title=("name",),
        place=("role__name",),
        began="valid_from",
        until="valid_to",
    )
)
stays(Fact, "named_by")
stays(ProfileVersion, "organisation")  # what it said of itself; whoever comes after says anew
stays(Meaning, "organisation")
