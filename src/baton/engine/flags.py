"""What happened to a leaf or a node on its way to its score; nothing falls back silently."""

from enum import IntFlag, auto


class Happened(IntFlag):
    """Bits stored with every score; each has words in the catalogue (`engine.flag_<name>`)."""

    NOTHING = 0
    MISSING = auto()
    EXCLUDED = auto()
    COUNTED_ZERO = auto()
    COUNTED_FULL = auto()
    PEER_MEAN = auto()
    NO_PEERS = auto()
    LAST_KNOWN = auto()
    ASSUMED = auto()
    NOT_DUE = auto()
    ZERO_DENOMINATOR = auto()
    ALL_EQUAL = auto()
    CAPPED = auto()
    FLOORED = auto()
    PRELIMINARY = auto()
    TOO_FEW_VALID = auto()
    SAME_MATTER = auto()
    ZEROED_BY_VETO = auto()
    RENORMALISED = auto()
    EMPTY = auto()
    ONE_UNIT = auto()
    INCOMPLETE = auto()
    IMPUTED = auto()
    WINSORISED = auto()
    TRANSFORMED = auto()
    SCREENED = auto()
    UNTESTABLE = auto()
