from opora.core import domain


class CalendarsConfig(domain.DomainConfig):
    name = "opora.calendars"
    label = "calendars"
