"""Worlds at a depth, for the specification of D1, D2 and D3."""

from datetime import timedelta

from samordna.core import clock
from samordna.domain.collaborations.depth import PRESETS, Preset
from samordna.domain.collaborations.operations import leave_collaboration
from samordna.domain.collaborations.queries.rulings import rulings
from tests.domain.collaborations.setting import setting
from tests.factories import NOW


def world_at(depth: Preset):
    join, contribute, follow = PRESETS[depth]
    return setting(join=join, contribute=contribute, follow=follow)


def ruled(world, **keywords):
    return rulings(world.collaboration, world.area.pk, NOW, **keywords)[world.own.pk]


def ruled_on(world, days: int):
    return rulings(world.collaboration, world.area.pk, clock.now() + timedelta(days=days))[world.own.pk]


def leave(world):
    return leave_collaboration(actor=world.manager, participation_id=world.own_part.pk, reason="Skäl", at=NOW)
