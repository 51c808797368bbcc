"""When an account may be closed, opened again and handed over, on plain values."""

from datetime import date

from baton.words import Place, Problem


def close_problems(reason: str, *, own: bool, last_power: bool) -> list[Problem]:
    """Say what stands against closing an account. `last_power`: nobody else has its power."""
    found = [] if reason else [Problem("org.reason_missing", {}, Place(field="reason"))]
    if own:
        found.append(Problem("org.close_oneself"))
    if last_power:
        found.append(Problem("org.close_last_power"))
    return found


def hand_over_problems(
    reason: str, on: date, today: date, *, same: bool, newcomer_open: bool, roles: int, work: int
) -> list[Problem]:
    """Say what stands against a handover. `on`: the newcomer's first day; something must pass over."""
    found = [] if reason else [Problem("org.reason_missing", {}, Place(field="reason"))]
    if on < today:
        found.append(Problem("org.handover_in_the_past", {"today": today.isoformat()}, Place(field="on")))
    if same:
        found.append(Problem("org.handover_to_oneself", {}, Place(field="username")))
    if not newcomer_open:
        found.append(Problem("org.handover_to_closed", {}, Place(field="username")))
    if not roles and not work:
        found.append(Problem("org.handover_of_nothing", {}, Place(field="roles")))
    return found
