"""Addresses of units, people, accounts and the calendar."""

from django.urls import path

from baton.web.org import changes, imports, units

urlpatterns = [
    path("units", units.units, name="units"),
    path("units/add", units.add, name="unit-add"),
    path("units/merge", changes.merge, name="unit-merge"),
    path("units/<str:code>", units.unit, name="unit"),
    path("units/<str:code>/edit", units.edit, name="unit-edit"),
    path("units/<str:code>/rename", changes.rename, name="unit-rename"),
    path("units/<str:code>/split", changes.split, name="unit-split"),
    path("imports/<str:kind>", imports.imports, name="imports"),
    path("imports/<str:kind>/template", imports.template, name="import-template"),
    path("import/<int:number>", imports.imported, name="import"),
    path("import/<int:number>/marked", imports.marked, name="import-marked"),
]
