"""Addresses of kept files."""

from django.urls import path

from baton.web.files.views import download

urlpatterns = [path("files/<uuid:number>", download, name="file")]
