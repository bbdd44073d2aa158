"""A real sshd on the loopback, for one login, whose ForceCommand starts arctui as a kiosk."""

import os
import shlex
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import NamedTuple

from arctui.desk.clock import login
from tests.hosts.host import DAY, Host

#: Names a program that is an sshd, where it lies elsewhere.
_NAMED = "ARCTUI_TEST_SSHD"
_PATIENCE = 10.0
#: Started by root an sshd wants a user of its own, which is made with its package.
_NOT_HERE = "Privilege separation user"


def found() -> tuple[str, ...]:
    """Return the sshd and the programs of the client, () where one of them is missing."""
    server = os.environ.get(_NAMED) or shutil.which("sshd") or shutil.which("/usr/sbin/sshd")
    programs = (server, *map(shutil.which, ("ssh", "ssh-keygen", "sftp", "scp")))
    return tuple(filter(None, programs)) if all(programs) else ()


class Answer(NamedTuple):
    """What a client ended with."""

    status: int
    out: str
    err: str


class Server:
    """An sshd that runs until it is stopped."""

    def __init__(self, host: Host, **settings: str) -> None:
        self.host = host
        folder = host.root / "sshd"
        folder.mkdir(mode=0o700)
        self._folder = folder
        for name in ("key", "own"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
                stdin=subprocess.DEVNULL,
            )
        shutil.copy(folder / "own.pub", folder / "keys")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        kiosk = ["env", "-i", 'TERM="$TERM"', 'SSH_ORIGINAL_COMMAND="$SSH_ORIGINAL_COMMAND"', "LANG=C.UTF-8"]
        command = " ".join([*kiosk, *map(shlex.quote, [*host.command(), "--kiosk", "--date", DAY])])
        says = {
            "ListenAddress": f"127.0.0.1:{self.port}",
            "HostKey": folder / "key",
            "PidFile": folder / "pid",
            "AuthorizedKeysFile": folder / "keys",
            "StrictModes": "no",
            "UsePAM": "no",
            "PermitRootLogin": "yes",
            "PasswordAuthentication": "no",
            "Subsystem": "sftp internal-sftp",
            "ForceCommand": command,
            "DisableForwarding": "yes",
            "PermitUserRC": "no",
            "PermitUserEnvironment": "no",
            **settings,
        }
        config = folder / "config"
        config.write_text("".join(f"{name} {value}\n" for name, value in says.items()), encoding="utf-8")
        self.log = folder / "log"
        #: Why no sshd can run here, "" if one does.
        self.cannot = ""
        # It wants its own whole path to start itself again for each connection.
        server = str(Path(found()[0]).absolute())
        self._process = subprocess.Popen(
            [server, "-D", "-f", str(config), "-E", str(self.log)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_it_listens()

    def _wait_until_it_listens(self) -> None:
        latest = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                said = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
                if self._process.poll() is not None and _NOT_HERE in said:
                    self.cannot = said.strip()
                    return
                assert self._process.poll() is None, said
                assert time.monotonic() < latest, said
                time.sleep(0.01)

    def words(self, program: str, *options: str) -> list[str]:
        """Return the words of a client's program with what it needs to log in."""
        port = "-p" if program == "ssh" else "-P"
        known = ["-oStrictHostKeyChecking=no", f"-oUserKnownHostsFile={self._folder / 'known'}", "-oLogLevel=ERROR"]
        own = ["-F", "none", "-i", str(self._folder / "own"), "-oIdentitiesOnly=yes", "-oBatchMode=yes"]
        return [program, port, str(self.port), *own, *known, *options]

    @property
    def name(self) -> str:
        """The login and the host."""
        return f"{login()}@127.0.0.1"

    def ssh(self, *words: str, options: tuple[str, ...] = (), **environment: str) -> Answer:
        """Give ssh an order, and return what came back."""
        return self.ran([*self.words("ssh", *options), self.name, *words], **environment)

    def ran(self, command: list[str], **environment: str) -> Answer:
        """Run a client to its end."""
        done = subprocess.run(
            command,
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(self._folder), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def stop(self) -> None:
        """End the server."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(_PATIENCE)


#: A program for a `Terminal`, which starts Python: it becomes the client with the words that it gets.
BECOMES = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"
