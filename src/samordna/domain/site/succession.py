"""What of the site is touched when an organisation is succeeded: the role that owns the installation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samordna.domain.organisations.carrying import Kind, Way, register
from samordna.domain.site.models import Site

register(
    Kind(
        name="site",
        label=_("The installation that its role owns"),
        way=Way.ROLE,
        model=Site,
        path="owner_role__organisation",
        title=("name",),
        endable=False,
    )
)
