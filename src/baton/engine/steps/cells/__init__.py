"""From reported figures to cells: one value and target per unit, leaf and scored period, whole numbers throughout."""

from baton.engine.steps.cells.cells import Cells

__all__ = ["Cells"]
