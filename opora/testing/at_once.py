"""Two people at one moment: the same for every test that asks whether anything is lost."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(*steps: Callable[[], object]) -> None:
    """Run the steps in threads of their own that begin together; raises what one of them raised."""
    ready, problems = threading.Barrier(len(steps)), []

    def run(step: Callable[[], object]) -> None:
        try:
            ready.wait()
            step()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
