"""The written notice that points are to be deducted or a veto applied: what, ground, rule, evidence, how to reply."""

from baton.reports.notices.notice import Matter, NoticeTerms, matter_of, notice_docx

__all__ = ["Matter", "NoticeTerms", "matter_of", "notice_docx"]
