"""What was said stays with the organisation that said it."""

from samordna.domain.conversations.models import Message
from samordna.domain.organisations.carrying import stays

stays(Message, "said_for")
