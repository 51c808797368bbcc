"""The county's own Word template of the bulletin, kept with the scheme it is for; the newest counts."""

from baton.assessment.actions.below.doors import month_of, require_office
from baton.core.acting import Actor, acting
from baton.core.files import Received, keep
from baton.core.models import StoredFile


def keep_bulletin_template(*, by: Actor, period: str, received: Received) -> StoredFile:
    """Keep a template for the scheme of a month. Earlier ones stay."""
    require_office(by)
    with acting(by) as told:
        scheme = month_of(period).scheme
        file = keep(told, received, owner=scheme)
        told.did("office.template_kept", scheme, name=file.name, digest=file.digest)
    return file
