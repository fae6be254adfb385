from django.db import models

from opora.core import clock


class Organization(models.Model):
    """A client company: whose people write to us. New tickets of theirs go to `group`, if there is one."""

    name = models.CharField(max_length=255, unique=True)
    notes = models.TextField(blank=True, default="")
    details = models.TextField(blank=True, default="")
    tags = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    group = models.ForeignKey(
        "people.Group", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    external_id = models.CharField(max_length=255, blank=True, default="", db_index=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OrganizationDomain(models.Model):
    """A mail domain whose writers belong to the organization."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253, unique=True)

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain
