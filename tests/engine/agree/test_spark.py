"""Spark gives the same result digest as Polars on made schemes, panels and events.

One scheme is tried in twenty of `agree.scoring.EXAMPLES`.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.engine.agree.scoring import EXAMPLES, moved, scored
from tests.strategies import panels, schemes

from baton.engine.backends import SparkBackend


@pytest.mark.spark
def test_spark_agrees():
    spark = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    session = (
        spark.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.ansi.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    backend = SparkBackend(session)

    @seed(2025)
    @settings(
        max_examples=max(1, EXAMPLES // 20),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(st.data())
    def agree(data):
        scheme = data.draw(schemes())
        panel = data.draw(panels(scheme))
        one, one_codes = scored(scheme, panel)
        other, other_codes = scored(scheme, moved(panel, backend), backend)
        assert one_codes == other_codes
        if one is not None:
            assert one.digest == other.digest

    try:
        agree()
    finally:
        session.stop()
