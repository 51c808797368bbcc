"""Addresses of explained changes. They stand before those of months, which take any word for a month."""

from django.urls import path

from baton.web.why import views

urlpatterns = [
    path("results/why", views.why, name="why"),
    path("results/why/<str:code>", views.why_unit, name="why-unit"),
]
