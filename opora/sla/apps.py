from importlib import import_module

from opora.core import domain


class SlaConfig(domain.DomainConfig):
    name = "opora.sla"
    label = "sla"

    def ready(self) -> None:
        super().ready()
        import_module("opora.sla.fields").register_fields()
