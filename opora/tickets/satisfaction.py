"""States of satisfaction in their order, the later the better: nothing said, bad or good, and whether a reason was given."""

from collections.abc import Mapping

PLACES: Mapping[str, int] = {
    "unoffered": 0, "bad": 1, "bad_with_comment": 2, "good": 3, "good_with_comment": 4,
}  # fmt: skip
"""By the words of the Zendesk API."""


def state_of(score: str, comment: str) -> int:
    """Return the place of a rating among the states; without a score, of none."""
    if not score:
        return PLACES["unoffered"]
    return PLACES[f"{score}_with_comment" if comment else score]
