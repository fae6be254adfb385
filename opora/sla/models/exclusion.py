from django.db import models

from opora.core import clock
from opora.people.models import Person
from opora.tickets.models import Ticket


class Exclusion(models.Model):
    """A broken promise that is left out of the net attainment: which clock, why, who approved it and when (S15).

    `key` is that of the clock's `ClockRow`, a projection that may be made anew; so there is no foreign key.
    """

    key = models.CharField(max_length=60, primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="promise_exclusions")
    reason = models.CharField(max_length=200)
    approved_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.key
