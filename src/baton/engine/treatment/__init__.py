"""Treatment of figures before rules see them: denominators, imputation, screening, outliers."""

from baton.engine.treatment.moments import Moments, moments
from baton.engine.treatment.outliers import Treatment, treat_column
from baton.engine.treatment.stages import treated_panel
from baton.engine.treatment.treat import Tested, Treated

__all__ = ["Moments", "Tested", "Treated", "Treatment", "moments", "treat_column", "treated_panel"]
