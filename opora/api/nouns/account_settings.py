"""The settings of the account, as the wire groups them: what is on here, what is off, and what the desk itself says.

Clients that read settings insist on every attribute of the vendor's. What stands for a part that this desk does not have
is said as an account says it that has the part switched off.
"""

from collections.abc import Mapping
from typing import Any

from opora.api.nouns.locales import locale_number, wire_locale
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.zones import city_of
from opora.people.models import Desk
from opora.people.queries import default_brand
from opora.tickets.actions.upload import LARGEST

_ON: Mapping[str, str] = {
    "active_features": """on_hold_status user_tagging ticket_tagging business_hours customer_satisfaction allow_ccs
        organization_access_enabled suspended_ticket_notification light_agents ticket_forms user_org_fields
        rich_content_in_emails custom_statuses_enabled dynamic_contents""",
    "agents": "agent_workspace",
    "api": "accepted_api_agreement",
    "email": "rich_content_in_emails modern_email_template email_sender_authentication",
    "groups": "check_group_name_uniqueness",
    "lotus": "prefer_lotus",
    "tickets": """agent_ticket_deletion collaboration private_attachments agent_collision tagging list_empty_views
        comments_public_by_default is_first_comment_private_enabled status_hold rich_text_comments emoji_autocompletion
        assign_tickets_upon_solve assign_default_organization accepted_new_collaboration_tos
        follower_and_email_cc_collaborations agent_can_change_requester comment_email_ccs_allowed
        ticket_followers_allowed end_user_attachments copy_original_assignee_and_group_to_followup
        light_agent_email_ccs_allowed custom_statuses_enabled email_comments_public
        help_center_enabled""",
    "user": "tagging time_zone_selection language_selection multiple_organizations agent_created_welcome_emails",
}
_OFF: Mapping[str, str] = {
    "active_features": """topic_suggestion voice facebook_login google_login twitter_login forum_analytics
        agent_forwarding chat chat_about_my_ticket satisfaction_prediction automatic_answers csat_reason_code screencasts
        markdown bcc_archiving audit_logs_gdpr access_logs_enabled explore explore_on_support_ent_plan
        explore_on_support_pro_plan good_data_and_explore good_data_only explore_forbidden explore_not_set sandbox twitter
        facebook is_abusive custom_object_nav_enabled release_control_enabled insights
        data_masking_configured_in_roles approvals_activated has_ever_used_approvals benchmark_opt_out side_conversations
        custom_dkim_domain allow_email_template_customization custom_objects_activated advanced_analytics""",
    "agents": """focus_mode aw_self_serve_migration_enabled aw_prevent_opt_out idle_timeout_enabled agent_home
        split_view_enabled split_view_tos_accepted dark_mode_agent_workspace dark_mode_terms_and_conditions_accepted
        example_eap_tos_accepted example_eap_enabled it_asset_management_eap_tos_accepted
        it_asset_management_eap_enabled""",
    "ai": "macro_content_suggestions_title_gen_enabled",
    "api": "api_password_access_end_users",
    "apps": "use create_private create_public",
    "brands": "require_brand_on_new_tickets end_user_across_brand_requests",
    "chat": "enabled integrated available ctm_prevent_opt_out",
    "cross_sell": "show_chat_tooltip",
    "device_metadata": "enabled hide_ip hide_location",
    "email": """accept_wildcard_emails custom_dkim_domain email_status email_template_photos email_template_selection
        gmail_actions no_mail_delimiter personalized_replies send_gmail_messages_via_gmail""",
    "gooddata_advanced_analytics": "enabled",
    "google_apps": "has_google_apps has_google_apps_admin",
    "it_asset_management": "enabled",
    "knowledge": """search_articles search_community_posts search_external_content require_article_templates
        generative_answers""",
    "lotus": "reporting",
    "messaging": "messaging_end_session",
    "messaging_inactivity": "enabled end_session",
    "routing": """enabled reassignment_messaging_enabled skills_enabled skills_timeout_enabled
        reassignment_reopened_tickets_enabled reassignment_reopened_tickets_support_enabled
        reassignment_reopened_tickets_messaging_enabled reassignment_agent_status_change_enabled
        reassignment_agent_status_change_support_enabled reassignment_agent_status_change_messaging_enabled
        reassignment_through_queues_enabled messaging_activity_routing_enabled auto_open_email_enabled
        auto_accept_messaging_enabled focus_mode_enabled ticket_sorting_prioritize_sla transform_to_email_enabled""",
    "rule": "macro_most_used using_skill_based_routing enable_macro_suggestions",
    "screencast": "enabled_for_tickets",
    "side_conversations": "email_channel msteams_channel slack_channel tickets_channel show_in_context_panel",
    "statistics": "forum search rule_usage",
    "tickets": """list_newest_comments_first email_attachments markdown_ticket_comments default_to_draft_mode
        has_color_text allow_group_reset messaging_transcript_public app_shortcuts_context_panel_enabled
        auto_translation_enabled agent_invitation_enabled chat_sla_enablement modern_ticket_reassignment
        show_modern_ticket_reassignment auto_updated_ccs_followers_rules ticket_auto_tagging
        ccs_requester_excluded_public_comments agent_email_ccs_become_followers using_skill_based_routing
        modify_closed_tickets_customer_setting display_fcp_setting ocb_messaging_enabled
        native_messaging_enabled bcc_archiving_available bcc_archiving_enabled ticket_tags_via_widget_enabled trial
        part_of_new_collaboration_eap_and_accepted_tos accepted_tos_but_new_collaboration_disabled
        third_party_end_user_public_comments_setting collaborators_settable_in_help_center reengagement
        third_party_end_user_public_comments lockdown_enabled messaging_enabled ccs_followers_rules_update_required
        ccs_followers_no_rollback sunco_private_attachments_enabled attachment_public_expiration""",
    "user": "end_user_phone_number_validation have_gravatars_enabled",
    "voice": """enabled logging outbound_enabled agent_confirmation_when_forwarding agent_wrap_up_after_calls
        only_during_business_hours recordings_public uk_mobile_forwarding voice_ai_enabled voice_ai_display_transcript
        voice_zendesk_qa_enabled knowledge_suggestions_enabled voice_transcriptions_pii_redaction
        voice_transcriptions_pci_redaction voice_transcriptions_boosted_keywords_enabled""",
}
_ZERO: Mapping[str, str] = {
    "agents": "aw_auto_activation_status",
    "chat": """maximum_request_count ctm_auto_activation_status ctm_segment ctm_operating_hours_migration_status
        ctm_chat_triggers_migration_status ctm_chat_triggers_llm_migration_status ctm_default_setup_csat_status
        ctm_pre_chat_form_migration_status ctm_offline_form_migration_status ctm_visitor_ip_banned_migration_status
        ctm_goals_migration_status ctm_chat_routing_migration_status ctm_device_metadata_migration_status
        ctm_reporting_migration_status ctm_chat_api_migration_status ctm_mobile_sdk_migration_status
        ctm_default_setup_end_session_status ctm_default_setup_auto_release_status
        ctm_default_setup_wait_time_status""",
    "deletion": """user_auto_delete_soft_deleted_retention user_auto_delete_max_deletions_per_hour
        user_auto_delete_batch_size user_auto_delete_account_prioritisation""",
    "lotus": "pod_id",
    "messaging_inactivity": "timeout ticket_status_id",
    "onboarding": "checklist_onboarding_version",
    "routing": """max_email_capacity max_messaging_capacity reassignment_messaging_timeout reassignment_talk_timeout
        skills_timeout_support skills_timeout_messaging skills_timeout_talk auto_activation""",
    "tickets": """edit_ticket_skills_permission maximum_personal_views_to_list ticket_id_sequence
        ticket_email_ccs_suspension_threshold attachment_public_duration""",
    "voice": "maximum_queue_size maximum_queue_wait_time",
}
_EMPTY: Mapping[str, str] = {
    "agents": "agent_as_a_requester",
    "automatic_answers": "threshold",
    "brands": "new_agent_brand_association_behavior end_user_upgrade_brand_association_behavior",
    "cdn": "cdn_provider fallback_cdn_provider",
    "chat": "welcome_message",
    "email": "html_mail_template text_mail_template",
    "knowledge": """default_search_filters_brands default_search_filters_categories
        default_search_filters_external_content_sources default_search_filters_locales
        default_search_filters_sections""",
    "metrics": "account_size",
    "routing": "autorouting_tag assignment_method",
    "ticket_form": "ticket_forms_instructions raw_ticket_forms_instructions",
    "tickets": """default_solved_ticket_reassignment_strategy bcc_archive_address cc_blacklist ticket_tags_via_widget
        ocb_enabled render_custom_uri_hyperlinks follower_subject_template follower_email_template
        only_allowed_attachment_file_types only_allowed_attachment_file_types_agreement""",
    "twitter": "shorten_url",
    "voice": "voice_transcriptions_boosted_keywords",
}
_NONE: Mapping[str, str] = {
    "agents": "aw_auto_activation_timestamp",
    "branding": "header_logo_url favicon_url",
    "chat": "ctm_auto_activation_timestamp",
    "cross_sell": "xsell_source",
    "onboarding": "onboarding_segments product_sign_up",
    "screencast": "host tickets_recorder_id",
}
_LISTS: Mapping[str, str] = {
    "cdn": "hosts",
    "messaging_inactivity": "reminders",
    "routing": """reassignment_reopened_tickets_support_statuses reassignment_reopened_tickets_messaging_statuses
        reassignment_agent_status_change_support_agent_statuses
        reassignment_agent_status_change_support_ticket_priorities
        reassignment_agent_status_change_messaging_agent_statuses
        reassignment_agent_status_change_messaging_ticket_priorities""",
    "rule": "skill_based_filtered_views",
    "ticket_sharing_partners": "support_addresses",
    "voice": "knowledge_suggestions_group_ids",
}
_COLOURS = {
    "header_color": "17494D", "page_background_color": "FFFFFF", "tab_background_color": "17494D", "text_color": "FFFFFF",
}  # fmt: skip
"""What clients paint where an account chose no colours of its own."""


