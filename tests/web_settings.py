"""Settings of the web's tests: a home of their own that goes with the process, quick passwords, nothing sent out."""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="baton-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["BATON_HOME"] = _HOME
for _name in ("BATON_HOSTS", "BATON_HTTPS", "BATON_PROXIES", "BATON_CLOCK", "BATON_SECOND_FACTOR", "BATON_OIDC_ISSUER"):
    os.environ.pop(_name, None)
os.environ["DATABASE_URL"] = os.environ.get("BATON_TEST_DATABASE", "")

from baton.config.settings import *  # noqa: E402, F403

ALLOWED_HOSTS = ["*"]
SECOND_FACTOR_REQUIRED = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    # A file, as in a house: connections to one database in memory lock each other out without waiting.
    DATABASES["default"]["TEST"] = {"NAME": f"{_HOME}/tests.sqlite3"}  # noqa: F405
CHANNELS: dict[str, dict[str, object]] = {}
