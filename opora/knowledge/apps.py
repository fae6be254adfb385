from importlib import import_module

from opora.core import domain


class KnowledgeConfig(domain.DomainConfig):
    name = "opora.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        super().ready()
        import_module("opora.knowledge.blocks")
