"""Addresses of the pages."""

from django.urls import include, path

from baton.web.account import views as account
from baton.web.home.views import home
from baton.web.org import views as org

urlpatterns = [
    path("", home, name="home"),
    path("sign-in", account.SignIn.as_view(), name="sign-in"),
    path("sign-out", account.SignOut.as_view(), name="sign-out"),
    path("account", account.account, name="account"),
    path("language", account.language, name="language"),
    path("units", org.units, name="units"),
    path("", include("baton.web.audit.urls")),
    path("", include("baton.web.results.urls")),
    path("", include("baton.web.files.urls")),
]
