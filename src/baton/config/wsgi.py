"""The door for web servers. Who asked, and whether by TLS, is believed from trusted proxies only."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from baton.config.operations.orphan import end_with_parent
from baton.config.settling import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baton.config.settings")
end_with_parent()
application = wrap_wsgi_with_proxy_headers(get_wsgi_application(), trusted_hosts=sorted(settings.TRUSTED_PROXIES))
settle()
