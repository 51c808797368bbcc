"""The example county 云渡县 (fictional): its scheme, a year's figures made from a seed, and its workbooks."""

from baton.example.figures import CountyYear, make_year
from baton.example.yundu import scheme, scheme_text

__all__ = ["CountyYear", "make_year", "scheme", "scheme_text"]
