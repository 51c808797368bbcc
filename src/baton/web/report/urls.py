"""Addresses of who reports. Month and unit stand in the address, so that a link keeps the place."""

from django.urls import path

from baton.web.report import check, claims, drafts, foreseen, grid, ledger, notice, own, views, workbook

urlpatterns = [
    path("report/", views.reports, name="reports"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/claim", claims.claim, name="ledger-claim"),
    path("ledger/note", ledger.note, name="ledger-note"),
    path("ledger/<int:number>", ledger.entry, name="ledger-entry"),
    path("ledger/<int:number>/notice", notice.notice, name="ledger-notice"),
    path("report/own/<int:number>", own.own, name="report-own"),
    path("report/own/<int:number>/form", own.form, name="report-form"),
    path("report/<str:period>/<str:code>", grid.grid, name="report-grid"),
    path("report/<str:period>/<str:code>/drafts", drafts.drafts, name="report-drafts"),
    path("report/<str:period>/<str:code>/check", check.check, name="report-check"),
    path("report/<str:period>/<str:code>/preview", foreseen.preview, name="report-preview"),
    path("report/<str:period>/<str:code>/undo", check.undo, name="report-undo"),
    path("report/<str:period>/<str:code>/forget", check.forget, name="report-forget"),
    path("report/<str:period>/<str:code>/workbook", workbook.workbook, name="report-workbook"),
    path("report/<str:period>/<str:code>/template", workbook.template, name="report-template"),
    path("report/<str:period>/<str:code>/workbook/<str:token>", workbook.trial, name="report-trial"),
    path("report/<str:period>/<str:code>/workbook/<str:token>/marked", workbook.marked, name="report-marked"),
]
