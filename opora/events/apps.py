from importlib import import_module

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "opora.events"
    label = "events"

    def ready(self) -> None:
        for module in ("log_events", "delivering"):
            import_module(f"opora.events.{module}")
