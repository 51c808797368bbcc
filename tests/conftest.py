"""What all tests share: where the real input lies, what this machine has, and that CI skips nothing.

A test marked `office` or `spark` is skipped where its component is missing; the end of the run says so aloud. With
`CI=true` any skip fails the run: there `.ci/run` has installed everything.
"""

import importlib.util
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from baton.core.models import User
from people import make_user
from ready import ready_on

COMPONENTS = {
    "office": "LibreOffice (soffice) and pdftoppm",
    "spark": "pyspark (./baton test --spark) and a Java runtime",
    "browser": "Chromium at /usr/bin/chromium",
    "index": "leave to ask a package index (BATON_TEST_INDEX=1)",
    "postgresql": "a PostgreSQL server (BATON_POSTGRES=postgresql://...)",
}


# What a user has set for the program must not change what the tests see.
for _variable in ("BATON_CALLED", "BATON_LANGUAGE"):
    os.environ.pop(_variable, None)


def _has(component: str) -> bool:
    if component == "office":
        return bool(shutil.which("soffice") and shutil.which("pdftoppm"))
    if component == "browser":
        return Path("/usr/bin/chromium").exists()
    if component == "index":
        return in_ci() or bool(os.environ.get("BATON_TEST_INDEX"))
    if component == "postgresql":
        return any(
            os.environ.get(name, "").startswith("postgres") for name in ("BATON_POSTGRES", "BATON_TEST_DATABASE")
        )
    java = shutil.which("java") or os.environ.get("JAVA_HOME")
    return bool(java and importlib.util.find_spec("pyspark"))


def in_ci() -> bool:
    """Tell whether this run must skip nothing."""
    return os.environ.get("CI", "").lower() == "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a component that this machine lacks."""
    lacking = [name for name in COMPONENTS if not _has(name)]
    for item in items:
        for name in lacking:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=f"this machine lacks {COMPONENTS[name]}"))


def _skips(config: pytest.Config) -> Counter[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return Counter(str(r.longrepr[2] if isinstance(r.longrepr, tuple) else r.longrepr) for r in reports)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped anything."""
    if in_ci() and _skips(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in one loud line per reason what did not run."""
    for reason, count in _skips(config).most_common():
        verdict = "SKIPPED IN CI, so this run FAILS" if in_ci() else "NOT RUN HERE"
        terminalreporter.write_line(f"{verdict}: {count} x {reason.removeprefix('Skipped: ')}", red=in_ci(), bold=True)


def shared_root() -> Path:
    """Give the folder with the real input: `BATON_SHARED`, or `../shared` beside the checkout."""
    return Path(os.environ.get("BATON_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs with published results; skips, saying so, where it is missing."""
    folder = shared_root() / "data"
    if not folder.is_dir():
        pytest.skip(f"the real input is missing: no folder {folder}")
    return folder


@pytest.fixture(scope="session")
def shared_county() -> Path:
    """The folder of the example county's tables; skips, saying so, where it is missing."""
    folder = shared_root() / "example_county"
    if not folder.is_dir():
        pytest.skip(f"the example county's tables are missing: no folder {folder}")
    return folder


@pytest.fixture(autouse=True)
def _the_clock_is_put_right() -> Iterator[None]:
    """Whatever moved the clock of the pages, the next test begins at the real moment."""
    yield
    settings.CLOCK_OFFSET = timedelta(0)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """On PostgreSQL each process copies the database that stands ready instead of making its own."""
    server = os.environ.get("BATON_TEST_DATABASE", "")
    if server.startswith("postgres"):
        connection.settings_dict["TEST"]["TEMPLATE"] = ready_on(server)


@pytest.fixture
def user(db: None) -> User:
    """A person who can sign in and has no role."""
    return make_user()
