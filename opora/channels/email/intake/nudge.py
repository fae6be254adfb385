"""A nudge between threads: whoever stores a mail wakes whoever processes it."""

import threading

mail_arrived = threading.Event()
