"""One language of conditions: `{"all": [{"field", "operator", "value"}], "any": [...]}`.

All of "all" must hold, and, if there is any, at least one of "any". The same tree becomes SQL (`to_q`), a predicate
(`predicate`), an account of why it holds or not (`evaluate`) and a sentence (`sentence`). The engine knows no tickets:
a domain describes its fields by the kinds of `core.conditions.kinds`, each of which knows all four.
"""

from opora.core.conditions.field import ConditionField, Fields, column
from opora.core.conditions.operators import OPERATOR_LABELS, operator_label
from opora.core.conditions.reading import to_q
from opora.core.conditions.sentence import sentence
from opora.core.conditions.tree import Condition, Tree, as_json, read_condition, read_tree
from opora.core.conditions.verdict import Outcome, Predicate, Verdict, evaluate, predicate

__all__ = [
    "OPERATOR_LABELS",
    "Condition",
    "ConditionField",
    "Fields",
    "Outcome",
    "Predicate",
    "Tree",
    "Verdict",
    "as_json",
    "column",
    "evaluate",
    "operator_label",
    "predicate",
    "read_condition",
    "read_tree",
    "sentence",
    "to_q",
]
