"""Addresses of yearly targets."""

from django.urls import path

from baton.web.targets import adjusting, calling, county, fixing, listing, negotiating, sheet

urlpatterns = [
    path("targets/", listing.targets, name="targets"),
    path("targets/call", calling.call, name="targets-call"),
    path("targets/calls/<int:number>/take-back", calling.take_back, name="targets-take-back"),
    path("targets/sheet", sheet.sheet, name="targets-sheet"),
    path("targets/ready", fixing.ready, name="targets-ready"),
    path("targets/county/", county.newest, name="targets-county"),
    path("targets/county/<int:year>", county.county, name="targets-county-year"),
    path("targets/county/<int:year>/<str:series>/<str:figure>", county.figure, name="targets-county-figure"),
    path("targets/adjustments/", adjusting.adjustments, name="target-adjustments"),
    path("targets/adjustments/<int:number>", adjusting.adjustment, name="target-adjustment"),
    path("targets/adjustments/<int:number>/withdraw", adjusting.withdraw, name="target-adjustment-withdraw"),
    path("targets/<int:number>", negotiating.target, name="target"),
    path("targets/<int:number>/rule", fixing.rule, name="target-rule"),
    path("targets/<int:number>/adjust", adjusting.ask, name="target-adjust"),
]
