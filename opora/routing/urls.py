"""Addresses of presence, work and escalations."""

from django.urls import path

from opora.routing.views import (
    board,
    decision,
    escalations,
    person,
    presence,
    settings_capacity,
    settings_lines,
    settings_queues,
    settings_skills,
)

app_name = "routing"
urlpatterns = [
    path("team/", board.board, name="board"),
    path("presence/", presence.my_presence, name="my_presence"),
    path("presence/signs", presence.signs, name="signs"),
    path("people/<int:person_id>/presence", presence.presence, name="presence"),
    path("people/<int:person_id>/work", person.person_work, name="person_work"),
    path("settings/people/<int:person_id>/work", person.edit_work, name="edit_work"),
    path("tickets/<int:ticket_id>/owner", board.owner, name="owner"),
    path("tickets/<int:ticket_id>/routing", decision.standing, name="standing"),
    path("tickets/<int:ticket_id>/routing/<int:event_id>", decision.decision, name="decision"),
    path("tickets/<int:ticket_id>/escalation", escalations.escalation, name="escalation"),
    path("escalations/", escalations.escalations, name="escalations"),
    path("escalations/<int:escalation_id>/acceptance", escalations.acceptance, name="acceptance"),
    path("escalations/<int:escalation_id>/rejection", escalations.rejection, name="rejection"),
    path("escalations/<int:escalation_id>/answer", escalations.answer, name="answer"),
    path("escalations/<int:escalation_id>/withdrawal", escalations.withdrawal, name="withdrawal"),
    path("settings/queues/", settings_queues.queue_list, name="queues"),
    path("settings/queues/order", settings_queues.queue_order, name="queue_order"),
    path("settings/queues/new", settings_queues.new_queue, name="new_queue"),
    path("settings/queues/<int:queue_id>", settings_queues.queue, name="queue"),
    path("settings/queues/<int:queue_id>/removal", settings_queues.queue_removal, name="queue_removal"),
    path("settings/skills/", settings_skills.skill_list, name="skills"),
    path("settings/skills/new", settings_skills.new_skill, name="new_skill"),
    path("settings/skills/<int:skill_id>", settings_skills.skill, name="skill"),
    path("settings/skills/<int:skill_id>/removal", settings_skills.skill_removal, name="skill_removal"),
    path("settings/skills/requirements/new", settings_skills.new_requirement, name="new_requirement"),
    path(
        "settings/skills/requirements/<int:requirement_id>", settings_skills.requirement, name="requirement"
    ),
    path(
        "settings/skills/requirements/<int:requirement_id>/removal",
        settings_skills.requirement_removal,
        name="requirement_removal",
    ),
    path("settings/capacity/", settings_capacity.capacity, name="capacity"),
    path("settings/capacity/roles/<int:role_id>", settings_capacity.role_capacity, name="role_capacity"),
    path("settings/escalation/", settings_lines.line_list, name="lines"),
    path("settings/escalation/new", settings_lines.new_line, name="new_line"),
    path("settings/escalation/<int:line_id>", settings_lines.line, name="line"),
    path("settings/escalation/<int:line_id>/checklist", settings_lines.line_items, name="line_items"),
    path("settings/escalation/<int:line_id>/removal", settings_lines.line_removal, name="line_removal"),
    path("settings/escalation/items/<int:item_id>", settings_lines.item, name="item"),
]
