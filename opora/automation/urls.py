"""Addresses of rules."""

from django.urls import path

from opora.automation.views import firings, rules, trials

app_name = "automation"
TRIGGER, AUTOMATION = {"kind": "trigger"}, {"kind": "automation"}
urlpatterns = [
    path("settings/triggers/", rules.rule_list, TRIGGER, name="triggers"),
    path("settings/triggers/new", rules.new_rule, TRIGGER, name="new_trigger"),
    path("settings/triggers/order", rules.rule_order, TRIGGER, name="trigger_order"),
    path("settings/triggers/standard", rules.standard_rules, TRIGGER, name="standard_triggers"),
    path("settings/automations/standard", rules.standard_rules, AUTOMATION, name="standard_automations"),
    path("settings/automations/", rules.rule_list, AUTOMATION, name="automations"),
    path("settings/automations/new", rules.new_rule, AUTOMATION, name="new_automation"),
    path("settings/automations/order", rules.rule_order, AUTOMATION, name="automation_order"),
    path("settings/rules/<int:rule_id>", rules.rule, name="rule"),
    path("settings/rules/<int:rule_id>/activity", rules.activity, name="activity"),
    path("settings/rules/<int:rule_id>/removal", rules.removal, name="removal"),
    path("settings/rules/<int:rule_id>/versions", rules.versions, name="versions"),
    path(
        "settings/rules/<int:rule_id>/versions/<int:number>/restoration",
        rules.restoration,
        name="restoration",
    ),
    path("settings/rules/<int:rule_id>/trial", trials.trial_page, name="trial"),
    path("settings/rules/<int:rule_id>/trials", trials.trials, name="trials"),
    path("settings/trials/<int:trial_id>", trials.trial, name="trial_state"),
    path("firings/<int:event_id>", firings.firing, name="firing"),
]
