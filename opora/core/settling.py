"""Making a process that lives long ready for work."""

import gc

from django.urls import get_resolver


def settle() -> None:
    """Load every address, and take all that is loaded out of the garbage collector's sight.

    It would look through a hundred thousand lasting objects again and again, 50 ms each time, in the middle of a page.
    """
    get_resolver().reverse_dict  # noqa: B018 (looking is what loads it)
    gc.collect()
    gc.freeze()
