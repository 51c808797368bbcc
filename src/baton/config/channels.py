"""Which ways out of the house are on: the file `channels.toml` in the home, readable by its owner only.

    [post]                        # any name
    kind = "mail"
    sender = "baton@county.example"
    host = "10.0.0.5"             # port, username, password, use_tls, use_ssl, timeout as Django's mailer takes them
    [group]
    kind = "wecom"                # or dingtalk, which may have a secret
    url = "https://..."

Every message says only that there is something to do; see docs/howto/notices.md.
"""

import tomllib
from pathlib import Path
from typing import Any

_OF_CHANNEL = {"kind", "sender", "mailer"}
_PATIENCE = 10


def channels_of(home: Path) -> dict[str, dict[str, Any]]:
    """Read the channels; none where there is no file. Raises `tomllib.TOMLDecodeError`."""
    path = home / "channels.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def mailers_of(channels: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Take the mailers out of the channels: Django is told how to reach the server, the channel keeps the sender.

    The default mailer sends nothing, so that no other part of the house sends anything either.
    """
    mailers: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    for name, given in channels.items():
        if given.get("kind") != "mail":
            continue
        options = {key: given.pop(key) for key in list(given) if key not in _OF_CHANNEL}
        given["mailer"] = name
        mailers[name] = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
        mailers[name]["OPTIONS"] = {"timeout": _PATIENCE} | options
    return mailers
