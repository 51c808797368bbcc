"""Addresses of the pages."""

from django.urls import include, path

from baton.web.home.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("baton.web.account.urls")),
    path("", include("baton.web.org.urls")),
    path("", include("baton.web.audit.urls")),
    path("", include("baton.web.report.urls")),
    path("", include("baton.web.correct.urls")),
    path("", include("baton.web.method.urls")),
    path("", include("baton.web.object.urls")),
    path("", include("baton.web.earlier.urls")),
    path("", include("baton.web.meeting.urls")),
    path("", include("baton.web.why.urls")),
    path("", include("baton.web.results.urls")),
    path("", include("baton.web.annual.urls")),
    path("", include("baton.web.keys.urls")),
    path("", include("baton.web.files.urls")),
    path("", include("baton.web.notices.urls")),
    path("", include("baton.web.jobs.urls")),
    path("", include("baton.web.check.urls")),
    path("", include("baton.web.search.urls")),
    path("", include("baton.web.guide.urls")),
    path("", include("baton.web.views.urls")),
    path("", include("baton.web.verify.urls")),
    path("", include("baton.web.office.urls")),
    path("", include("baton.web.tracking.urls")),
    path("", include("baton.web.workshop.urls")),
    path("", include("baton.web.targets.urls")),
    path("", include("baton.web.plans.urls")),
]
