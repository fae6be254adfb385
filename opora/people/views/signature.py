"""How a signature that is being edited will look."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from opora.core.refusals import Invalid
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Brand
from opora.people.queries import default_brand
from opora.people.signatures import check_signature, fill_signature

SAMPLE_ID = 1204


@require_POST
@colleagues_only
def signature_preview(request: DeskRequest) -> HttpResponse:
    """Answer the signature as it would stand under a reply of whoever asks."""
    text, problem = request.POST.get("signature", ""), ""
    try:
        check_signature(text)
    except Invalid as refusal:
        problem = refusal.sentence
    filled = fill_signature(text, agent=request.user, brand=_brand(request), ticket_id=SAMPLE_ID)
    context = {"lines": filled.splitlines(), "problem": problem}
    return render(request, "people/settings/_signature_preview.html", context)


def _brand(request: DeskRequest) -> Brand:
    """The brand that is being edited, unsaved; beside other forms the one they name, or the default one."""
    given = request.POST
    if given.get("of") == "brand":
        return Brand(name=given.get("name", ""), website=given.get("website", ""))
    named = given.get("brand", "")
    return (Brand.objects.filter(pk=named).first() if named.isdecimal() else None) or default_brand()
