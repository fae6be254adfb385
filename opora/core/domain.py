"""What all domains have in common as Django applications."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig


class DomainConfig(AppConfig):
    """The base of every domain: reads its events, what it does about those of others, and what of its own names things."""

    def ready(self) -> None:
        for module in ("events", "subscribers", "uses"):
            if find_spec(f"{self.name}.{module}"):
                import_module(f"{self.name}.{module}")
