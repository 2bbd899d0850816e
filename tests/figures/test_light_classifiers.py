"""mapclassify without scikit-learn and matplotlib, which come when they are called for."""

import subprocess
import sys

CODE = """
import sys
import landscape.figures
assert not [name for name in sys.modules if name.partition(".")[0] in ("sklearn", "matplotlib")]
import mapclassify, numpy
found = mapclassify.classifiers._kmeans(numpy.array([1.0, 1.1, 9.0, 9.2]), k=2)
assert "sklearn.cluster" in sys.modules
import matplotlib.pyplot
print(found[1])
"""


def test_what_only_other_classifiers_need_comes_when_they_are_called() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "[1.1 9.2]\n"
