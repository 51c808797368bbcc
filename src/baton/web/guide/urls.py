"""Addresses of the guided tour."""

from django.urls import path

from baton.web.guide.views import become, guide

urlpatterns = [
    path("guide", guide, name="guide"),
    path("guide/<int:number>", become, name="guide-step"),
]
