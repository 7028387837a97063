"""The taps of the meeting check."""

from django.db import models
from django.utils.translation import pgettext_lazy as _p


class Worth(models.TextChoices):
    """Was the meeting worth the time?"""

    YES = "yes", _p("worth", "Yes")
    PARTLY = "partly", _p("worth", "Partly")
    NO = "no", _p("worth", "No")


class Decided(models.TextChoices):
    """Did we decide what we should?"""

    YES = "yes", _p("decided", "Yes")
    PARTLY = "partly", _p("decided", "Partly")
    NO = "no", _p("decided", "No")
    NOTHING = "nothing", _p("decided", "There was nothing to decide")
