"""How well English sentences are linked with the Chinese tasks they tell of.

``python -m bench.compare.languages`` prints F1 for each set of sentences of
tests/plans/comparing/test_across.py.
"""

from plans.comparing.compare import compare
from tests.plans.comparing.making import REGISTRY
from tests.plans.comparing.test_across import SETS, chinese, english, figures


def main() -> None:
    for name, cases in SETS.items():
        found = {
            (old, new)
            for link in compare(english(cases=cases), chinese(cases), REGISTRY).links
            for old in link.old
            for new in link.new
        }
        print(f"| {name} | {figures(found, len(cases)):.2f} |")


if __name__ == "__main__":
    main()
