"""Where what a notice tells of can be seen or done: addresses of pages. Tests of the web hold that each is there."""


def correction(number: int) -> str:
    """Give the address of a correction that was asked for."""
    return f"/corrections/{number}"


def contest(number: int) -> str:
    """Give the address where a contest is answered."""
    return f"/verify/contests/{number}"


def check(period: str, unit: str) -> str:
    """Give the address of a unit's sheet of a month."""
    return f"/check/{period}/{unit}"


def entry(number: int) -> str:
    """Give the address of an entry of the running ledger."""
    return f"/ledger/{number}"


def report(number: int) -> str:
    """Give the address of a unit's own report."""
    return f"/report/own/{number}"


def results(period: str) -> str:
    """Give the address of a month's results."""
    return f"/results/{period}/"


def tracked(number: int) -> str:
    """Give the address of lagging work."""
    return f"/tracking/{number}"


def annual(year: int) -> str:
    """Give the address of the results of a year."""
    return f"/years/{year}/results"


def tally(year: int, number: int) -> str:
    """Give the address of counted sheets of an evaluation."""
    return f"/years/{year}/votes/{number}"


def draft(number: int) -> str:
    """Give the address of a scheme that is being made."""
    return f"/workshop/{number}/"


def draft_comments(number: int) -> str:
    """Give the address where units comment on a scheme."""
    return f"/workshop/{number}/comments"


def draft_own_targets(number: int) -> str:
    """Give the address of the targets that departments set themselves."""
    return f"/workshop/{number}/own"


def target(number: int) -> str:
    """Give the address of a yearly target."""
    return f"/targets/{number}"


def targets() -> str:
    """Give the address of the list of yearly targets."""
    return "/targets/"


def waiting_targets() -> str:
    """Give the address of the yearly targets that wait for whoever opens it."""
    return "/targets/?turn=mine"


def adjustment(number: int) -> str:
    """Give the address of a change of a target that was asked for."""
    return f"/targets/adjustments/{number}"


def objection(number: int) -> str:
    """Give the address of an objection to a published result."""
    return f"/objections/{number}"


def planned(number: int) -> str:
    """Give the address of an item of the plan of assessments."""
    return f"/plan/{number}"


def special(number: int) -> str:
    """Give the address of a special assessment."""
    return f"/plan/specials/{number}"


def special_grid(number: int, unit: str) -> str:
    """Give the address where a unit reports for a special assessment."""
    return f"/plan/specials/{number}/report/{unit}"


def special_check(number: int, unit: str) -> str:
    """Give the address where a unit checks what was reported about it for a special assessment."""
    return f"/plan/specials/{number}/check/{unit}"


def special_results(number: int) -> str:
    """Give the address of the results of a special assessment."""
    return f"/plan/specials/{number}/results"
