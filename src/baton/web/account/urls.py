"""Addresses of signing in and its safety."""

from django.urls import path

from baton.web.account import numbers, oidc, own, second_factor, session, sign_in, slips, watch

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/code", sign_in.sign_in_code, name="sign-in-code"),
    path("sign-in/oidc", oidc.leave, name="oidc"),
    path("sign-in/oidc/back", oidc.come_back, name="oidc-back"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("language", sign_in.language, name="language"),
    path("session", session.session, name="session"),
    path("account", own.account, name="account"),
    path("account/password", own.password, name="password"),
    path("account/second-factor", second_factor.second_factor, name="second-factor"),
    path("account/sign-ins", own.sign_ins, name="sign-ins"),
    path("account/sign-ins/others", own.end_others, name="end-others"),
    path("account/sign-ins/<int:pk>", own.end_sign_in, name="end-sign-in"),
    path("slips", slips.slips, name="slips"),
    path("security", watch.accounts_page, name="security"),
    path("security/<int:pk>", watch.account_page, name="security-account"),
    path("security/sign-ins/<int:pk>", watch.end_sign_in, name="security-end-sign-in"),
    path("parameters", numbers.numbers, name="parameters"),
    path("parameters/<str:code>", numbers.number, name="parameter"),
]
