"""Shapes are mended so that areas stay areas."""

import numpy as np
import pytest
import shapely

from landscape.cleaning.geometry import mend_shapes

SPIKE = "POLYGON ((0 0, 4 0, 4 4, 4 9, 4 4, 0 4, 0 0))"
BOW_TIE = "POLYGON ((0 0, 4 4, 4 0, 0 4, 0 0))"
SPIKE_AND_BOW_TIE = "POLYGON ((0 0, 2 4, 2 0, 0 4, 0 9, 0 4, 0 0))"


@pytest.mark.parametrize(("text", "area"), [(SPIKE, 16), (BOW_TIE, 8), (SPIKE_AND_BOW_TIE, 4)])
def test_a_broken_area_becomes_a_valid_polygon(text, area):
    (mended,) = mend_shapes(np.array([shapely.from_wkt(text)]))
    assert mended.is_valid
    assert mended.geom_type in {"Polygon", "MultiPolygon"}
    assert mended.area == pytest.approx(area)


def test_points_and_missing_shapes_stay_as_they_are():
    shapes = np.array([shapely.Point(1, 2), None], dtype=object)
    point, missing = mend_shapes(shapes)
    assert point.equals(shapely.Point(1, 2))
    assert missing is None
