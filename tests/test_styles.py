"""What every style sheet of ours keeps to, so that the platform's pages cannot change our look (decision 14)."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[1] / "static/css"
SHEETS = sorted(path.relative_to(STYLES).as_posix() for path in STYLES.rglob("*.css"))
TAKEN_BACK = re.compile(r"@property --dti-rem \{[^}]*\}\n[^{}]*\{ all: revert-layer; \}\n")


def rules_of(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (STYLES / name).read_text(encoding="utf-8"), flags=re.DOTALL).strip()


@pytest.mark.parametrize("name", SHEETS)
def test_every_rule_is_in_our_layer(name):
    rules = TAKEN_BACK.sub("", rules_of(name), count=1) if name == "dti.css" else rules_of(name)
    assert rules.strip().startswith("@layer dti {")
    depth, ends = 0, []
    for at, sign in enumerate(rules):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            ends.append(at)
    assert ends == [len(rules) - 1], "one block from the first line to the last"


@pytest.mark.parametrize("name", SHEETS)
def test_no_size_hangs_on_the_pages_root_and_nothing_is_fixed_to_the_window(name):
    rules = rules_of(name)
    in_queries = re.findall(r"@media[^{]*", rules)  # a query takes the reader's own size for a rem, whatever the page's root is
    assert len(re.findall(r"[\d.]rem\b", rules)) == sum(len(re.findall(r"[\d.]rem\b", query)) for query in in_queries)
    assert "position: fixed" not in rules
