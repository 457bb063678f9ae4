"""What is asked, of whom, and what is due when: requests, letters, items and their coverage, fees.

Comes in: statements of the case file. Goes out: due dates with reasons, letters, the matrix of what was answered.
"""

from vaughn.request.agencies import AgencyTable, foia_gov_fields
from vaughn.request.clocks import RequestClock, request_clocks
from vaughn.request.fees import CATEGORIES, FeeCharge, FeeWorksheet, charges_of, fee_worksheet
from vaughn.request.items import Coverage, CoverageCell, CoverageRow, ItemTree, RequestItem, coverage, item_tree
from vaughn.request.kinds import KINDS
from vaughn.request.letters import shipped_letters, shipped_template
from vaughn.request.states import MOVES, require_move
from vaughn.request.steps import (
    ImportedAgencies,
    LetterOrder,
    case_coverage,
    clocks,
    import_agencies,
    known_request,
    set_state,
    write_letter,
)

__all__ = [
    "CATEGORIES",
    "KINDS",
    "MOVES",
    "AgencyTable",
    "Coverage",
    "CoverageCell",
    "CoverageRow",
    "FeeCharge",
    "FeeWorksheet",
    "ImportedAgencies",
    "ItemTree",
    "LetterOrder",
    "RequestClock",
    "RequestItem",
    "case_coverage",
    "charges_of",
    "clocks",
    "coverage",
    "fee_worksheet",
    "foia_gov_fields",
    "import_agencies",
    "item_tree",
    "known_request",
    "request_clocks",
    "require_move",
    "set_state",
    "shipped_letters",
    "shipped_template",
    "write_letter",
]
