"""From cells to values: quotients made, targets filled in, gaps found against what each unit must report."""

from baton.engine.steps.values.values import Valued, Values

__all__ = ["Valued", "Values"]
