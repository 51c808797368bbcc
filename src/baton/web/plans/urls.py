"""Addresses of the plan of assessments."""

from django.urls import path

from baton.web.plans import approving, burden, items, listing

urlpatterns = [
    path("plan/", listing.plan, name="plan"),
    path("plan/burden/", burden.burden, name="burden"),
    path("plan/new", items.add, name="plan-add"),
    path("plan/<int:number>", items.item, name="plan-item"),
    path("plan/<int:number>/change", items.change, name="plan-change"),
    path("plan/<int:number>/cancel", items.cancel, name="plan-cancel"),
    path("plan/years/<int:year>/approve", approving.approve, name="plan-approve"),
]
