"""The table of the eighteen rules names tests that exist, and every rule has one."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
ROW = re.compile(r"^\| S(\d+) \|.*`(test_s(\d+)_\w+)` \|$", re.MULTILINE)


def test_each_of_the_eighteen_rules_names_its_test():
    written = "\n".join(path.read_text() for path in (ROOT / "opora" / "sla" / "tests").glob("test_*.py"))
    rows = ROW.findall((ROOT / "docs" / "promises.md").read_text())
    assert [int(number) for number, _test, _of in rows] == list(range(1, 19))
    for number, test, of in rows:
        assert number == of
        assert f"def {test}(" in written, test
