"""Addresses of objections."""

from django.urls import path

from baton.web.object import asking, listing, views

urlpatterns = [
    path("objections/", listing.objections, name="objections"),
    path("objections/mine", listing.mine, name="my-objections"),
    path("objections/new/<str:period>/<str:about>", asking.to_result, name="object"),
    path("objections/new/<str:period>/<str:about>/<str:code>", asking.to_indicator, name="object-indicator"),
    path("objections/<int:number>", views.objection, name="objection"),
    path("objections/<int:number>/sign", views.sign, name="objection-sign"),
    path("objections/<int:number>/withdraw", views.withdraw, name="objection-withdraw"),
    path("objections/<int:number>/reply", views.reply, name="objection-reply"),
    path("objections/<int:number>/assign", views.assign, name="objection-assign"),
    path("objections/<int:number>/opinion", views.opinion, name="objection-opinion"),
    path("objections/<int:number>/decide", views.decide, name="objection-decide"),
    path("objections/<int:number>/carry-out", views.carry_out, name="objection-carry-out"),
]
