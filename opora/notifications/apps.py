from opora.core import domain


class NotificationsConfig(domain.DomainConfig):
    name = "opora.notifications"
    label = "notifications"
