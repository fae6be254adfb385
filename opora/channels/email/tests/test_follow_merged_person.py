from opora.channels.email.models import OutboundMail
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.merge_people import merge_people
from opora.tickets.actions.unmerge_people import unmerge_people


def test_mails_follow_a_merged_person_and_go_back(cast, bring_in, react, sent):
    ticket = bring_in().ticket
    add_comment(ticket, NewComment(html="<p>Yes</p>", author=cast.agent), by=cast.agent)
    react()
    mails = OutboundMail.objects.filter(ticket=ticket)
    mails.update(person=cast.customer)
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    react()
    assert mails.get().person == cast.banker
    unmerge_people(cast.customer, by=cast.lead)
    react()
    assert mails.get().person == cast.customer
