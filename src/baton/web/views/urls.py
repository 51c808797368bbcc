"""The address of saved views."""

from django.urls import path

from baton.web.views.views import views

urlpatterns = [path("views/<slug:page>", views, name="views")]
