"""What an editor should see first: five to twelve sentences, each built from records and linked to its words.

Takes a trace, gives Findings, most severe first. Nothing is said here that no record says; where nothing stands out,
little is said.
"""

from headwater.findings.credits import circles, nobody_named
from headwater.findings.origins import several_origins, single_origins, unknown_origins
from headwater.findings.tellings import differences, quotations, silent_copies
from headwater.findings.unconfirmed import could_not_confirm
from headwater.findings.words import RANK, Told
from headwater.model import Finding, Trace

_MOST = 12
#: The kinds of findings, in the order in which alike ones stand.
_KINDS = (
    single_origins,
    circles,
    nobody_named,
    several_origins,
    differences,
    silent_copies,
    quotations,
    unknown_origins,
    could_not_confirm,
)

__all__ = ["findings_of"]


def findings_of(trace: Trace) -> tuple[Finding, ...]:
    """The findings of a trace, most severe first, at most twelve."""
    told = Told(trace)
    found = [finding for kind in _KINDS for finding in kind(told)]
    once = {f.text: f for f in reversed(found) if f.evidence}  # what cannot be shown is not said
    shown = [f for f in found if once.get(f.text) is f]
    return tuple(sorted(shown, key=lambda f: RANK[f.severity])[:_MOST])
