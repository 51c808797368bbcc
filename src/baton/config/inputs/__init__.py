"""What a command reads: scheme files, figures in workbooks and long tables, and which years are meant."""

from baton.config.inputs.data import Data, read_data
from baton.config.inputs.schemes import SchemeFile, read_scheme
from baton.config.inputs.years import years_of

__all__ = ["Data", "SchemeFile", "read_data", "read_scheme", "years_of"]
