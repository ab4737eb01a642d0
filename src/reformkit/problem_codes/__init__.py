"""Every kind of problem: its code, severity, message and fix in Chinese and English.

Comes in: nothing; this is data.
To read: `code`, then any family: `files`, `values`, `parts`, `tables` (1xx), `names`, `language` (2xx), `proofs` (3xx, 4xx),
    `journals` (5xx), `written`, `taking_over`, `contradictions`, `sources` and `workbooks` (8xx).
Goes out: `CODES`, by which a `Problem` finds its words.
"""

from __future__ import annotations

from reformkit.problem_codes.code import Code as Code
from reformkit.problem_codes.code import Severity as Severity
from reformkit.problem_codes.contradictions import CONTRADICTIONS
from reformkit.problem_codes.figures import FIGURES
from reformkit.problem_codes.files import FILES
from reformkit.problem_codes.guards import GUARDS
from reformkit.problem_codes.journals import JOURNALS
from reformkit.problem_codes.language import LANGUAGE
from reformkit.problem_codes.ledgers import LEDGERS
from reformkit.problem_codes.letters import LETTERS
from reformkit.problem_codes.models import MODELS
from reformkit.problem_codes.names import NAMES
from reformkit.problem_codes.parts import PARTS
from reformkit.problem_codes.procedures import PROCEDURES
from reformkit.problem_codes.proofs import PROOFS
from reformkit.problem_codes.sources import SOURCES
from reformkit.problem_codes.tables import TABLES
from reformkit.problem_codes.taking_over import TAKING_OVER
from reformkit.problem_codes.values import VALUES
from reformkit.problem_codes.workbooks import WORKBOOKS
from reformkit.problem_codes.written import WRITTEN

CODES: dict[str, Code] = {
    **FILES,
    **VALUES,
    **PARTS,
    **TABLES,
    **NAMES,
    **PROCEDURES,
    **FIGURES,
    **LANGUAGE,
    **PROOFS,
    **JOURNALS,
    **LEDGERS,
    **TAKING_OVER,
    **GUARDS,
    **LETTERS,
    **MODELS,
    **WRITTEN,
    **WORKBOOKS,
    **CONTRADICTIONS,
    **SOURCES,
}
