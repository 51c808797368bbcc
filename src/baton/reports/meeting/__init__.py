"""The pack of a meeting on a month, as Word: promises and what became of them, what changed, what to ask."""

from baton.reports.meeting.pack import PackTerms, pack_docx

__all__ = ["PackTerms", "pack_docx"]
