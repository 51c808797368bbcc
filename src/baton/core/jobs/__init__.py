"""Long work in the background, on Django's tasks: leases, retries, progress, cancelling, and a clock of its own.

An app registers kinds of jobs in its `registers.py` (`kinds.register_job`), its actions ask for one (`asking.ask`) in
the transaction of the change that wants it. A worker takes it (`running`), holds it by a lease, and hands the function
a `work.Work`, which counts what is done and stops where somebody asked for it. `watching` finds jobs whose worker died,
`ticking` asks for what recurs.
"""
