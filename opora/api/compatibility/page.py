"""The page that says how far the API is compatible: each operation of the vendor's against what is offered here."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opora.api.wire.routing import OPERATIONS, Operation

LIST = Path(__file__).parent / "operations.tsv"
_PARAMETER = re.compile(r"\{[^}]*\}")

_NONE_HERE = "Always empty: this desk has none."
DIFFERENCES = {
    "GET /tickets": "At most 100,000 are counted; `group_id` is never empty on new tickets: the standard group takes them.",
    "POST /tickets": "No group given: the organization's group, the assignee's, or the standard one.",
    "PUT /tickets/{}": "A ticket cannot become new again (422).",
    "GET /incremental/ticket_metric_events": "An applied policy is told of as it stands now.",
    "GET /satisfaction_ratings": "Ratings that were given; what was only offered is not kept.",
    "PUT /attachments/{}": "Files are not scanned, so there is nothing to override (422).",
    "DELETE /brands/{}": "Only a brand that nothing uses (422 otherwise).",
    "DELETE /recipient_addresses/{}": "Only an address that has had no mail (422 otherwise).",
    "GET /account/settings": "Every attribute; what belongs to a part that this desk does not have says that it is off.",
    "GET /job_statuses": "Jobs of the last week; everybody's for administrators, the caller's own for others.",
    "GET /webhooks/{}/invocations": "Two weeks are kept; `filter[status]` tells sent, waiting and failed apart.",
    "POST /triggers": "No targets; a rating is not asked for (`satisfaction_score` as an action), and hours come from groups, brands and promises (`set_schedule`): 422. A notification to a colleague without words carries the desk's own.",
    "PUT /triggers/{}": "As for POST.",
    "GET /triggers/definitions": "What only this desk asks about or does stands under its own name.",
    "POST /automations": "As for triggers; first words, who sees the ticket and open calendars are asked of updates alone (422).",
    "PUT /automations/{}": "As for triggers.",
    "POST /slas/policies": "New policies count with the desk's own switches.",
    "PUT /slas/policies/{}": "As for POST.",
    "GET /slas/policies/definitions": "Subjects by the names of this desk, which are accepted as well.",
    "GET /requests": "Of custom fields those that are shown to customers.",
    "GET /skips": _NONE_HERE,
    "POST /help_center/categories": "Of the default brand, or of the one that `brand_id` names; lists take `?brand_id=` too.",
    "GET /help_center/articles/{}/comments": _NONE_HERE,
    "PUT /help_center/articles/{}": "One user segment an article; `comments_disabled` and `content_tag_ids` are kept and mean nothing.",
    "PUT /help_center/sections/{}": "`theme_template` is kept and means nothing; `creation_asc` is the order articles were made in.",
    "DELETE /help_center/categories/{}": "Its articles go to the archive.",
    "DELETE /help_center/sections/{}": "Its articles go to the archive.",
    "POST /organizations": "`shared_tickets` and `shared_comments` are kept and mean nothing.",
    "POST /ticket_fields": "`agent_description` and `description` are one; a checkbox's `tag` follows it when programs tick it.",
    "POST /brands": "`host_mapping` is kept and means nothing.",
    "GET /views/{}/export": "At most 10,000 tickets a file.",
    "POST /views": "An order by a column that lists of the desk do not offer is kept, and followed by programs alone.",
    "POST /ticket_forms": "Conditions between the desk's own fields; system fields cannot be parents or children (422).",
    "GET /audit_logs": "Without addresses of machines, which the log does not keep; `filter[ip_address]` is ignored, and only changes of settings are told of.",
    "PUT /account/settings": "Time zone, language of the desk and default brand; what else is sent is named in the warning.",
    "PUT /custom_roles/{}": "What a configuration says by words that this desk does not tell apart is taken as the nearest permission.",
    "POST /custom_roles": "As for PUT.",
    "PUT /users/{}/password": "One's own alone (403 otherwise): others are invited or reset theirs by mail.",
    "POST /users/{}/password": "403, as for an account whose administrators may not set passwords.",
    "GET /users/me/session": "Where the caller was signed in last; empty for those who never were.",
    "GET /satisfaction_reasons": _NONE_HERE,
    "PUT /recipient_addresses/{}/verify": "Tries the connections by which mail comes and goes; 422 says what does not work.",
    "GET /activities": "Assignments and comments; what else people are told is under `/api/v1/notifications`.",
    "GET /macros/actions": "By the names of this desk.",
    "DELETE /deleted_tickets/{}": "The content is removed; the number stays in exports, scrubbed.",
}
"""What differs where an operation is offered but not in every respect; method and path without names of ids."""


@dataclass(frozen=True)
class Row:
    """One operation of the vendor's, and whether it is offered."""

    tier: int
    method: str
    path: str
    offered: bool
    difference: str

    @property
    def state(self) -> str:
        return "no" if not self.offered else "partly" if self.difference else "yes"


