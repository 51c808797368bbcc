"""Who confirms that a figure is to be put right after its window."""


def checker_of(reporter: int | None, verifier: int | None, about: int) -> int | None:
    """Give the unit (by number) that confirms; None: the assessment office.

    That is whoever verifies the figure, where it is neither who reports nor whom it is about: a correction takes two.
    """
    return None if verifier in (None, reporter, about) else verifier
