"""How a person, organization or brand is recognised without a photo: initials on a hue that never changes."""

from zlib import crc32

HUES = 12


def initials(name: str) -> str:
    """Return one or two letters: "Олена Шевчук" is "ОШ", "bob@example.com" is "B", "李小龍" is "李"."""
    words = [word for word in name.split("@")[0].replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def hue(seed: object) -> int:
    """Return a number from 0 to 11, the same for the same `seed` in every process."""
    return crc32(str(seed).encode()) % HUES
