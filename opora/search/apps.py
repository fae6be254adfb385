from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from opora.search.known import forget_known_forms


class SearchConfig(AppConfig):
    name = "opora.search"
    label = "search"

    def ready(self) -> None:
        post_migrate.connect(_forget, sender=self)


def _forget(**_given: Any) -> None:
    # Also sent when tables were emptied: then this process believes in a vocabulary that is gone.
    forget_known_forms()
