"""The notice bulletin (通报) of a published month, after GB/T 9704 or by the county's own template."""

from baton.reports.bulletin.contents import Contents, contents_of
from baton.reports.bulletin.set import bulletin_docx, check_template, filled_docx, placeholders
from baton.reports.bulletin.terms import BulletinTerms

__all__ = ["BulletinTerms", "Contents", "bulletin_docx", "check_template", "contents_of", "filled_docx", "placeholders"]
