"""Addresses of the annual assessment. The year stands in the address."""

from django.urls import path

from baton.web.annual import board, deciding, letters, results, runs, sealing, votes, votes_file, why

urlpatterns = [
    path("years/", board.years, name="years"),
    path("years/open", board.open_year, name="year-open"),
    path("years/<int:year>/", board.board, name="year"),
    path("years/<int:year>/score", runs.score, name="year-score"),
    path("years/<int:year>/progress", runs.progress, name="year-progress"),
    path("years/<int:year>/runs/<int:number>", runs.run, name="year-run"),
    path("years/<int:year>/decide", deciding.decide, name="year-decide"),
    path("years/<int:year>/publicity", deciding.publicity, name="year-publicity"),
    path("years/<int:year>/publish", deciding.publish, name="year-publish"),
    path("years/<int:year>/withdraw", deciding.withdraw, name="year-withdraw"),
    path("years/<int:year>/letters", letters.letters, name="year-letters"),
    path("years/<int:year>/runs/<int:number>/seal", sealing.seal, name="year-seal"),
    path("years/<int:year>/votes", votes.votes, name="year-votes"),
    path("years/<int:year>/votes/form", votes_file.template, name="year-votes-form"),
    path("years/<int:year>/votes/enter", votes.choose, name="year-votes-choose"),
    path("years/<int:year>/votes/enter/<str:series>", votes.enter, name="year-votes-enter"),
    path("years/<int:year>/votes/file/<str:token>", votes_file.trial, name="year-votes-trial"),
    path("years/<int:year>/votes/file/<str:token>/marked", votes_file.marked, name="year-votes-marked"),
    path("years/<int:year>/votes/<int:number>", votes.tally, name="year-tally"),
    path("years/<int:year>/why", why.why, name="year-why"),
    path("years/<int:year>/why/ask", why.ask_why, name="year-why-ask"),
    path("years/<int:year>/why/waits", why.why_waits, name="year-why-waits"),
    path("years/<int:year>/why/units/<str:code>", why.unit_why, name="year-why-unit"),
    path("years/<int:year>/results", results.results, name="year-results"),
    path("years/<int:year>/units/<str:code>", results.unit, name="year-unit"),
    path("years/<int:year>/units/<str:code>/letter", letters.letter, name="year-letter"),
    path("years/<int:year>/units/<str:code>/<str:indicator>", results.trace, name="year-trace"),
]
