"""Problems and the words for them: packages raise codes, one zh/en catalogue renders the sentence."""

from baton.words.catalogue import Language, Sentence, render, text
from baton.words.problem import Place, Problem, Refused, Severity, Word

__all__ = ["Language", "Place", "Problem", "Refused", "Sentence", "Severity", "Word", "render", "text"]
