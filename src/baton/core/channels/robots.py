"""Group robots of WeCom (企业微信) and DingTalk (钉钉): one message to the group, with nobody named.

WeCom: developer.work.weixin.qq.com, "群机器人配置说明"; DingTalk: open.dingtalk.com, "自定义机器人接入" with its
signature (HMAC-SHA256 over time and secret). Both answer `{"errcode": 0}` where they took a message.
"""

import base64
import hashlib
import hmac
import json
import urllib.request
from abc import abstractmethod
from typing import Any, override
from urllib.parse import quote_plus

from pydantic import AnyHttpUrl

from baton.core import clock
from baton.core.channels.channel import Channel, ChannelFailed, Options, register_channel
from baton.core.models import User

_PATIENCE = 10.0
"""Seconds until a silent other side is given up for this time."""
_MOST_READ = 65_536


class RobotOptions(Options):
    """`url`: the address the robot was given, its key within."""

    url: AnyHttpUrl


class SignedOptions(RobotOptions):
    """`secret`: what the robot's messages are signed with (加签), empty: they are not."""

    secret: str = ""


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the key in the address is for one host."""

    @override
    def redirect_request(self, *given: Any, **named: Any) -> None:
        return None


class Robot(Channel):
    """What both robots share: one JSON text by POST."""

    personal = False

    @abstractmethod
    def address(self) -> str:
        """Give the address to post to."""

    @override
    def send(self, subject: str, words: str, recipient: User | None) -> None:
        body = json.dumps({"msgtype": "text", "text": {"content": words}}, ensure_ascii=False).encode()
        request = urllib.request.Request(self.address(), body, {"Content-Type": "application/json; charset=utf-8"})
        try:
            with urllib.request.build_opener(_NoDetour).open(request, timeout=_PATIENCE) as answer:
                told = json.loads(answer.read(_MOST_READ))
        except (OSError, ValueError) as error:
            raise ChannelFailed(type(error).__name__) from error
        if not isinstance(told, dict) or told.get("errcode") != 0:
            code = told.get("errcode") if isinstance(told, dict) else "-"
            raise ChannelFailed(f"errcode {code}")


@register_channel
class WeCom(Robot):
    """A group robot of WeCom."""

    kind = "wecom"
    Options = RobotOptions

    @override
    def address(self) -> str:
        return str(self.options.url)  # type: ignore[attr-defined]


@register_channel
class DingTalk(Robot):
    """A group robot of DingTalk."""

    kind = "dingtalk"
    Options = SignedOptions

    @override
    def address(self) -> str:
        options = self.options
        if not isinstance(options, SignedOptions) or not options.secret:
            return str(options.url)  # type: ignore[attr-defined]
        moment = str(int(clock.now().timestamp() * 1000))
        signed = hmac.new(options.secret.encode(), f"{moment}\n{options.secret}".encode(), hashlib.sha256).digest()
        return f"{options.url}&timestamp={moment}&sign={quote_plus(base64.b64encode(signed))}"
