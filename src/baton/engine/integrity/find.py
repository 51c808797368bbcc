"""All detectors over all series, and their flags in the order in which they are worth a visit."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from baton.engine.integrity.cube import cube_of
from baton.engine.integrity.detectors.backdated import find_backdated
from baton.engine.integrity.detectors.copied import find_copied
from baton.engine.integrity.detectors.drift import find_drift
from baton.engine.integrity.detectors.held_back import find_held_back
from baton.engine.integrity.detectors.just_above import find_just_above
from baton.engine.integrity.detectors.last_month import find_last_month
from baton.engine.integrity.detectors.low_target import find_low_target
from baton.engine.integrity.detectors.out_of_line import find_out_of_line
from baton.engine.integrity.detectors.restated import find_restated
from baton.engine.integrity.detectors.rounded import find_rounded
from baton.engine.integrity.detectors.same_evidence import find_same_evidence
from baton.engine.integrity.detectors.too_smooth import find_too_smooth
from baton.engine.integrity.detectors.twin import find_twin
from baton.engine.integrity.ground import Ground
from baton.engine.integrity.pooled import Tested, found_in
from baton.engine.integrity.series import Flag, FlagKind, Series
from baton.engine.integrity.settings import Settings

_AT_ONCE = 2
DETECTORS: dict[FlagKind, Callable[[Ground], Tested]] = {
    FlagKind.LOW_TARGET: find_low_target,
    FlagKind.JUST_ABOVE: find_just_above,
    FlagKind.LAST_MONTH: find_last_month,
    FlagKind.TOO_SMOOTH: find_too_smooth,
    FlagKind.COPIED: find_copied,
    FlagKind.ROUNDED: find_rounded,
    FlagKind.HELD_BACK: find_held_back,
    FlagKind.OUT_OF_LINE: find_out_of_line,
    FlagKind.RESTATED: find_restated,
    FlagKind.SAME_EVIDENCE: find_same_evidence,
    FlagKind.TWIN: find_twin,
    FlagKind.BACKDATED: find_backdated,
    FlagKind.DRIFT: find_drift,
}
"""The kinds that are told from monthly series; easy points and empty indicators are told from a scheme's scores."""
_LONG = (FlagKind.TWIN, FlagKind.BACKDATED, FlagKind.DRIFT, FlagKind.LAST_MONTH)
_ORDER = (*_LONG, *(kind for kind in DETECTORS if kind not in _LONG))
"""What takes longest comes first: neither of the two that run at once waits long for the other's end."""


def find(
    series: Sequence[Series],
    settings: Settings = Settings(),  # noqa: B008 - frozen
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Flag, ...]:
    """Find what is worth checking, strongest first; equal input gives equal flags in equal order.

    `progress` is told how many of the detectors are done; an exception it raises ends the work (cancelling). Raises
    `Refused` for fewer units than can be compared, a series given twice, months that do not rise, arrays of other
    lengths than the months, or no figure at all.
    """
    progress(0, len(DETECTORS))
    ground = Ground(cube_of(series, settings.fewest_units), settings)
    tests = _tested(ground, progress)
    flags = found_in(tests, ground.cube.place >= 0, settings.false_discovery)
    return tuple(sorted(flags, key=lambda flag: (-flag.strength, flag.kind, flag.unit, flag.indicator, flag.months)))


def _tested(ground: Ground, progress: Callable[[int, int], None]) -> list[Tested]:
    """Run the detectors, two at once: they share the ground and nothing else, and arrays leave Python's lock."""
    tests: dict[FlagKind, Tested] = {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            ground.prepare(pool)
            for kind, test in zip(_ORDER, pool.map(lambda kind: DETECTORS[kind](ground), _ORDER), strict=True):
                tests[kind] = test
                progress(len(tests), len(DETECTORS))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return [tests[kind] for kind in DETECTORS]
