"""Addresses of results. A month stands in the address, so that a link keeps what was looked at."""

from django.urls import path

from baton.web.results import comparing, my_peers, views

urlpatterns = [
    path("results/", views.overview, name="results"),
    path("results/go", views.go_to_month, name="go-to-month"),
    path("results/compare", comparing.compare, name="compare"),
    path("results/<str:period>/peers", comparing.peers, name="peers"),
    path("results/<str:period>/peers/keep", my_peers.keep, name="my-peers"),
    path("results/<str:period>/", views.overview, name="results-month"),
    path("results/<str:period>/league", views.league, name="league"),
    path("results/<str:period>/units/<str:code>", views.unit, name="unit-result"),
    path("results/<str:period>/units/<str:code>/<str:indicator>", views.trace, name="trace"),
    path("results/<str:period>/indicators/<str:code>", views.indicator, name="indicator-result"),
    path("league", views.newest_league, name="newest-league"),
]
