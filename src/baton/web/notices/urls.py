"""Addresses of the inbox."""

from django.urls import path

from baton.web.notices.views import follow, notices

urlpatterns = [
    path("notices", notices, name="notices"),
    path("notices/<int:number>", follow, name="notice"),
]
