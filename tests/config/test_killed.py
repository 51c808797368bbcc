"""`kill -9` in the middle of an import, of scoring, of publishing: nothing is half-done, and it can be done again."""

from tests.config.house import House, house

__all__ = ["house"]


def test_nothing_is_half_done_and_the_next_one_does_it(house: House) -> None:
    (stands,) = house.do("make")
    for doing, made in (("import", "Batch"), ("score", "Run"), ("publish", "Publication")):
        house.die(doing)
        before, done = house.do(doing)
        assert before == stands, f"{doing} was killed before its commit"
        assert done[made] == stands[made] + 1
        assert done["chain"]
        assert done["AuditRow"] > stands["AuditRow"]
        stands = done
    assert (stands["state"], stands["StoredFile"]) == ("published", 1)
