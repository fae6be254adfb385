from django.db import models

from opora.core import clock


class Desk(models.Model):
    """The one desk of this installation. Its row appears when set-up is done; before that, the wizard asks.

    `suspended_mail_days`: how long suspended mail waits for a decision before it is deleted; 0 is for ever.
    """

    name = models.CharField(max_length=120)
    locale = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    suspended_mail_days = models.PositiveSmallIntegerField(default=30)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name
