"""Settings of the web, out of the environment; what is not said has a default that is safe on a closed network.

`BATON_HOME`: folder of the embedded database, files, keys and compiled styles (default: `baton-home` here).
`DATABASE_URL`: `postgresql://user:password@host:5432/name`; without it SQLite in the home.
`BATON_HOSTS`: names under which the pages are reached, separated by commas (default: this machine only).
`BATON_HTTPS`: `1` where a proxy in front speaks TLS; cookies are then sent over TLS only.
`BATON_PROXIES`: addresses of proxies whose `X-Forwarded-*` headers are believed, separated by commas.
`BATON_LOG_FILE`: where lines of the log are kept (default: the standard error); `BATON_LOG`: from which level on.
`BATON_SECOND_FACTOR`: `optional` lets administrators do without a second factor; for demos only.
`BATON_OIDC_ISSUER` and what belongs to it: signing in by the county's identity provider (`baton.config.oidc`).
`BATON_EXAMPLE`: `1` where the example county is shown: its guided tour is then among the pages.
`BATON_CLOCK`: `2026-10-08T09:00`: pages live at that moment when the process starts; for demos.
The file `channels.toml` in the home turns on messages outside the house (`baton.config.channels`); else none go out.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.csp import CSP

from baton.config.channels import channels_of, mailers_of
from baton.config.database import database_of
from baton.config.logs import logging_of
from baton.config.oidc import oidc_of
from baton.config.secrets import secret_of

HOME = Path(os.environ.get("BATON_HOME", "baton-home")).resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = secret_of(HOME, "sign")
SEAL_SECRET = secret_of(HOME, "seal")
SECOND_FACTOR_KEYS = secret_of(HOME, "second-factor").split()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("BATON_HOSTS", "").split(","))]
HTTPS = os.environ.get("BATON_HTTPS", "") == "1"
TRUSTED_PROXIES = frozenset(filter(None, os.environ.get("BATON_PROXIES", "").split(",")))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "baton.core",
    "baton.org",
    "baton.assessment",
    "baton.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "baton.web.operations.watching.WatchingMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "baton.config.doors.PlainText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "baton.config.doors.SignInRequired",
    "baton.web.language.LanguageMiddleware",
    "baton.web.account.living.LiveSession",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "baton.config.urls"
WSGI_APPLICATION = "baton.config.wsgi.application"
AUTH_USER_MODEL = "core.User"
GUIDE = "baton.example.guide.STEPS" if os.environ.get("BATON_EXAMPLE", "") == "1" else ""
POWERS = "baton.org.queries.administration.administration"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"baton.core.passwords.{name}"} for name in ("LongEnough", "ManyKinds", "NoName", "NotCommon", "NotOfLate")
]
SECOND_FACTOR_REQUIRED = os.environ.get("BATON_SECOND_FACTOR", "") != "optional"
OIDC = oidc_of(os.environ)
LOGIN_URL = "sign-in"
CSRF_FAILURE_VIEW = "baton.web.operations.errors.stale"
LOGIN_REDIRECT_URL = "home"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "baton.web.frame.frame"],
            "builtins": ["baton.web.templatetags.words"],
        },
    }
]

DATABASES = {"default": database_of(os.environ.get("DATABASE_URL", ""), HOME)}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
CLOCK_OFFSET = timedelta(0)
if os.environ.get("BATON_CLOCK"):
    _zone = ZoneInfo(TIME_ZONE)
    CLOCK_OFFSET = datetime.fromisoformat(os.environ["BATON_CLOCK"]).replace(tzinfo=_zone) - datetime.now(_zone)

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
COMPILED_STYLES = HOME / "styles"
COMPILED_STYLES.mkdir(exist_ok=True)
STATICFILES_DIRS = [COMPILED_STYLES]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "files"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CHANNELS = channels_of(HOME)
MAILERS = mailers_of(CHANNELS)

LOG_FILE = os.environ.get("BATON_LOG_FILE", "")
LOGGING = logging_of(LOG_FILE, os.environ.get("BATON_LOG", "WARNING"))
