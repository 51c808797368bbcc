"""Addresses of the audit chain."""

from django.urls import path

from baton.web.audit.views import audit

urlpatterns = [path("audit", audit, name="audit")]
