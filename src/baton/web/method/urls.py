"""Addresses of the pages that say how scores are made."""

from django.urls import path

from baton.web.method import views

urlpatterns = [
    path("methods/", views.methods, name="methods"),
    path("methods/<int:number>", views.method, name="method"),
    path("methods/<int:number>/<str:code>", views.indicator, name="method-indicator"),
]