def account_settings(call: Call, here: Desk | None) -> Json:
    """Return every group of settings with all its attributes."""
    found: Json = {}
    for names, value in ((_ON, True), (_OFF, False), (_ZERO, 0), (_EMPTY, ""), (_NONE, None)):
        for group, listed in names.items():
            found.setdefault(group, {}).update(dict.fromkeys(listed.split(), value))
    for group, listed in _LISTS.items():
        found.setdefault(group, {}).update({name: [] for name in listed.split()})
    for group, values in _of_the_desk(here).items():
        found.setdefault(group, {}).update(values)
    return dict(sorted(found.items()))


def _of_the_desk(here: Desk | None) -> dict[str, dict[str, Any]]:
    language, zone = getattr(here, "locale", "en"), getattr(here, "time_zone", "UTC")
    return {
        "api": {"api_password_access": "false", "api_token_access": "true"},
        "billing": {"backend": "internal"},
        "branding": _COLOURS,
        "brands": {"default_brand_id": default_brand().pk},
        "email": {"email_sender_authentication_profile": "default"},
        "limits": {"attachment_size": LARGEST},
        "localization": {
            "locale_ids": [locale_number(code) for code in ("en", "uk", "ru")],
            "time_zone": city_of(zone),
            "iana_time_zone": zone,
            "default_locale_identifier": wire_locale(language),
            "uses_12_hour_clock": False,
        },
        "messaging_inactivity": {
            "default_localized_messages": {
                "pre_solved_message_1": "",
                "pre_solved_message_2": "",
                "solved_message": "",
            }
        },
        "rule": {"macro_order": "position"},
        "tickets": {"suspended_ticket_notification": {"frequency": 0, "email_list": ""}},
    }
