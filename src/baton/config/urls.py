"""Addresses of the whole house."""

from django.urls import include, path

from baton.api.house import api

urlpatterns = [
    path("api/v1/", api.urls),
    path("", include("baton.web.urls")),
]

handler400 = "baton.config.faults.bad_request"
handler403 = "baton.web.operations.errors.forbidden"
handler404 = "baton.config.faults.not_found"
handler500 = "baton.config.faults.fault"
