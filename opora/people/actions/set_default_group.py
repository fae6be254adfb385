"""One of a colleague's groups becomes the first."""

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import PersonChanged
from opora.people.models import Membership
from opora.people.policy import may_manage_colleague, require


def set_default_group(place: Membership, *, by: ActsAsActor) -> Membership:
    """Make this the group that stands for the colleague where only one can be named."""
    with update(by):
        require(may_manage_colleague(by, place.person))
        if not place.is_default:
            Membership.objects.filter(person=place.person).update(is_default=False)
            place.is_default = True
            place.save(update_fields=["is_default"])
            fact = PersonChanged(changes={"default_group": [None, place.group.name]})
            record(fact, subject_id=place.person_id, by=by)
    return place
