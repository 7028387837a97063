import pytest
from django.test import Client

from tests import factories as f


@pytest.mark.django_db
def test_home_asks_for_sign_in_and_then_opens():
    client = Client()
    assert client.get("/").status_code == 302
    held = f.holding(f.organisation())
    client.force_login(held.person)
    assert client.get("/").status_code == 200
