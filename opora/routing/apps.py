from importlib import import_module

from opora.core import domain


class RoutingConfig(domain.DomainConfig):
    name = "opora.routing"
    label = "routing"

    def ready(self) -> None:
        super().ready()
        import_module("opora.routing.blocks")
