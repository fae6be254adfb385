"""A real IMAP server for tests: Dovecot with a folder, a port and a password of its own."""

import getpass
import imaplib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
USER, PASSWORD = "support", "secret"

CONFIG = """
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/log
protocols = imap
ssl = no
disable_plaintext_auth = no
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
mail_location = maildir:{root}/mail
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = {uid}
first_valid_gid = {gid}
mailbox_idle_check_interval = 1 s
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home
}}
"""


class Dovecot:
    """One running server. Start it with `with`.

    Its files lie outside pytest's own folder, which every new run of pytest closes to other users again.
    """

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="opora-dovecot-"))
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Dovecot":
        self._open_to_server()
        config = self.root / "dovecot.conf"
        config.write_text(CONFIG.format(**self._values()))
        self.process = subprocess.Popen([DOVECOT, "-F", "-c", str(config)], stderr=subprocess.PIPE)
        self._wait()
        return self

    def __exit__(self, *problem: object) -> None:
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=10)
        shutil.rmtree(self.root, ignore_errors=True)

    def append(self, raw: bytes) -> None:
        """Put a message into the inbox."""
        with self.client() as client:
            client.append("INBOX", None, None, raw)

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4("127.0.0.1", self.port)
        client.login(USER, PASSWORD)
        return client

    def unseen(self) -> int:
        with self.client() as client:
            answer = client.select("INBOX")
            assert answer[0] == "OK", answer
            return len(client.search(None, "UNSEEN")[1][0].split())

    def _values(self) -> dict[str, object]:
        """Dovecot drops its rights to other users when it starts as root; otherwise everything runs as we do."""
        me = getpass.getuser()
        is_root = os.geteuid() == 0
        uid, gid = (65534, 65534) if is_root else (os.getuid(), os.getgid())
        return {
            "root": self.root, "port": self.port, "uid": uid, "gid": gid, "password": PASSWORD,
            "internal": "dovecot" if is_root else me, "login": "dovenull" if is_root else me,
            "group": "dovecot" if is_root else _own_group(),
        }  # fmt: skip

    def _open_to_server(self) -> None:
        self.root.chmod(0o755)
        for name in ("mail", "home"):
            (self.root / name).mkdir(exist_ok=True)
            (self.root / name).chmod(0o777)

    def _wait(self) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if self.process and self.process.poll() is not None:
                pytest.fail(f"Dovecot ended: {self.process.stderr.read().decode()}")  # type: ignore[union-attr]
            try:
                with self.client():
                    return
            except (OSError, imaplib.IMAP4.error):
                time.sleep(0.1)
        log = self.root / "log"
        pytest.fail(f"Dovecot does not answer: {log.read_text() if log.exists() else ''}")


def _own_group() -> str:
    import grp

    return grp.getgrgid(os.getgid()).gr_name


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_installed() -> bool:
    return Path(DOVECOT).exists()
