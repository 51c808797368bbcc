"""Addresses of units, people, accounts and the calendar."""

from django.urls import path

from baton.web.org import accounts, calendar, changes, imports, people, roles, units

urlpatterns = [
    path("units", units.units, name="units"),
    path("units/add", units.add, name="unit-add"),
    path("units/merge", changes.merge, name="unit-merge"),
    path("units/<str:code>", units.unit, name="unit"),
    path("units/<str:code>/edit", units.edit, name="unit-edit"),
    path("units/<str:code>/rename", changes.rename, name="unit-rename"),
    path("units/<str:code>/split", changes.split, name="unit-split"),
    path("people", people.people, name="people"),
    path("people/add", people.add, name="person-add"),
    path("people/<int:number>", people.person, name="person"),
    path("people/<int:number>/edit", people.edit, name="person-edit"),
    path("people/<int:number>/grant", roles.grant, name="role-grant"),
    path("people/<int:number>/close", accounts.close, name="account-close"),
    path("people/<int:number>/reopen", accounts.reopen, name="account-reopen"),
    path("people/<int:number>/handover", accounts.handover, name="handover"),
    path("roles/<int:number>/end", roles.end, name="role-end"),
    path("role-requests", roles.requests, name="role-requests"),
    path("lending", roles.lending, name="lending"),
    path("lending/<int:number>", roles.lend, name="lend"),
    path("rights", roles.who_may_what, name="rights"),
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar/paste", calendar.paste, name="calendar-paste"),
    path("imports/<str:kind>", imports.imports, name="imports"),
    path("imports/<str:kind>/template", imports.template, name="import-template"),
    path("import/<int:number>", imports.imported, name="import"),
    path("import/<int:number>/marked", imports.marked, name="import-marked"),
]
