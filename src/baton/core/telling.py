"""Telling people: notices are saved with the change they tell of, and messages outside wait to be sent by a job."""

from collections.abc import Iterable

from baton.core import clock
from baton.core.channels import active_channels
from baton.core.models import Message, Notice


def post(notices: Iterable[Notice]) -> None:
    """Save notices, and a message for each channel that reaches their recipients and has none waiting yet."""
    told = list(notices)
    if not told:
        return
    Notice.objects.bulk_create(told)
    now, people = clock.now(), {one.recipient_id: one.recipient for one in told}
    messages = []
    for name, channel in active_channels().items():
        if not channel.personal:
            messages.append(Message(channel=name, next_at=now, created_at=now))
            continue
        reached = [user for user in people.values() if channel.reaches(user)]
        messages += [
            Message(channel=name, addressee=str(user.pk), recipient=user, next_at=now, created_at=now)
            for user in reached
        ]
    Message.objects.bulk_create(messages, ignore_conflicts=True)
