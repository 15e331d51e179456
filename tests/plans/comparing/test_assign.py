"""Optimal matching, held against trying everything."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from plans.comparing.assign import assign

GAINS = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)),
    st.one_of(st.integers(-1, 4).map(float), st.floats(0, 5)),
    max_size=24,
)


@given(GAINS)
def test_no_other_matching_gains_more(gains):
    matched = assign(gains)
    assert len(set(matched.values())) == len(matched)
    total = sum(gains[pair] for pair in matched.items())
    assert abs(total - _best(gains)) < 1e-6


def _best(gains):
    @cache
    def from_row(row, used):
        if row == 6:
            return 0.0
        best = from_row(row + 1, used)
        for column in range(6):
            gain = gains.get((row, column), 0.0)
            if gain > 0 and not used >> column & 1:
                best = max(best, gain + from_row(row + 1, used | 1 << column))
        return best

    return from_row(0, 0)


def test_ties_fall_the_same_way_every_time():
    gains = {(r, c): 1.0 for r in range(3) for c in range(3)}
    assert assign(gains) == assign(dict(reversed(gains.items())))


def test_a_weak_pair_gives_way_to_two_better_ones():
    assert assign({(0, 0): 3.0, (0, 1): 2.9, (1, 0): 2.9}) == {0: 1, 1: 0}
    assert assign({(0, 0): -1.0}) == {}
