"""Chance from a seed: the same seed gives the same county on every machine and Python."""

import random
from collections.abc import Sequence
from decimal import Decimal


class Draw:
    """Chance for one matter, named by its parts (seed, unit, series): what else is drawn before it changes nothing.

    Only additions and multiplications of uniform numbers are used, no logarithm or cosine, so that no mathematical
    library can make a difference.
    """

    def __init__(self, *names: object) -> None:
        self._random = random.Random(":".join(str(name) for name in names))

    def bell(self) -> float:
        """Draw a number of mean 0 and deviation 1, between -6 and 6 (sum of twelve uniform numbers, less 6)."""
        return sum(self._random.random() for _ in range(12)) - 6.0

    def normal(
        self, mean: float, spread: float, low: float = 0.0, high: float = float("inf"), places: int = 2
    ) -> Decimal:
        """Draw a bell-shaped number within bounds, with so many decimal places."""
        return Decimal(f"{min(max(mean + spread * self.bell(), low), high):.{places}f}")

    def whole(self, low: int, high: int) -> int:
        """Draw a whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def chance(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self._random.random() < probability

    def successes(self, trials: int, probability: float) -> int:
        """How many of so many trials succeed."""
        return sum(self.chance(probability) for _ in range(trials))

    def one_of[T](self, choices: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """Draw one of the choices, by weight."""
        return self._random.choices(choices, weights)[0]

    def some_of[T](self, choices: Sequence[T], number: int) -> list[T]:
        """Draw so many different ones of the choices, in the order of the choices."""
        chosen = set(self._random.sample(range(len(choices)), min(number, len(choices))))
        return [choice for place, choice in enumerate(choices) if place in chosen]
