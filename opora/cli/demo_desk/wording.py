"""Turning the text of a story into what one person wrote: alternatives chosen, genders and names filled in.

The notation: `[a|b|c]` is one of them (an empty one is nothing); `[#q a|b]` is the same choice wherever `#q` stands
in one telling; `{m/f}` follows the customer's gender and `{{m/f}}` the agent's; `$name` is a slot. What stands
between ``` lines is quoted material: only its slots are filled.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from markdown_it import MarkdownIt

_FENCE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_CHOICE = re.compile(r"\[(?:#(\w+) )?([^\[\]]*\|[^\[\]]*)\]")
_OF_AGENT = re.compile(r"\{\{([^{}/]*)/([^{}/]*)\}\}")
_OF_CUSTOMER = re.compile(r"\{([^{}/]*)/([^{}/]*)\}")
_SLOT = re.compile(r"\$([a-z][a-z0-9]*)")

_CODE_BLOCK = re.compile(r"<pre><code[^>]*>(.*?)</code></pre>", re.DOTALL)
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})


@dataclass
class Wording:
    """The choices of one telling. `slots` are texts by name; `is_woman` is the customer's gender."""

    rng: Random
    slots: Mapping[str, str]
    is_woman: bool = False
    chosen: dict[str, float] = field(default_factory=dict)

    def text(self, pattern: str, *, agent_is_woman: bool = False, **more: str) -> str:
        """Return the pattern as plain text; `more` are further slots. Raises `KeyError` for an unknown slot."""
        parts = _FENCE.split(pattern)
        spoken = [part if part.startswith("```") else self._speak(part, agent_is_woman) for part in parts]
        slots = {**self.slots, **more}
        filled = _SLOT.sub(lambda match: slots[match.group(1)], "".join(spoken))
        return re.sub(r"\n{3,}", "\n\n", re.sub(r" +(?=[.,!?\n]|$)", "", filled)).strip()

    def html(self, pattern: str, *, agent_is_woman: bool = False, **more: str) -> str:
        """Return the pattern as HTML: paragraphs, and quoted material in `<pre>`."""
        html = _markdown.render(self.text(pattern, agent_is_woman=agent_is_woman, **more))
        return _CODE_BLOCK.sub(r"<pre>\1</pre>", html)

    def _speak(self, part: str, agent_is_woman: bool) -> str:
        before = None
        while before != part:
            before, part = part, _CHOICE.sub(self._choose, part)
        part = _OF_AGENT.sub(lambda match: match.group(2 if agent_is_woman else 1), part)
        return _OF_CUSTOMER.sub(lambda match: match.group(2 if self.is_woman else 1), part)

    def _choose(self, match: re.Match[str]) -> str:
        options = match.group(2).split("|")
        if not match.group(1):
            return self.rng.choice(options)
        drawn = self.chosen.setdefault(match.group(1), self.rng.random())
        return options[int(drawn * len(options))]
