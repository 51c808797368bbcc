"""The door for web servers. Who asked, and whether by TLS, is believed from trusted proxies only."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from baton.config.operations.orphan import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.config.settings")
end_with_parent()
_APART, _ROUNDS = 20_000, (20, 50)
"""How many new objects apart Python looks for unused ones, and how many such rounds apart for older ones."""

application = wrap_wsgi_with_proxy_headers(get_wsgi_application(), trusted_hosts=sorted(settings.TRUSTED_PROXIES))

# What was loaded stays. Looking through all of it again and again took a tenth of the time of a busy evening, and each
# time kept a page waiting.
gc.collect()
gc.freeze()
gc.set_threshold(_APART, *_ROUNDS)
