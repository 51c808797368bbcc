"""Units with their names over time, people, roles with dates, the calendar, and what came in by workbook."""

from baton.org.models.assignment import Assignment, RoleRequest
from baton.org.models.calendar import CalendarYear, Holiday
from baton.org.models.imported import Import
from baton.org.models.person import Person
from baton.org.models.unit import Unit, UnitChange, UnitName

__all__ = [
    "Assignment",
    "CalendarYear",
    "Holiday",
    "Import",
    "Person",
    "RoleRequest",
    "Unit",
    "UnitChange",
    "UnitName",
]
