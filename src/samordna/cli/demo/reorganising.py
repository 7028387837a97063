"""Two municipalities that are to become one at the turn of the year: a plan that one of them has agreed to so far."""

from __future__ import annotations

from datetime import date

from samordna.cli.demo.world import World
from samordna.domain.organisations import operations as organisations

TOGETHER = "Lindehede kommun"


def plan_merger(world: World) -> None:
    """Planned some days ago by the one, not yet answered by the other."""
    organisations.plan_reorganisation(
        actor=world.actor("bjorkhede-chef"),
        organisation_id=world.places["bjorkhede"],
        kind="merge",
        others=[world.places["lindemala"]],
        begin=[TOGETHER],
        happens_on=date(world.now.year + 1, 1, 1),
        ground="Björkhede fullmäktige § 84 och Lindemåla fullmäktige § 61",
        at=world.ago(9),
    )
