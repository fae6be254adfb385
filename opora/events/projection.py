"""Projections: tables that are folds of the log, kept inside the transaction and rebuildable by replay."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from opora.events.registry import Reader

if TYPE_CHECKING:
    from django.db.models import Model

    from opora.events.fact import Fact
    from opora.events.models import Event

PROJECTIONS: "dict[str, Projection]" = {}
_READERS: "dict[type[Fact], list[Reader]]" = {}
"""Of all projections, those that read facts of the class; found out once."""


class Projection:
    """A named set of readers that own some tables and write nothing else.

    >>> metrics = Projection("ticket metrics", owns=[TicketMetric])
    >>> @metrics.on(TicketSolved)
    ... def count_solve(fact, event): ...
    """

    def __init__(
        self, name: str, *, owns: "list[type[Model]]", reset: Callable[[], None] | None = None
    ) -> None:
        self.name = name
        self.owns = owns
        self._reset = reset
        self._readers: list[tuple[type[Fact], Reader]] = []
        PROJECTIONS[name] = self

    def on(self, *facts: "type[Fact]") -> Callable[[Reader], Reader]:
        """Read each fact of these kinds (or of kinds derived from them) inside the writing transaction."""

        def declare(run: Reader) -> Reader:
            self._readers += [(fact, run) for fact in facts]
            _READERS.clear()
            return run

        return declare

    def follows_from(self, cls: "type[Fact]") -> bool:
        """Whether a fact of this kind is folded into the tables."""
        return any(True for _ in self.readers_of(cls))

    def readers_of(self, cls: "type[Fact]") -> Iterator[Reader]:
        return (run for fact, run in self._readers if issubclass(cls, fact))

    def project(self, fact: "Fact", event: "Event") -> None:
        """Fold one fact into the tables."""
        for run in self.readers_of(type(fact)):
            run(fact, event)

    def reset(self) -> None:
        """Empty the tables, before a replay."""
        for model in self.owns:
            model._default_manager.all().delete()
        if self._reset:
            self._reset()


class UpdateProjection(Projection):
    """A projection that reads an update as a whole, once all its facts are there; `fold` gets them in order.

    `reads` are the facts that it follows from, and facts derived from them; it passes over the others.
    Live, that is the last step of each update. In a replay the facts about one subject are gathered until the next
    update about it begins, so updates of several writers may lie between each other in the log.
    """

    def __init__(
        self,
        name: str,
        *,
        owns: "list[type[Model]]",
        reads: "Iterable[type[Fact]]",
        fold: "Callable[[Sequence[Event]], None]",
        reset: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(name, owns=owns, reset=reset)
        self.reads = tuple(reads)
        self.fold = fold
        self._waiting: dict[tuple[str, int], list[Event]] = {}

    def follows_from(self, cls: "type[Fact]") -> bool:
        return issubclass(cls, self.reads)

    def gather(self, event: "Event") -> None:
        """Take one event of a replay."""
        subject = (event.subject_kind, event.subject_id)
        waiting = self._waiting.get(subject)
        if waiting and waiting[-1].update_id != event.update_id:
            self.fold(self._waiting.pop(subject))
        self._waiting.setdefault(subject, []).append(event)

    def finish(self) -> None:
        """Fold what a replay has gathered last."""
        for waiting in self._waiting.values():
            self.fold(waiting)
        self._waiting = {}


def project(fact: "Fact", event: "Event") -> None:
    """Fold one fact into every projection that reads its kind."""
    cls = type(fact)
    if cls not in _READERS:
        _READERS[cls] = [run for projection in PROJECTIONS.values() for run in projection.readers_of(cls)]
    for run in _READERS[cls]:
        run(fact, event)
