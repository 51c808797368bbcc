"""What the platform itself registers: its jobs, and when the clock asks for them."""

from datetime import time

from baton.core.delivery import anything_waits, deliver
from baton.core.jobs.kinds import register_job
from baton.core.jobs.ticking import Recurring, register_recurring
from baton.core.rules.schedule import Daily, Every
from baton.core.search.refilling import out_of_step, refill_search
from baton.core.sweeping import prune_jobs, sweep_files

register_job("services.deliver_messages", deliver)
register_job("services.sweep_files", sweep_files)
register_job("services.prune_jobs", prune_jobs)
register_recurring(Recurring("services.deliver_messages", Every(1), when=anything_waits))
register_recurring(Recurring("services.sweep_files", Daily(time(3, 10))))
register_recurring(Recurring("services.prune_jobs", Daily(time(3, 20))))
register_job("services.refill_search", refill_search)
register_job("services.catch_up_search", refill_search)
register_recurring(Recurring("services.refill_search", Daily(time(3, 30))))
register_recurring(Recurring("services.catch_up_search", Every(5), when=out_of_step))
