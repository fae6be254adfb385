from opora.people.models.brand import Brand
from opora.people.models.desk import Desk
from opora.people.models.group import Group, Membership
from opora.people.models.identity import Identity
from opora.people.models.invitation import Invitation
from opora.people.models.merge import PersonMerge
from opora.people.models.organization import Organization, OrganizationDomain
from opora.people.models.organization_membership import OrganizationMembership
from opora.people.models.person import Person
from opora.people.models.profile_field import ProfileField
from opora.people.models.role import Role

__all__ = [
    "Brand",
    "Desk",
    "Group",
    "Identity",
    "Invitation",
    "Membership",
    "Organization",
    "OrganizationDomain",
    "OrganizationMembership",
    "Person",
    "PersonMerge",
    "ProfileField",
    "Role",
]
