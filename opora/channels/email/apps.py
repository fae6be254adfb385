from opora.core import domain


class EmailConfig(domain.DomainConfig):
    name = "opora.channels.email"
    label = "email"
