"""Addresses of the verifying departments."""

from django.urls import path

from baton.web.verify import bulk, contests, views

urlpatterns = [
    path("verify/", views.newest, name="verify"),
    path("verify/contests/<int:number>", contests.answer, name="contest-answer"),
    path("verify/<str:period>", views.desk, name="verify-month"),
    path("verify/<str:period>/plan", bulk.plan, name="verify-plan"),
    path("verify/<str:period>/do", bulk.do, name="verify-do"),
]
