"""Addresses of meeting packs."""

from django.urls import path

from baton.web.meeting.views import meeting

urlpatterns = [path("results/<str:period>/meeting", meeting, name="meeting")]
