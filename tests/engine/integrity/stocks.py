"""Made counties of levels that hardly move, small counts and rounded shares: equal months are ordinary."""

import numpy as np

from baton.engine.integrity import Series

MONTHS = tuple(f"{year}-{month:02d}" for year in (2023, 2024, 2025) for month in range(1, 13))


def stocks(seed: int, units: int = 80) -> dict[str, np.ndarray]:
    """Honest figures (units, months) by nature; what moves all units alike stands among them."""
    rng = np.random.default_rng(seed)
    shape = units, len(MONTHS)
    common = np.cumsum(0.001 + 0.0005 * rng.standard_normal(shape[1]))
    size = np.exp(0.9 * rng.standard_normal((units, 1)))
    calm = np.exp(0.5 * rng.standard_normal((units, 1)))

    def walk(step: float) -> np.ndarray:
        return np.exp(common + np.cumsum(step * calm * rng.standard_normal(shape), axis=1))

    loading = 1 + 0.5 * rng.standard_normal((units, 1))
    quarter = np.arange(shape[1]) // 3 * 3
    return {
        "population": (30000 * size * walk(0.0006)).round(),
        "population_wan": (12 * size * walk(0.0006)).round(2),
        "area": (50 * size * walk(0.00005)).round(1),
        "firms": (300 * size * walk(0.004)).round(),
        "loaded": (5000 * size * walk(0.002) * np.exp(loading * 4 * common)).round(1),
        "quarterly": (800 * size * walk(0.01)).round(1)[:, quarter],
        "now_and_then": stepwise(rng, (2000 * size * walk(0.01)).round(), 0.15),
        "few": rng.poisson(np.broadcast_to(2 + 20 * rng.random((units, 1)), shape)).astype(float),
        "share": np.clip(94 + 2 * rng.standard_normal((units, 1)) + 30 * (walk(0.004) - 1), 0, 100).round(1),
        "full_share": np.clip(99.5 + 0.8 * rng.standard_normal(shape), 0, 100).round(1),
        "balance": (20000 * size * walk(0.01)).round(2),
        "flow": (900 * size * np.exp(0.12 * rng.standard_normal(shape))).round(2),
        "second_flow": (90 * size * np.exp(0.12 * rng.standard_normal(shape))).round(2),
    }


def stepwise(rng: np.random.Generator, values: np.ndarray, often: float) -> np.ndarray:
    """Bring figures up to date only now and then."""
    found = values.copy()
    for month in range(1, values.shape[1]):
        old = rng.random(values.shape[0]) > often
        found[old, month] = found[old, month - 1]
    return found


def series_of(county: dict[str, np.ndarray]) -> list[Series]:
    """Give the series of all units and indicators."""
    return [
        Series(f"U{u:03d}", f"G{u % 3}", name, MONTHS, row, np.full(3, np.nan), yearly="last")
        for name, values in county.items()
        for u, row in enumerate(values)
    ]
