from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of, words_of
from opora.notifications.tests.conftest import told
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.merge import merge_tickets
from opora.tickets.actions.solve import reopen_ticket, solve_ticket


def mention(person):
    return f'<p>Look, <a href="/people/{person.pk}">@{person}</a></p>'


def follow(ticket, person, by):
    add_collaborators(ticket, [person], kind="follower", by=by)


def test_the_assignee_is_told_that_the_customer_replied(cast, mine, say):
    comment = say(mine, cast.customer, "<p>Still nothing.</p>")
    assert told() == [("Andrii", "replied")]
    notification = Notification.objects.get()
    assert sentence_of(notification) == "Kateryna Customer replied"
    assert words_of(notification) == "Still nothing."
    assert notification.place == f"/tickets/{mine.pk}#comment-{comment.pk}"


def test_the_first_words_of_a_ticket_are_no_reply(cast, make_ticket):
    from opora.events.delivering import run_overdue_deliveries

    make_ticket(assignee=cast.agent)
    run_overdue_deliveries()
    assert told() == [("Andrii", "assigned")]


def test_followers_are_told_as_well(cast, mine, say):
    follow(mine, cast.lead, cast.owner)
    say(mine, cast.customer)
    assert told() == [("Andrii", "replied"), ("Lesia", "replied")]


def test_an_automatic_reply_is_no_news(cast, mine, say):
    say(mine, cast.customer, is_auto_reply=True)
    assert told() == []


def test_a_colleagues_reply_is_told_and_ones_own_is_not(cast, mine, say):
    follow(mine, cast.lead, cast.owner)
    say(mine, cast.agent)
    assert told() == [("Lesia", "answered")]


def test_a_note_is_told_to_assignee_and_followers(cast, mine, say):
    say(mine, cast.lead, is_public=False)
    assert told() == [("Andrii", "noted")]


def test_who_is_mentioned_is_told_and_follows(cast, mine, say):
    say(mine, cast.agent, mention(cast.second), is_public=False)
    assert told() == [("Borys", "mentioned")]
    followers = mine.collaborations.filter(kind="follower")
    assert [row.person for row in followers] == [cast.second]


def test_a_mentioned_assignee_is_told_once(cast, mine, say):
    say(mine, cast.lead, mention(cast.agent), is_public=False)
    assert told() == [("Andrii", "mentioned")]


def test_a_mention_does_not_show_a_ticket_to_who_may_not_see_it(cast, mine, say):
    say(mine, cast.agent, mention(cast.outsider), is_public=False)
    assert told() == []
    assert not mine.collaborations.exists()


def test_a_customer_is_never_mentioned(cast, mine, say):
    say(mine, cast.agent, mention(cast.customer), is_public=False)
    assert told() == []
    assert not mine.collaborations.exists()


def test_a_mention_in_a_reply_is_only_a_link(cast, mine, say):
    say(mine, cast.agent, mention(cast.second))
    assert told() == []


def test_mentioning_oneself_does_nothing(cast, mine, say):
    say(mine, cast.second, mention(cast.second), is_public=False)
    assert told() == [("Andrii", "noted")]
    assert not mine.collaborations.exists()


def test_a_follower_who_may_no_longer_see_the_ticket_is_not_told(cast, mine, say):
    say(mine, cast.agent, mention(cast.second), is_public=False)
    Notification.objects.all().delete()
    mine.collaborations.all().delete()
    say(mine, cast.lead, is_public=False)
    assert told() == [("Andrii", "noted")]


def test_a_reply_that_reopens_is_told_once(cast, mine, say):
    solve_ticket(mine, by=cast.agent)
    say(mine, cast.customer, "<p>It came back.</p>")
    mine.refresh_from_db()
    assert not mine.is_solved
    assert told() == [("Andrii", "replied")]


def test_a_reopening_by_hand_is_told(cast, mine):
    from opora.events.delivering import run_overdue_deliveries

    solve_ticket(mine, by=cast.agent)
    reopen_ticket(mine, by=cast.lead)
    run_overdue_deliveries()
    assert told() == [("Andrii", "reopened")]
    assert sentence_of(Notification.objects.get()) == "Reopened by Lesia Lead"


def test_a_merge_is_told_on_both_sides_once(cast, mine, make_ticket):
    from opora.events.delivering import run_overdue_deliveries

    into = make_ticket(assignee=cast.second)
    run_overdue_deliveries()
    Notification.objects.all().delete()
    merge_tickets([mine], into=into, by=cast.lead)
    run_overdue_deliveries()
    assert told() == [("Andrii", "merged"), ("Borys", "merged")]
    sentences = {
        row.person.first_name: sentence_of(row) for row in Notification.objects.select_related("person")
    }
    assert sentences["Andrii"] == f"#{mine.pk} was merged into #{into.pk} by Lesia Lead"
    assert sentences["Borys"] == f"#{mine.pk} was merged into this ticket by Lesia Lead"
    assert set(Notification.objects.values_list("ticket_id", flat=True)) == {into.pk}
