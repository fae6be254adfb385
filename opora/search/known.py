"""The written forms this process knows to be in the vocabulary, so that most words cost no look-up."""

_LIMIT = 50_000

known_forms: set[str] = set()


def remember_known_forms(forms: list[str]) -> None:
    """Add `forms`, which are stored and committed; beyond the limit the memory starts anew."""
    if len(known_forms) > _LIMIT:
        known_forms.clear()
    known_forms.update(forms)


def forget_known_forms() -> None:
    """Forget everything, because the tables were emptied."""
    known_forms.clear()
