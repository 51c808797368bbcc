"""Addresses of what is held of earlier years."""

from django.urls import path

from baton.web.earlier import held, views

urlpatterns = [
    path("earlier/", views.earlier, name="earlier"),
    path("earlier/held", held.held, name="earlier-held"),
    path("earlier/form", views.results_form, name="earlier-form"),
    path("earlier/figures/form", views.figures_form, name="earlier-figures-form"),
    path("earlier/<str:kind>/<str:token>", views.trial, name="earlier-trial"),
    path("earlier/<str:kind>/<str:token>/marked", views.marked, name="earlier-marked"),
    path("earlier/undo", views.undo, name="earlier-undo"),
]
