"""What was reported: observations, and the panel the engine scores."""

from baton.engine.panel.observation import Observation, Origin

__all__ = ["Observation", "Origin"]
