"""Addresses of the assessment office."""

from django.urls import path

from baton.web.office import board, bulletin, publishing, readers, runs, sealing, windows

urlpatterns = [
    path("office/", board.newest, name="office"),
    path("office/go", board.go, name="office-go"),
    path("office/open", board.open_next, name="month-open"),
    path("office/readers", readers.readers, name="result-readers"),
    path("office/readers/<int:number>/end", readers.end, name="result-reader-end"),
    path("office/windows/<int:number>", windows.reopen, name="window-reopen"),
    path("office/<str:period>", board.board, name="office-month"),
    path("office/<str:period>/windows", windows.windows, name="windows"),
    path("office/<str:period>/sources/<int:number>", windows.release, name="release"),
    path("office/<str:period>/score", runs.score, name="month-score"),
    path("office/<str:period>/progress", runs.progress, name="score-progress"),
    path("office/<str:period>/runs/<int:number>", runs.run, name="run"),
    path("office/<str:period>/runs/<int:number>/sealed", sealing.seal, name="run-sealed"),
    path("office/<str:period>/runs/<int:number>/seal-progress", sealing.progress, name="run-seal-progress"),
    path("office/<str:period>/publish", publishing.publish, name="publish"),
    path("office/<str:period>/bulletin", bulletin.bulletin, name="bulletin"),
    path("office/<str:period>/bulletin/template", bulletin.template, name="bulletin-template"),
    path("office/<str:period>/withdraw", publishing.withdraw, name="withdraw"),
]
