"""A policy is added, changed, put in order or removed; each change begins a new book of policies."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import Changes, apply_changes
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.sla.content import Content
from opora.sla.engine.policy import BESIDE_THE_FOLD, PROMISE_FIELDS
from opora.sla.events import SlaPolicyRemoved, SlaPolicySaved
from opora.sla.models import PolicyBook, PolicyVersion, SlaPolicy
from opora.sla.policy import may_change
from opora.tickets.conditions import read_conditions


def save_policy(
    policy: SlaPolicy | None = None, *, by: ActsAsActor, content: Content | None = None, **fields: object
) -> SlaPolicy:
    """Add a policy, or set what is given: name, is_active, position, content. A new one comes last, needs content.

    Clocks that run keep the version they began with, unless its switches say otherwise.
    """
    with update(by):
        require(may_change(by))
        policy = policy or SlaPolicy(position=policies().count())
        created = policy.pk is None
        changes = apply_changes(policy, fields)
        _check(policy, content, created=created)
        if changes or created:
            policy.save()
        version = _write(policy, content, changes, by=by) if content else None
        if changes or created:
            begin_book()
            fact = SlaPolicySaved(
                name=policy.name, created=created, changes=changes, version_id=version.pk if version else None
            )
            record(fact, subject_id=policy.pk, by=by)
    return policy


def remove_policy(policy: SlaPolicy, *, by: ActsAsActor) -> None:
    """Take a policy out of use. Clocks that it began go on until the ticket's next change."""
    with update(by):
        require(may_change(by))
        policy.deleted_at = clock.now()
        policy.save(update_fields=["deleted_at"])
        begin_book()
        record(SlaPolicyRemoved(name=policy.name), subject_id=policy.pk, by=by)


def policies() -> QuerySet[SlaPolicy]:
    """Return the policies that are not removed, in their order."""
    return SlaPolicy.objects.filter(deleted_at=None).order_by("position", "id")


def latest_versions() -> dict[int, PolicyVersion]:
    """Return the newest version of each policy, by the policy's id."""
    return {version.policy_id: version for version in PolicyVersion.objects.order_by("policy_id", "number")}


def begin_book() -> PolicyBook:
    """Put the newest versions of the active policies in force, in their order, from now on."""
    latest = latest_versions()
    ids = [latest[policy.pk].pk for policy in policies().filter(is_active=True) if policy.pk in latest]
    return PolicyBook.objects.create(version_ids=ids, since=clock.now())


def _check(policy: SlaPolicy, content: Content | None, *, created: bool) -> None:
    if not policy.name.strip():
        raise Invalid(_("Give the policy a name."), field="name")
    others = SlaPolicy.objects.filter(deleted_at=None).exclude(pk=policy.pk)
    if others.filter(name__iexact=policy.name).exists():
        raise Invalid(_("There is a policy of this name already."), field="name")
    if content is None:
        if created:
            raise Invalid(_("Say what is promised."))
        return
    if not content.targets:
        raise Invalid(_("Promise at least one thing: fill in a time in the table."), field="targets")
    if content.source == "policy" and content.calendar_id is None:
        raise Invalid(_("Choose the calendar of this policy."), field="calendar_id")
    tree = read_conditions(content.conditions)
    if any(row.field.name in PROMISE_FIELDS for row in (*tree.every, *tree.some)):
        raise Invalid(_("A promise cannot depend on promises. Choose other conditions."), field="conditions")
    beside = [row.field.title for row in (*tree.every, *tree.some) if row.field.name in BESIDE_THE_FOLD]
    if beside:
        sentence = _("A promise cannot depend on “%(field)s”. Choose other conditions.")
        raise Invalid(sentence % {"field": beside[0]}, field="conditions")


def _write(policy: SlaPolicy, content: Content, changes: Changes, *, by: ActsAsActor) -> PolicyVersion | None:
    before = policy.versions.order_by("-number").first()
    written = content.to_json()
    if before and before.content == written:
        return before
    changes["content"] = [before.number if before else None, (before.number if before else 0) + 1]
    return PolicyVersion.objects.create(
        policy=policy,
        number=(before.number if before else 0) + 1,
        content=written,
        saved_at=clock.now(),
        saved_by=by if isinstance(by, Person) else None,
    )
