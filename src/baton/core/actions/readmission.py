"""The way back for whoever is locked out and finds no administrator who could help; from the machine itself only.

Whoever commands the machine holds its database and keys anyway; this way what they do stands in the audit chain.
"""

from baton.core.acting import Actor, acting
from baton.core.actions.second_factor import reset_within
from baton.core.actions.slips import IssuedSlip, issue_within
from baton.core.guarding import account_key, clear
from baton.core.models import User
from baton.words import Place, Problem, Refused


def readmit(*, by: Actor, username: str) -> IssuedSlip:
    """Take a person's second factor away, open the lock, and issue a slip; their sign-ins end.

    Raises `Refused`, also for everybody who is a person and not the machine.
    """
    if by.user is not None:
        raise Refused([Problem("account.power_lacking")])
    with acting(by) as told:
        user = User.objects.select_for_update(no_key=True).filter(username__iexact=username, is_active=True).first()
        if user is None:
            raise Refused([Problem("account.readmit_nobody", {"username": username}, Place(field="username"))])
        reset_within(told, user)
        clear(account_key(user.username))
        return issue_within(told, [user])[0]
