from functools import cached_property

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opora.core import clock
from opora.core.prepared import prepared
from opora.events.actor import Actor
from opora.people.models.organization import Organization
from opora.people.models.role import Role


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)

    def colleagues(self) -> models.QuerySet["Person"]:
        """Everybody who works here and may sign in."""
        return self.filter(role__isnull=False, is_active=True)


class Person(AbstractBaseUser):
    """Anybody who writes, answers or is written about: a colleague if they have a role, else a customer.

    `email` repeats the primary mail identity, so that lists need no join; `Identity` has all ways to reach them.
    `organization` repeats the default one of `OrganizationMembership`. `fields` has the desk's own profile fields by
    key (`ProfileField`). A customer who was deleted, or a colleague who left, is not active.
    """

    class Theme(models.TextChoices):
        AUTO = "auto", _("Like my system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class Density(models.TextChoices):
        COMFORTABLE = "comfortable", _("Comfortable")
        COMPACT = "compact", _("Compact")

    name = models.CharField(max_length=255)
    email = models.EmailField(max_length=254, blank=True, default="")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    locale = models.CharField(max_length=10, blank=True, default="")
    time_zone = models.CharField(max_length=64, blank=True, default="")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    density = models.CharField(max_length=11, choices=Density, default=Density.COMFORTABLE)
    signature = models.TextField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    photo = models.CharField(max_length=64, blank=True, default="")
    external_id = models.CharField(max_length=255, blank=True, default="")
    notes = models.TextField(blank=True, default="")
    details = models.TextField(blank=True, default="")
    alias = models.CharField(max_length=255, blank=True, default="")
    tags = models.JSONField(default=list, blank=True)
    fields = models.JSONField(default=dict, blank=True)
    opens_next_ticket = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="person_email_once"),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="person_updated"),
            models.Index(fields=["name", "id"], name="person_name"),
            models.Index(fields=["role"], name="person_role", condition=Q(role__isnull=False)),
            models.Index(fields=["external_id"], name="person_external", condition=~Q(external_id="")),
        ]

    def __str__(self) -> str:
        return self.name or self.email or f"#{self.pk}"

    @property
    def is_colleague(self) -> bool:
        return self.role_id is not None and self.is_active

    @cached_property
    def allowed(self) -> frozenset[str]:
        """The names of what this person may do (`permissions.PERMISSIONS`)."""
        return self.role.allowed if self.role and self.is_active else frozenset()

    @cached_property
    def group_ids(self) -> frozenset[int]:
        return frozenset(_groups_of(self.pk)) if self.pk else frozenset()

    @cached_property
    def hidden_group_ids(self) -> frozenset[int]:
        """The private groups whose tickets this colleague does not see; administrators see those of all."""
        if not self.pk or (self.role and self.role.kind == Role.Kind.ADMINISTRATOR):
            return frozenset()
        if getattr(self, "are_groups_public", False):
            return frozenset()
        return frozenset(_private_groups()) - self.group_ids

    @property
    def first_name(self) -> str:
        """The word a letter greets them by."""
        return self.name.split()[0] if self.name.strip() else ""

    def as_actor(self) -> Actor:
        return Actor("agent" if self.role_id else "customer", self.pk, str(self))


@prepared
def _groups_of(person_id: int) -> models.QuerySet[Person, int]:
    member = Person.objects.filter(pk=person_id, memberships__isnull=False)
    return member.values_list("memberships__group_id", flat=True)


@prepared
def _private_groups() -> models.QuerySet[models.Model, int]:
    # The model of groups names people, so it cannot be imported here.
    groups = apps.get_model("people", "Group")
    return groups._default_manager.filter(is_private=True).values_list("pk", flat=True)
