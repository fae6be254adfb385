from opora.core import domain


class TicketsConfig(domain.DomainConfig):
    name = "opora.tickets"
    label = "tickets"
