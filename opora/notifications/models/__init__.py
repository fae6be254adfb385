from opora.notifications.models.notification import Notification
from opora.notifications.models.preference import Preference

__all__ = ["Notification", "Preference"]
