"""Where what a notice tells of can be seen or done: addresses of pages. Tests of the web hold that each is there."""


def correction(number: int) -> str:
    """Give the address of a correction that was asked for."""
    return f"/corrections/{number}"
