"""Addresses of the check that a unit makes."""

from django.urls import path

from baton.web.check import contests, views

urlpatterns = [
    path("check/", views.newest, name="check"),
    path("check/go", views.go, name="check-go"),
    path("check/receipts/<str:number>", views.receipt, name="check-receipt"),
    path("check/contests/<int:number>/withdraw", contests.withdraw, name="contest-withdraw"),
    path("check/<str:period>/<str:code>", views.sheet, name="check-sheet"),
    path("check/<str:period>/<str:code>/sign", views.sign, name="check-sign"),
    path("check/<str:period>/<str:code>/contest/<int:figure>", contests.contest, name="contest"),
]
