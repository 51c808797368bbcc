"""Ways out of the house for "please sign in": mail and webhooks, each a class with validated options; off at first."""

from baton.core.channels.channel import Channel, ChannelFailed, active_channels, register_channel
from baton.core.channels.mail import Mail
from baton.core.channels.robots import DingTalk, WeCom

__all__ = ["Channel", "ChannelFailed", "DingTalk", "Mail", "WeCom", "active_channels", "register_channel"]
