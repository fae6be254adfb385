from django.apps import AppConfig
from django.db.backends.signals import connection_created

from opora.core import texts_alike


class CoreConfig(AppConfig):
    name = "opora.core"
    label = "core"

    def ready(self) -> None:
        texts_alike.register()
        connection_created.connect(_teach)


def _teach(connection, **_given) -> None:  # type: ignore[no-untyped-def]
    texts_alike.teach(connection)
