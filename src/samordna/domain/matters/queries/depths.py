"""The depths that matters under way have set of their own."""

from __future__ import annotations

from samordna.domain.collaborations.depth import DepthSetting
from samordna.domain.matters.enums import MatterStage
from samordna.domain.matters.models import Matter
from samordna.domain.matters.states import CLOSED


def matter_depths(collaboration_id: str) -> tuple[DepthSetting, ...]:
    """Each other depth that a matter here has, of those that are sent out or decided; one query."""
    rows = Matter.objects.filter(collaboration_id=collaboration_id).exclude(stage__in=[MatterStage.DRAFT, *CLOSED])
    found = rows.order_by("join", "contribute", "follow").values_list("join", "contribute", "follow").distinct()
    settings = (DepthSetting(join=join, contribute=contribute, follow=follow) for join, contribute, follow in found)
    return tuple(each for each in settings if each != DepthSetting())
