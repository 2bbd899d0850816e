"""Path data: shared sides cancel, nothing shrinks to nothing."""

import re

import numpy as np
import shapely

from landscape.figures.paths import borders, dissolve, path_data, rings_of


def squares(*corners, side=10):
    return np.array([shapely.box(x, y, x + side, y + side) for x, y in corners], dtype=object)


def surface(rings):
    return abs(sum((r[:-1, 0] * r[1:, 1] - r[1:, 0] * r[:-1, 1]).sum() / 2 for r in rings))


def flat(areas):
    return [ring for rings in areas for ring in rings]


def test_neighbours_dissolve_into_one_outline():
    together = dissolve(flat(rings_of(squares((0, 0), (10, 0), (0, 10), (10, 10)))))
    assert len(together) == 1
    assert surface(together) == 400


def test_a_ringed_town_leaves_a_hole_only_where_it_is_of_another_class():
    ring = shapely.box(0, 0, 30, 30).difference(shapely.box(10, 10, 20, 20))
    outer = np.array([ring, shapely.box(10, 10, 20, 20)], dtype=object)
    rings = rings_of(outer)
    assert surface(dissolve(rings[0])) == 800
    assert surface(dissolve(flat(rings))) == 900


def test_overlaps_keep_their_surface_and_do_not_fail():
    rings = flat(rings_of(squares((0, 0), (5, 5))))
    assert surface(dissolve(rings)) == 200


def test_each_border_is_drawn_once():
    rings = flat(rings_of(squares((0, 0), (10, 0))))
    sides = sum(len(line) - 1 for line in borders(rings))
    assert sides == 7


def test_a_shape_smaller_than_a_unit_is_still_drawn():
    tiny = np.array([shapely.box(3.1, 3.1, 3.2, 3.2), None], dtype=object)
    rings = rings_of(tiny)
    assert len(rings[0]) == 1
    assert surface(rings[0]) > 0
    assert rings[1] == []


def test_path_data_is_whole_numbers_and_closes():
    written = path_data(flat(rings_of(squares((-3, 4)))))
    assert re.fullmatch(r"M-?\d+ -?\d+l[-\d ]+z", written)
    assert path_data([np.array([[0, 0], [5, -5]])], closed=False) == "M0 0l5-5"


def test_nothing_to_dissolve():
    assert dissolve([]) == []
