from opora.core import domain


class WebhooksConfig(domain.DomainConfig):
    name = "opora.webhooks"
    label = "webhooks"
