"""Settings of the real worker process in the tests: the house's own, and an app with slow jobs."""

from baton.config.settings import *  # noqa: F403
from baton.config.settings import INSTALLED_APPS as _OURS

INSTALLED_APPS = [*_OURS, "slow_app"]
