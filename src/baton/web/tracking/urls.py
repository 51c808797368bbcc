"""Addresses of lagging work."""

from django.urls import path

from baton.web.tracking import deciding, importing, tasks, views

urlpatterns = [
    path("tracking/", views.tracking, name="tracking"),
    path("tracking/task", tasks.add, name="track-task"),
    path("tracking/tasks", tasks.tasks, name="tasks"),
    path("tracking/tasks/<int:number>", tasks.task, name="task"),
    path("tracking/tasks/import", importing.choose, name="tasks-import"),
    path("tracking/tasks/import/form", importing.empty_form, name="tasks-form"),
    path("tracking/tasks/import/<str:token>", importing.trial, name="tasks-trial"),
    path("tracking/tasks/import/<str:token>/marked", importing.marked, name="tasks-marked"),
    path("tracking/follow", views.follow, name="track-follow"),
    path("tracking/<int:number>", views.item, name="tracked-item"),
    path("tracking/<int:number>/answer", views.answer, name="track-answer"),
    path("tracking/<int:number>/close", deciding.close, name="track-close"),
    path("tracking/<int:number>/<str:consequence>", deciding.consequence, name="track-consequence"),
]
