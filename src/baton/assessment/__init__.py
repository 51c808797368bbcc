"""Monthly assessment: figures come in, are checked, scored and published; what lags is followed up.

**The way of a month.** `SchemeVersion` (a scheme's text; `.scheme` is parsed once per digest) with its `Duty` rows says
who reports and who verifies which series about which unit. `actions.months.open_month` makes a `Month` with `Release`
rows (when sources from above are due) and `Window` rows (which unit reports, verifies, checks, in which days). Figures
come in through `actions.figures` (a grid, many cells at once) and `actions.workbooks` as a `Batch` of `Figure` rows,
which are only ever added: a figure names the one it `supersedes`, the current one has no `superseded_by`. `DraftCell`
keeps what is being typed. A unit answers with a `Check` (a receipt; without a person: by silence) or a `Contest`; the
few series it reports itself are a `Submission` with `SubmissionStep` rows. `LedgerEntry` is the running ledger of
bonuses, deductions and vetoes. `actions.scores` scores the month: a `Run` (preview, trial, official) with `UnitResult`,
`NodeResult` and `LeafResult` rows; `Publication` puts an official run out, and can be withdrawn and replaced.
`TrackedItem` and `TrackedStep` follow what lags; a `Task` has no figure and becomes one when its day has passed.

**Who sees what.** Every queryset has `visible_to(user)`: figures, checks, contests, windows: a unit its own and what it
reports or verifies; the office, county leaders and auditors all. Runs and results: before they are out only those on
the list `ResultReader`, afterwards whoever has business here.

**Every action** takes keyword arguments, `by: Actor`, and `key`, the caller's idempotency key (empty: none); it is
refused with `Refused` holding all problems at once.
"""
