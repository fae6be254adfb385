from opora.core import domain


class RoutingConfig(domain.DomainConfig):
    name = "opora.routing"
    label = "routing"
