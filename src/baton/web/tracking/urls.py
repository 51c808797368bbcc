"""Addresses of lagging work."""

from django.urls import path

from baton.web.tracking import deciding, views

urlpatterns = [
    path("tracking/", views.tracking, name="tracking"),
    path("tracking/task", views.task, name="track-task"),
    path("tracking/follow", views.follow, name="track-follow"),
    path("tracking/<int:number>", views.item, name="tracked-item"),
    path("tracking/<int:number>/answer", views.answer, name="track-answer"),
    path("tracking/<int:number>/close", deciding.close, name="track-close"),
    path("tracking/<int:number>/<str:consequence>", deciding.consequence, name="track-consequence"),
]
