"""Mail, through the mailers of Django's settings."""

from typing import override

from django.core.mail import EmailMessage

from baton.core.channels.channel import Channel, ChannelFailed, Options, register_channel
from baton.core.models import User


class MailOptions(Options):
    """`sender`: the address that messages come from; `mailer`: its name in `settings.MAILERS`."""

    sender: str
    mailer: str = "default"


@register_channel
class Mail(Channel):
    """One message a person, to the address of their account."""

    kind = "mail"
    personal = True
    Options = MailOptions

    @override
    def reaches(self, user: User) -> bool:
        return user.is_active and bool(user.email)

    @override
    def send(self, subject: str, words: str, recipient: User | None) -> None:
        if recipient is None or not isinstance(self.options, MailOptions):
            return
        try:
            EmailMessage(subject, words, self.options.sender, [recipient.email]).send(using=self.options.mailer)
        except OSError as error:  # smtplib's errors and those of the network are all OSError
            raise ChannelFailed(type(error).__name__) from error
