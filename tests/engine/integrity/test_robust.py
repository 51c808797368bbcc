"""The short ways of medians and means give what the long ways give."""

import numpy as np
import pytest

from baton.engine.integrity.robust import average, median, usual_spread


@pytest.mark.parametrize("size", range(1, 8))
@pytest.mark.parametrize("gaps", [0.0, 0.3])
def test_medians_and_means_leave_gaps_out_whatever_the_size(size: int, gaps: float) -> None:
    rng = np.random.default_rng(size)
    values = rng.standard_normal((50, size))
    values[rng.random(values.shape) < gaps] = np.nan
    known = [row[~np.isnan(row)] for row in values]
    for told, plain in ((median, np.median), (average, np.mean)):
        expected = [float(plain(row)) if row.size else np.nan for row in known]
        assert told(values) == pytest.approx(np.array(expected), nan_ok=True)
        assert told(values.T, axis=0) == pytest.approx(np.array(expected), nan_ok=True)


def test_a_spread_is_that_of_the_usual_values() -> None:
    rows = np.random.default_rng(3).standard_normal((4000, 36))
    assert float(usual_spread(rows).mean()) == pytest.approx(1.0, abs=0.02)
    odd = rows.copy()
    odd[:, :3] = 40.0
    assert float(usual_spread(odd).mean()) < 1.3
    rows[0], rows[1, ::2] = np.nan, np.nan
    told = usual_spread(rows)
    assert np.isnan(told[0])
    assert 0.5 < told[1] < 1.6
