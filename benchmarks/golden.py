"""How right whole traces are: the stories of our own whose answer is known (``tests/golden``).

Counts what no test may let pass (false independence), and what tests hold to a bound only: how many known claims are
found, counted rightly, how many differences are reported, how many printings linked.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from known import GOLDEN, answer, false_independence, find_claim, find_conflicts, run_trace, unlinked, wrong_count


def figures() -> dict[str, float]:
    """Figures by name, over all stories; shares are 0..1."""
    invented = claims = found = right = wanted = reported = needless = printings = apart = 0
    for folder in sorted(GOLDEN.glob("*/expected.json")):
        known = answer(folder.parent.name)
        trace = run_trace(known)
        invented += len(false_independence(trace, known))
        here = [claim for claim in known.claims if find_claim(trace, claim) is not None]
        claims += len(known.claims)
        found += len(here)
        right += sum(1 for claim in here if wrong_count(trace, claim) is None)
        for conflict in known.conflicts:
            met = bool(find_conflicts(trace, conflict))
            wanted += conflict.wanted
            reported += conflict.wanted and met
            needless += met and not conflict.wanted
        printings += sum(len(quotation.variants) for quotation in known.quotations)
        apart += sum(len(unlinked(trace, quotation)) for quotation in known.quotations)
    return {
        "false_independence": invented,
        "claims_found": found / claims,
        "claims_counted_rightly": right / max(1, found),
        "differences_reported": reported / max(1, wanted),
        "differences_that_are_none": needless,
        "printings_linked": 1 - apart / max(1, printings),
    }


def main() -> int:
    """Print the figures as JSON."""
    print(json.dumps({name: round(value, 4) for name, value in figures().items()}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
