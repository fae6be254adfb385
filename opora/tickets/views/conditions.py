"""What the editor of conditions asks for: a row, how many tickets fit, and these tickets."""

import json
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.core.conditions import Tree, as_json, read_tree, sentence, to_q
from opora.core.conditions.reading import is_of_update
from opora.core.pagination import keyset_page
from opora.core.refusals import Invalid
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.conditions import condition_fields, read_conditions
from opora.tickets.conditions.editor import blank_row, problems_in, written_in
from opora.tickets.lists import MOST_COUNTED, PAGE_SIZE, tally, tickets_for_list
from opora.tickets.queries import tickets_for


@require_GET
@colleagues_only
def row(request: DeskRequest) -> HttpResponse:
    """One row of the editor: a new one, or one whose field or comparison was chosen anew."""
    asked = request.GET
    key = int(asked.get("key", "0")) if asked.get("key", "").isdigit() else 0
    part = "any" if asked.get("part") == "any" else "all"
    values = asked.getlist("value")
    chosen = {
        "field": asked.get("field"),
        "operator": asked.get("operator"),
        "value": values[0] if len(values) == 1 else values,
    }
    made = blank_row(_name(asked), part, key, for_rules=_for_rules(asked), chosen=chosen)
    return render(request, "tickets/conditions/_row.html", {"row": made})


@require_POST
@colleagues_only
def found(request: DeskRequest) -> HttpResponse:
    """The conditions as a sentence, how many tickets fit, and what is wrong with which row."""
    fields, for_rules = condition_fields(), _for_rules(request.GET)
    written = written_in(request.POST, _name(request.GET))
    problems = list(problems_in(written, fields, for_rules=for_rules))
    context: dict[str, Any] = {"problems": problems}
    if not problems:
        tree = read_tree(written, fields)
        context |= {"sentence": sentence(tree), **_counted(request, tree)}
    return render(request, "tickets/conditions/_found.html", context)


@require_GET
@colleagues_only
def matching(request: DeskRequest) -> HttpResponse:
    """The tickets that fit the conditions of the address, newest first."""
    tree = read_conditions(_tree_of(request.GET.get("conditions", "")))
    tickets = tickets_for(request.user).filter(to_q(_of_ticket(tree), by=request.user))
    page = keyset_page(
        tickets,
        order=["-updated_at"],
        size=PAGE_SIZE,
        cursor=request.GET.get("cursor", ""),
        load=tickets_for_list,
    )
    context = {
        "sentence": sentence(tree),
        "tickets": page.rows,
        "next_url": _next(request, page.next_cursor),
        "count": tally(tickets),
        "most": MOST_COUNTED,
    }
    template = (
        "tickets/conditions/_matching_rows.html"
        if request.GET.get("cursor")
        else "tickets/conditions/matching.html"
    )
    return render(request, template, context)


def _counted(request: DeskRequest, tree: Tree) -> dict[str, Any]:
    asked = _of_ticket(tree)
    count = tally(tickets_for(request.user).filter(to_q(asked, by=request.user)))
    return {
        "count": count,
        "is_cut": count >= MOST_COUNTED,
        "of_update": any(is_of_update(row) for row in tree),
        "url": f"{reverse('tickets:matching')}?{urlencode({'conditions': json.dumps(as_json(asked), ensure_ascii=False)})}",
    }


def _of_ticket(tree: Tree) -> Tree:
    """Return what can be counted: without the conditions on an update, and without alternatives that have any."""
    some = () if any(is_of_update(row) for row in tree.some) else tree.some
    return Tree(tuple(row for row in tree.every if not is_of_update(row)), some)


def _tree_of(text: str) -> Any:
    try:
        return json.loads(text or "{}")
    except ValueError as problem:
        raise Invalid(_("This address is incomplete. Open the list from the editor again.")) from problem


def _next(request: DeskRequest, cursor: str) -> str:
    if not cursor:
        return ""
    return f"?{urlencode({'conditions': request.GET.get('conditions', ''), 'cursor': cursor})}"


def _name(asked: Any) -> str:
    return str(asked.get("name", "conditions"))[:40]


def _for_rules(asked: Any) -> bool:
    return asked.get("scope") == "rules"
