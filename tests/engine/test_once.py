"""What is worked out about an object is kept with it, and not for another that looks alike."""

import gc

from baton.engine.once import once_for_each


class Thing:
    pass


def test_it_is_worked_out_once_for_each_object_and_forgotten_with_it():
    asked = []

    @once_for_each
    def number(of: Thing) -> int:
        asked.append(id(of))
        return len(asked)

    one, other = Thing(), Thing()
    assert (number(one), number(one), number(other), number(one)) == (1, 1, 2, 1)
    kept = number.__closure__
    assert kept is not None
    del one, other
    gc.collect()
    assert [len(cell.cell_contents) for cell in kept if isinstance(cell.cell_contents, dict)] == [0]
    assert number(Thing()) == 3
