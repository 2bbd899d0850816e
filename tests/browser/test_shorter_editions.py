"""What the brief and the digest tell, whatever the country and the language."""

import pytest
from report_read import Visit

from starter_project import name_plan

pytestmark = pytest.mark.browser

SHORTER = [name for name in name_plan() if "_brief_" in name or "_digest_" in name]


@pytest.mark.parametrize("report", SHORTER)
def test_it_has_its_findings(report: str, visits: dict[str, Visit]) -> None:
    findings = visits[report].findings
    assert len(findings) == (5 if "_brief_" in report else len(findings))
    assert findings
