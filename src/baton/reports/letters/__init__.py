"""The letter that tells a unit its result of the year: what it is, how it came about, where points were lost."""

from baton.reports.letters.facts import LetterFacts, facts_of
from baton.reports.letters.letter import LetterTerms, letter_docx

__all__ = ["LetterFacts", "LetterTerms", "facts_of", "letter_docx"]
