"""A collaboration that is being formed, for the specification of purpose and pictures."""

from samordna.domain.collaborations.models import PicturePoint
from tests import factories as f
from tests.domain.collaborations.setting import Setting, client_of, setting


def forming(**fields) -> tuple[Setting, PicturePoint]:
    """A collaboration being formed, with one point of the shared picture by the coordination."""
    world = setting(**{"state": "forming", "purpose": "Trygg hemgång"} | fields)
    point = PicturePoint.objects.create(
        collaboration=world.collaboration, kind="problem", text="Ingen vet vem som tar emot.", added_at=f.NOW
    )
    return world, point


def tell(actor, world: Setting, **typed):
    return client_of(actor).post(f"/samverkan/{world.collaboration.pk}/var-syn/", typed)


def picture(actor, world: Setting) -> str:
    return client_of(actor).get(f"/samverkan/{world.collaboration.pk}/bild/").content.decode()