def rows() -> Iterator[Row]:
    """Yield every operation of the list, in its order."""
    offered = {
        (made.method, _plain(made.path))
        for made in OPERATIONS
        if made.version == "v2" and not _is_refused(made)
    }
    for line in LIST.read_text().splitlines():
        if line.startswith("#") or not line.strip():
            continue
        tier, method, path = line.split("\t")
        plain = _plain(path.removeprefix("/api/v2/"))
        yield Row(
            int(tier), method, path.removeprefix("/api/v2"), (method, plain) in offered,
            DIFFERENCES.get(f"{method} /{plain}", ""),
        )  # fmt: skip


def _is_refused(made: Operation) -> bool:
    """Whether the operation only says that the desk has no such add-on."""
    return made.run.__module__.endswith(".not_here") and made.path.startswith("channels/")


def _plain(path: str) -> str:
    return _PARAMETER.sub("{}", path)


def markdown() -> str:
    """Return the whole page."""
    found = list(rows())
    parts = [_HEAD, _counts(found)]
    for tier in (1, 2, 3):
        parts.append(f"\n## Tier {tier}\n\n| operation | offered | what differs |\n|---|---|---|")
        parts += [
            f"| `{row.method} {row.path}` | {row.state} | {row.difference} |"
            for row in found
            if row.tier == tier
        ]
    extra = sorted(
        {f"{made.method} /{made.path}" for made in OPERATIONS if made.version == "v2"} - _named(found)
    )
    parts.append("\n## Offered beside these\n\n" + "\n".join(f"- `{one}`" for one in extra))
    return "\n".join(parts) + "\n"


def _named(found: list[Row]) -> set[str]:
    plain = {f"{row.method} {_plain(row.path)}" for row in found}
    return {
        f"{made.method} /{made.path}" for made in OPERATIONS if f"{made.method} /{_plain(made.path)}" in plain
    }


def _counts(found: list[Row]) -> str:
    counted = Counter((row.tier, row.state) for row in found)
    lines = ["| tier | operations | offered | partly | not |", "|---|---:|---:|---:|---:|"]
    for tier in (1, 2, 3):
        yes, partly, no = (counted[tier, state] for state in ("yes", "partly", "no"))
        lines.append(f"| {tier} | {yes + partly + no} | {yes} | {partly} | {no} |")
    return "\n".join(lines)


_HEAD = """# Compatibility with the Zendesk Support API

Made by `bin/opora api document` from the operations that are offered and the list of the vendor's (`operations.tsv`);
do not edit. What is not offered answers 404 `InvalidEndpoint`, never a false success; telephony answers
403, as an account without the add-on does, because clients probe it; lists that connectors read whole are empty
where the desk has nothing of the kind.

Numbers of people begin at 10,000,000,001, of organizations at 20,000,000,001, of groups at 30,000,000,001, so that
clients which keep what they read by number alone do not confuse them with tickets.
"""
