"""Addresses of the scheme workshop."""

from django.urls import path

from baton.web.workshop import begin, commenting, deciding, drafts, indicator, lines, listing, own, sides, weights

urlpatterns = [
    path("workshop/", listing.workshop, name="workshop"),
    path("workshop/begin", begin.begin, name="workshop-begin"),
    path("workshop/begin/<str:token>", begin.trial, name="workshop-trial"),
    path("workshop/begin/<str:token>/marked", begin.marked, name="workshop-marked"),
    path("workshop/compare", sides.compare, name="workshop-compare"),
    path("workshop/library", listing.library, name="workshop-library"),
    path("workshop/library/<int:number>", sides.line, name="workshop-line"),
    path("workshop/versions/<int:number>", sides.version, name="workshop-version"),
    path("workshop/versions/<int:number>/workbook", sides.version_workbook, name="workshop-version-workbook"),
    path("workshop/<int:number>/", drafts.draft, name="workshop-draft"),
    path("workshop/<int:number>/workbook", drafts.workbook, name="workshop-workbook"),
    path("workshop/<int:number>/upload", drafts.upload, name="workshop-upload"),
    path("workshop/<int:number>/upload/<str:token>", drafts.upload_trial, name="workshop-upload-trial"),
    path("workshop/<int:number>/history", drafts.history, name="workshop-history"),
    path("workshop/<int:number>/restore", drafts.restore, name="workshop-restore"),
    path("workshop/<int:number>/indicator", indicator.add, name="workshop-indicator"),
    path("workshop/<int:number>/lines/<str:section>/<str:code>", lines.edit, name="workshop-edit"),
    path("workshop/<int:number>/lines/<str:section>/<str:code>/remove", lines.remove, name="workshop-remove"),
    path("workshop/<int:number>/task", lines.add_task, name="workshop-task"),
    path("workshop/<int:number>/coverage", sides.coverage, name="workshop-coverage"),
    path("workshop/<int:number>/compare", sides.compare_draft, name="workshop-compare-draft"),
    path("workshop/<int:number>/trial", sides.trial, name="workshop-trial-run"),
    path("workshop/<int:number>/weights", weights.weights, name="workshop-weights"),
    path("workshop/<int:number>/comments", commenting.comments, name="workshop-comments"),
    path("workshop/<int:number>/comments/list", listing.comments, name="workshop-comments-list"),
    path("workshop/<int:number>/comments/ask", commenting.ask, name="workshop-ask"),
    path("workshop/<int:number>/comments/<int:comment>/answer", commenting.answer, name="workshop-answer"),
    path("workshop/<int:number>/comments/<int:comment>/withdraw", commenting.withdraw, name="workshop-withdraw"),
    path("workshop/<int:number>/own", own.own, name="workshop-own"),
    path("workshop/<int:number>/own/take", own.take, name="workshop-own-take"),
    path("workshop/<int:number>/own/list", listing.own_targets, name="workshop-own-list"),
    path("workshop/<int:number>/own/<int:target>/return", own.send_back, name="workshop-own-return"),
    path("workshop/<int:number>/own/<int:target>/withdraw", own.withdraw, name="workshop-own-withdraw"),
    path("workshop/<int:number>/decide", deciding.decide, name="workshop-decide"),
    path("workshop/<int:number>/months/<str:period>", deciding.move, name="workshop-month"),
]
