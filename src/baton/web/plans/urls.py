"""Addresses of the plan of assessments."""

from django.urls import path

from baton.web.plans import (
    approving,
    burden,
    items,
    listing,
    special_check,
    special_grid,
    special_reopen,
    special_results,
    special_scheme,
    special_verify,
    special_why,
    specials,
)

urlpatterns = [
    path("plan/", listing.plan, name="plan"),
    path("plan/burden/", burden.burden, name="burden"),
    path("plan/new", items.add, name="plan-add"),
    path("plan/<int:number>", items.item, name="plan-item"),
    path("plan/<int:number>/change", items.change, name="plan-change"),
    path("plan/<int:number>/cancel", items.cancel, name="plan-cancel"),
    path("plan/years/<int:year>/approve", approving.approve, name="plan-approve"),
    path("plan/specials/", specials.listed, name="specials"),
    path("plan/specials/new", specials.start, name="special-open"),
    path("plan/specials/new/scheme.xlsx", special_scheme.starter, name="special-starter"),
    path("plan/specials/<int:number>/scheme.xlsx", special_scheme.workbook, name="special-scheme"),
    path("plan/specials/<int:number>", specials.special, name="special"),
    path("plan/specials/<int:number>/withdraw", specials.withdraw, name="special-withdraw"),
    path("plan/specials/<int:number>/score", specials.score, name="special-score"),
    path("plan/specials/<int:number>/runs/<int:run>/seal", specials.seal, name="special-seal"),
    path("plan/specials/<int:number>/why", special_why.why, name="special-why"),
    path("plan/specials/<int:number>/why/<str:code>", special_why.why_unit, name="special-why-unit"),
    path("plan/specials/<int:number>/verify", special_verify.verify, name="special-verify"),
    path("plan/specials/<int:number>/reopen", special_reopen.reopen, name="special-reopen"),
    path("plan/specials/<int:number>/report/<str:code>", special_grid.grid, name="special-grid"),
    path("plan/specials/<int:number>/report/<str:code>/typed", special_grid.drafts, name="special-typed"),
    path("plan/specials/<int:number>/report/<str:code>/upload", special_grid.upload, name="special-upload"),
    path("plan/specials/<int:number>/report/<str:code>/trial/<str:token>", special_grid.trial, name="special-trial"),
    path("plan/specials/<int:number>/report/<str:code>/<str:period>.xlsx", special_grid.template, name="special-form"),
    path("plan/specials/<int:number>/check/<str:code>", special_check.check, name="special-check"),
    path("plan/specials/<int:number>/results", special_results.results, name="special-results"),
    path("plan/specials/<int:number>/results/<str:code>", special_results.calculation, name="special-calculation"),
]
