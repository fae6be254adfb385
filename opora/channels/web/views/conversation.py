"""The page of one ticket for whoever has its signed link."""

from collections.abc import Callable
from functools import wraps

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from opora.channels.web.actions.answer_by_link import answer_by_link
from opora.channels.web.actions.solve_by_link import solve_by_link
from opora.channels.web.conversation import file_of, said_to
from opora.channels.web.forms import ReplyForm
from opora.channels.web.languages import first_spoken
from opora.channels.web.links import Visit, link_token, visit_by
from opora.channels.web.throttle import count_submission
from opora.channels.web.uploads import keep_files
from opora.core.downloads import serve_file

View = Callable[..., HttpResponseBase]


def visitors(view: View) -> View:
    """Let in whoever has a link that works, in their language; keep the page out of indexes, caches and referrers."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **options: int) -> HttpResponseBase:
        visit = visit_by(token)
        language = first_spoken(visit.person.locale, visit.ticket.locale, translation.get_language() or "")
        with translation.override(language):
            response = view(request, visit, **options)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "no-referrer"
        response["Content-Language"] = language
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


@require_GET
@visitors
def conversation(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _page(request, visit, ReplyForm())


@require_POST
@visitors
def replies(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = ReplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, visit, form, status=422)
    count_submission(request)
    files = keep_files(form.cleaned_data["files"], uploader=visit.person)
    ticket = answer_by_link(visit, form.cleaned_data["message"], attachments=files)
    return redirect("web_form:conversation", link_token(ticket, visit.person))


@require_POST
@visitors
def solution(request: HttpRequest, visit: Visit) -> HttpResponse:
    solve_by_link(visit)
    return redirect("web_form:conversation", visit.token)


@require_GET
@visitors
def file(request: HttpRequest, visit: Visit, attachment_id: int) -> FileResponse:
    found = file_of(visit, attachment_id)
    return serve_file(
        found.path, name=found.name, content_type=found.content_type, is_picture=found.is_picture
    )


def _page(request: HttpRequest, visit: Visit, form: ReplyForm, *, status: int = 200) -> HttpResponse:
    context = {"visit": visit, "ticket": visit.ticket, "said": said_to(visit), "form": form}
    return render(request, "web_form/conversation.html", context, status=status)
