from opora.api.wire.routing import load_resources
from opora.core import domain


class ApiConfig(domain.DomainConfig):
    name = "opora.api"
    label = "api"

    def ready(self) -> None:
        super().ready()
        load_resources()
