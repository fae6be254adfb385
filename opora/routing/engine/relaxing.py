"""Needs that give way with time."""

from collections.abc import Iterable

from opora.routing.engine.values import Need


def relaxed(needs: Iterable[Need], step: int) -> tuple[Need, ...]:
    """Return the needs with `step` levels less; those that fall to none are dropped, firm ones never change."""
    lowered = (need if need.is_firm else Need(need.skill_id, need.level - step) for need in needs)
    return tuple(need for need in lowered if need.level > 0)


def deepest(needs: Iterable[Need]) -> int:
    """Return after how many steps nothing gives way any more."""
    return max((need.level for need in needs if not need.is_firm), default=0)
