"""Sending the messages that wait: each by its own, tried again ever later, given up after so many attempts.

A message is marked after it was taken. A process that dies in between leaves it waiting, and it is sent twice: better
than never, and it says nothing that would be wrong twice.
"""

import logging
from datetime import timedelta

from baton.core import clock
from baton.core.acting import SYSTEM, acting
from baton.core.channels import Channel, ChannelFailed, active_channels
from baton.core.choices import NoticeState
from baton.core.jobs.work import Work
from baton.core.models import Message
from baton.core.queries.parameters import parameters
from baton.words import Language, text

_LOG = logging.getLogger(__name__)


def anything_waits() -> bool:
    """Whether a message is to be sent now."""
    return Message.objects.filter(state=NoticeState.WAITING.value, next_at__lte=clock.now()).exists()


def deliver(work: Work) -> None:
    """Send what waits (a job). A channel that was turned off meanwhile sends nothing: its messages are given up."""
    waiting = Message.objects.filter(state=NoticeState.WAITING.value, next_at__lte=clock.now())
    channels = active_channels()
    limit = parameters(clock.today(), "services")["message_attempts"]
    for message in work.each(list(waiting.select_related("recipient"))):
        _deliver(message, channels.get(message.channel), limit)


def _deliver(message: Message, channel: Channel | None, limit: int) -> None:
    failure = ""
    if channel is None:
        failure, limit = "off", 0
    else:
        language = Language(message.recipient.language) if message.recipient else Language.CHINESE
        try:
            channel.send(
                text("services.outside_subject", language), text("services.outside_words", language), message.recipient
            )
        except ChannelFailed as error:
            failure = str(error)
            _LOG.warning("channel %s did not take a message: %s", message.channel, failure)
    message.attempts += 1
    message.failure = failure[:200]
    if not failure:
        message.state, message.sent_at = NoticeState.SENT.value, clock.now()
    elif message.attempts >= limit:
        message.state = NoticeState.FAILED.value
    else:
        message.next_at = clock.now() + timedelta(minutes=2**message.attempts)
    with acting(SYSTEM):
        message.save(update_fields=["attempts", "failure", "state", "sent_at", "next_at"])
