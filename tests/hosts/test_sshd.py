"""Through a real sshd: a whole call by keys, a line that is cut, and no way from there into the host."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from arctui.core.records import Activity, Promise
from arctui.desk.clock import login
from arctui.store import Book
from tests.hosts import server
from tests.hosts.host import Host
from tests.hosts.server import Server
from tests.tui.terminal import Terminal

#: Lets every way out be tried through sshd, which takes half a minute; the orders are tried without it anyway.
_ALL = "ARCTUI_TEST_ALL_ESCAPES"

pytestmark = pytest.mark.skipif(not server.found(), reason="there is no sshd, or no client of it")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with AcceptEnv wide open, as a careless host might have it."""
    started = Server(Host(tmp_path_factory.mktemp("served")), AcceptEnv="*")
    if why := started.cannot:
        pytest.skip(f"sshd does not start here: {why}")
    yield started
    started.stop()


def terminal(served: Server) -> Terminal:
    """Log in with a terminal, and send all that could lead astray."""
    written = served.host.root / "written"
    sent = {
        "ARCTUI_BOOK": "/etc/passwd",
        "ARCTUI_DATE": "2030-01-01",
        "PYTHONPATH": str(served.host.root),
        "PYTHONSTARTUP": str(served.host.secret),
        "TEXTUAL_DRIVER": "os:system",
        "TEXTUAL_LOG": str(written),
        "TEXTUAL_ALLOW_SIGNALS": "1",
        "BROWSER": f"touch {written}",
        "EDITOR": f"touch {written}",
        "PAGER": f"touch {written}",
        "HOME": "/etc",
        "XDG_CONFIG_HOME": "/etc",
        "LANG": "/etc/passwd",
    }
    said = " ".join(f'{name}="{value}"' for name, value in sent.items())
    words = [*served.words("ssh", "-tt", f"-oSetEnv={said}"), served.name]
    return Terminal(["-c", server.BECOMES, *words], HOME=str(served.host.root))


def test_a_whole_call_by_keys_that_is_cut_goes_on_at_the_same_question(served: Server) -> None:
    first = terminal(served)
    first.read_until(b"Birch Works")
    first.type(b"\r")
    first.read_until(b"Speaking, or put through")
    first.type(b"1")
    first.read_until(b"When did you send")
    first.type(b"n")
    first.read_until(b"note Birch Works:")
    first.type(b"they move to Mill Road")
    first.read_until(b"Mill Road")
    first.kill(9)
    first.wait()
    first.close()

    again = terminal(served)
    again.read_until(b"When did you send")
    again.read_until(b"note Birch Works: they move to Mill Road")
    for keys, shown in (
        (b"\r", b"noted: they move"),
        (b"1", b"Will you send it now?"),
        (b"p", b"promise Birch Works:"),
        (b"fri 1200 check\r", b"Is"),
        (b"1", b"Enter ends the call"),
        (b"\r", b"promises 1 1,200.00"),
        # Now what would lead out of it, if anything did.
        (b"\x1a", b"no shell to go to"),
        (b"o", b"Enter import"),
        (b"/etc/pas\t\r", b"not open to you"),
        (b"\x1b", b"Enter call"),
        (b"E", b"Enter write the file"),
        (b"worklist /tmp/out.csv\r", b"'/tmp/out.csv' is not open"),
        (b"\x1b", b"Enter call"),
    ):
        again.type(keys)
        again.read_until(shown)
    again.type(b"q")
    assert again.wait() == 0
    again.close()
    assert not (served.host.root / "written").exists()
    facts = Book(served.host.book).facts
    (promise,) = facts.all(Promise)
    assert (str(promise.amount), promise.taken_by) == ("1200.00", login())
    assert any("Mill Road" in activity.note for activity in facts.all(Activity))


def test_no_way_leads_into_the_host(served: Server) -> None:
    host, outside = served.host, served.host.root / "out"
    host.open.joinpath("away").symlink_to("/etc")
    orders = {
        "a shell": "sh -c id",
        "a shell behind": "today; id",
        "a shell in words": "today $(id)",
        "a file to read": "import /etc/passwd",
        "a file above": f"import {host.open}/../secret.csv",
        "a link": "attach birch away/passwd",
        "a file to write": f"export worklist --to {outside}.csv",
        "a claim file": f"claim-file birch --out {outside}",
        "another book": "today --book /etc/passwd",
        "another playbook": "policy playbook /etc/passwd",
        "a picture": "policy letter_logo /etc/passwd",
        "a restore": "restore /etc/passwd",
        "the old scp": "scp -t /tmp",
        "sftp's server": "/usr/lib/openssh/sftp-server",
    }
    before = host.files()
    copied = served.host.root / "sshd" / "copied"
    forwarded = ("-N", "-oExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1")
    others = {
        "sftp": [*served.words("sftp"), f"{served.name}:/etc/passwd", str(copied)],
        "scp": [*served.words("scp"), f"{served.name}:/etc/passwd", str(copied)],
        "scp to it": [*served.words("scp"), str(host.settings), f"{served.name}:{outside}"],
        "a port": [*served.words("ssh", *forwarded), served.name],
    }
    if not os.environ.get(_ALL):
        orders = {name: orders[name] for name in ("a shell", "a file to write")}
        del others["scp"]
    with ThreadPoolExecutor(4) as pool:
        tried = {name: pool.submit(served.ssh, order) for name, order in orders.items()}
        tried |= {name: pool.submit(served.ran, words) for name, words in others.items()}
    for name, answer in tried.items():
        status, out, err = answer.result()
        assert status, (name, out, err)
        assert not [word for word in ("uid=", "root:", "CANARY") if word in out], name
        assert "Traceback" not in err, name
    assert host.files() == before
    assert not Path(copied).exists()
