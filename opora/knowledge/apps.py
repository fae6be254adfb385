from opora.core import domain


class KnowledgeConfig(domain.DomainConfig):
    name = "opora.knowledge"
    label = "knowledge"
