"""Addresses of corrections."""

from django.urls import path

from baton.web.correct import listing, views

urlpatterns = [
    path("corrections/", listing.corrections, name="corrections"),
    path("corrections/figures/<int:number>", views.ask, name="correct"),
    path("corrections/<int:number>", views.correction, name="correction"),
    path("corrections/<int:number>/withdraw", views.withdraw, name="correction-withdraw"),
]
