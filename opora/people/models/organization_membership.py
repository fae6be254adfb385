from django.db import models
from django.db.models import Q

from opora.core import clock
from opora.people.models.organization import Organization
from opora.people.models.person import Person


class OrganizationMembership(models.Model):
    """A person's place in an organization. The default one is repeated in `Person.organization`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="organization_memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organization"], name="organization_membership_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_default=True), name="organization_one_default"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.organization_id}"
