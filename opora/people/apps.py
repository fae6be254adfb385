from opora.core import domain


class PeopleConfig(domain.DomainConfig):
    name = "opora.people"
    label = "people"
