"""An organization is added or changed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import OrganizationSaved
from opora.people.models import Organization, OrganizationDomain
from opora.people.policy import may, require


def save_organization(
    organization: Organization | None = None,
    *,
    by: ActsAsActor,
    domains: Iterable[str] | None = None,
    **fields: object,
) -> Organization:
    """Add an organization or change one; `domains`, if given, become exactly its mail domains."""
    with update(by):
        require(may(by, "people.edit"))
        organization = organization or Organization()
        created = organization.pk is None
        changes = apply_changes(organization, fields)
        if not organization.name.strip():
            raise Invalid(_("Give the organization a name."), field="name", reason="BlankValue")
        if Organization.objects.filter(name__iexact=organization.name).exclude(pk=organization.pk).exists():
            raise Invalid(
                _("There is an organization of this name already."), field="name", reason="DuplicateValue"
            )
        organization.updated_at = clock.now()
        organization.save()
        if domains is not None:
            changes |= _set_domains(
                organization, {domain.strip().lower() for domain in domains if domain.strip()}
            )
        if changes or created:
            fact = OrganizationSaved(name=organization.name, created=created, changes=changes)
            record(fact, subject_id=organization.pk, by=by)
    return organization


def _set_domains(organization: Organization, after: set[str]) -> dict[str, list]:
    before = set(organization.domains.values_list("domain", flat=True))
    if before == after:
        return {}
    taken = (
        OrganizationDomain.objects.filter(domain__in=after - before).select_related("organization").first()
    )
    if taken:
        sentence = _("%(domain)s belongs to %(name)s already.")
        raise Invalid(sentence % {"domain": taken.domain, "name": taken.organization.name}, field="domains")
    organization.domains.filter(domain__in=before - after).delete()
    new = [OrganizationDomain(organization=organization, domain=domain) for domain in sorted(after - before)]
    OrganizationDomain.objects.bulk_create(new)
    return {"domains": [sorted(before), sorted(after)]}
