"""Texts that programs stumble over."""

NASTY = [
    "'; DROP TABLE tickets_ticket; --", '" OR 1=1 --', "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{7*7}}",
    "%s%n%x", "../../etc/passwd", "\x00", "\u202e\u2066", "𝕺𝖕𝖔𝖗𝖆 👩‍👩‍👧", "ї" * 300, "-1", "1e309", "NaN",
    "\\u0000", "a:b:c", 'type:ticket status:"', "()", "*", "--", "\r\nX-Injected: yes",
]  # fmt: skip
