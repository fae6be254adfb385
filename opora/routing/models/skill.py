from django.db import models
from django.utils.translation import pgettext_lazy

from opora.people.models import Person


class Level(models.IntegerChoices):
    """How well somebody can do something, as a competency matrix has it; none at all is no row."""

    ASSISTED = 1, pgettext_lazy("skill level", "With help")
    ALONE = 2, pgettext_lazy("skill level", "Alone")
    DIFFICULT = 3, pgettext_lazy("skill level", "Difficult cases")
    TEACHES = 4, pgettext_lazy("skill level", "Teaches others")


class Skill(models.Model):
    """Something that people can and that tickets may need. A language is needed by whoever writes in it."""

    class Kind(models.TextChoices):
        LANGUAGE = "language", pgettext_lazy("skill kind", "Language")
        PRODUCT = "product", pgettext_lazy("skill kind", "Product")
        BRAND = "brand", pgettext_lazy("skill kind", "Brand")
        OTHER = "other", pgettext_lazy("skill kind", "Other")

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PRODUCT)
    locale = models.CharField(max_length=10, blank=True, default="")
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale"],
                condition=~models.Q(locale="") & models.Q(deleted_at=None),
                name="skill_one_language",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonSkill(models.Model):
    """What one colleague can, and how well."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="people")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.ALONE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "skill"], name="skill_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.skill_id}: {self.level}"


class Requirement(models.Model):
    """Tickets of these conditions need this skill. What is not firm gives way when a ticket waits long."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="requirements")
    level = models.PositiveSmallIntegerField(choices=Level, default=Level.ALONE)
    conditions = models.JSONField(default=dict)
    is_firm = models.BooleanField(default=False)

    class Meta:
        ordering = ["skill__name", "id"]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"
