"""The panel of saved views, for any list page: `{% load saved_views %} ... {% saved_views "audit" %}`."""

from typing import Any

from django import template
from django.http import HttpRequest

from baton.core.queries.views import views_of
from baton.org.choices import Role
from baton.web.asking import powers_of, user_of

register = template.Library()


@register.inclusion_tag("web/views/panel.html", takes_context=True)
def saved_views(context: template.Context, page: str) -> dict[str, Any]:
    """Show the views of a page (by the name of its address), and a form that saves what the address asks for now."""
    request: HttpRequest = context["request"]
    now = request.GET.copy()
    now.pop("page", None)
    user = user_of(request)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "page": page,
        "query": now.urlencode(),
        "views": views_of(user, page),
        "mine": user,
        "sets_roles": powers_of(request).has(Role.SYSTEM_ADMINISTRATOR),
        "roles": [one.value for one in Role],
    }


@register.filter
def role_code(role: str) -> str:
    """Give the code of the words for a role."""
    return f"org.role_{role}"
