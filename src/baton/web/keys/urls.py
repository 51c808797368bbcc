"""Addresses of the keys."""

from django.urls import path

from baton.web.keys import views

urlpatterns = [
    path("keys", views.keys, name="keys"),
    path("keys/issue", views.issue, name="key-issue"),
    path("keys/<int:number>/revoke", views.revoke, name="key-revoke"),
]
