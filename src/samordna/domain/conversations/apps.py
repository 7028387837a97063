from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "samordna.domain.conversations"
    label = "conversations"
