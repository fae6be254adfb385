from opora.core import domain


class AutomationConfig(domain.DomainConfig):
    name = "opora.automation"
    label = "automation"
