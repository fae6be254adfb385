import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.people.actions.save_desk import save_desk
from opora.people.models import Desk
from opora.people.tests.log_of import last_event


def test_the_desk_is_renamed_and_the_log_says_so(cast):
    save_desk(Desk.objects.get(), by=cast.owner, name="Support of Acme", time_zone="Europe/Kyiv")
    assert Desk.objects.get().time_zone == "Europe/Kyiv"
    event = last_event()
    assert (event.kind, event.body["changes"]["name"]) == ("desk.saved", ["Opora", "Support of Acme"])
    with pytest.raises(Invalid):
        save_desk(Desk.objects.get(), by=cast.owner, name=" ")
    with pytest.raises(NotAllowed):
        save_desk(Desk.objects.get(), by=cast.lead, name="Mine")
