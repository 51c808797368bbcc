"""What pages bring to the platform: long work that makes documents for them."""

from baton.assessment.actions.annual.files import LETTERS, SEAL
from baton.assessment.actions.sealing import SEAL_MONTH
from baton.assessment.actions.special_sealing import SEAL as SPECIAL_SEAL
from baton.core.jobs.kinds import register_job
from baton.web.annual.letters import letters_in_background
from baton.web.annual.sealing import seal_in_background
from baton.web.office.sealing import seal_in_background as month_in_background
from baton.web.plans.special_sealing import seal_special_in_background

register_job(LETTERS, letters_in_background)
register_job(SEAL, seal_in_background)
register_job(SEAL_MONTH, month_in_background)
register_job(SPECIAL_SEAL, seal_special_in_background)
