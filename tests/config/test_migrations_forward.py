"""Steps of the schema taken on a filled database: nothing of it is lost or changed, and what is kept stays kept."""

from tests.config.house import House, house

__all__ = ["house"]


def test_a_filled_database_goes_forward_through_every_step_since(house: House) -> None:
    (stands,) = house.do("everything")
    assert (stands["state"], stands["kept"], stands["chain"]) == ("published", True, True)
    assert stands["figures"]
    before, after = house.do("migrate")
    assert before == stands
    assert after == stands
