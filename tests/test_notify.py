"""Mail digests and webhooks: sent to local servers, ended by a signed link; what is kept has no e-mail address."""

import email
import email.policy
import hmac
import json
import os
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import ledger287
from ledger287.cli.main import app
from ledger287.core.problem import Refused
from ledger287.web.follow.sending import SIGNATURE, Sending, Server, notify
from ledger287.web.follow.subscribers import FOLDER_VARIABLE, id_of, read_key, read_subscriptions, token_of
from ledger287.web.server.app import make_app
from sites import edition_on, site_on

BASE = "https://ledger.example"
SINCE = date(2026, 5, 1)
EDITION = edition_on(date(2026, 5, 9))


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a client that sends one message needs."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += self.rfile.readline()
                self.server.took.append(data[:-3])  # type: ignore[attr-defined]
            if word == b"RCPT" and b"full@" in line:
                self.wfile.write(b"552 mailbox of full@paper.example is full\r\n")
            else:
                self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 good\r\n")
            if word == b"QUIT":
                return


@contextmanager
def mail_server() -> Iterator[tuple[Server, list[bytes]]]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail) as server:
        took: list[bytes] = []
        server.took = took  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Server("127.0.0.1", server.server_address[1], "none"), took
        server.shutdown()


@contextmanager
def webhook_server(status: int = 204) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    took: list[tuple[dict[str, str], bytes]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            took.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(status)
            self.send_header("location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/hook", took
        server.shutdown()


def written(folder: Path, *lines: str) -> Path:
    path = folder / "list.csv"
    path.write_text("to,feed,kind,lang\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def send(tmp_path: Path, listed: Path, server: Server | None, **more: Any) -> Sending:
    sender = "ledger287 <changes@ledger.example>"
    return notify(EDITION, listed, tmp_path / "kept", server=server, sender=sender, base_url=BASE, **more)


def read(data: bytes) -> EmailMessage:
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def test_a_digest_says_what_became_known_and_only_once(tmp_path: Path) -> None:
    listed = written(tmp_path, "desk@paper.example,state:KY,,", "mesa@diario.example,state:KY,signed,es")
    with mail_server() as (server, took):
        first = send(tmp_path, listed, server, since=SINCE)
        again = send(tmp_path, listed, server)
    changes = ledger287.open().changes(SINCE, "2026-05-08", state="KY")
    english, spanish = (read(data) for data in took)
    assert (first.subscriptions[0].outcome, first.subscriptions[0].changes) == ("sent", changes.height)
    assert [one.outcome for one in again.subscriptions] == ["nothing new", "nothing new"]
    text = english.get_content()
    assert text.count("\n* ") == changes.height
    assert "Oldham County Sheriff's Office, KY: signed (TFM)" in text
    assert f"{BASE}/state/KY" in text
    assert english["Subject"] == f"Changes of the 287(g) program: Kentucky ({changes.height})"
    assert spanish.get_content().count("\n* ") == changes.filter(kind="signed").height
    assert f"{BASE}/es/state/KY" in spanish.get_content()
    assert english["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert english["List-Unsubscribe"].strip("<>") in text
    for raw in took:  # as it goes over the wire: no encoded words, no fold
        assert re.search(rb"\r\nList-Unsubscribe: <https://ledger\.example/(?:es/)?unsubscribe/[0-9a-f]+>\r\n", raw)


def test_what_is_kept_has_no_address(tmp_path: Path) -> None:
    with mail_server() as (server, _), webhook_server() as (hook, _took):
        listed = written(tmp_path, "desk@paper.example,nation,,", f"{hook},county:12021,,")
        answer = send(tmp_path, listed, server, since=SINCE)
    kept = "".join(path.read_text() for path in (tmp_path / "kept").iterdir())
    for word in ("paper", "desk", "127.0.0.1"):
        assert word not in kept
        assert word not in repr(answer)
    assert (tmp_path / "kept" / "key").stat().st_mode & 0o077 == 0


def test_a_new_subscription_begins_from_now_on(tmp_path: Path) -> None:
    with mail_server() as (server, took):
        answer = send(tmp_path, written(tmp_path, "desk@paper.example,nation,,"), server)
    assert [one.outcome for one in answer.subscriptions] == ["begun"]
    assert took == []


def test_a_server_that_cannot_be_used_is_said_in_words(tmp_path: Path) -> None:
    with mail_server() as (server, took):
        starttls = send(
            tmp_path,
            written(tmp_path, "desk@paper.example,state:KY,,"),
            replace(server, security="starttls"),
            since=SINCE,
        )
    assert starttls.subscriptions[0].reason == (
        "the mail server offers no STARTTLS; choose tls as its security, or none for a server on this machine"
    )
    gone = send(tmp_path, written(tmp_path, "desk@paper.example,state:KY,,"), server, since=SINCE)
    assert gone.subscriptions[0].reason == "nothing answers at that host and port"
    hook = send(tmp_path, written(tmp_path, f"https://127.0.0.1:{server.port}/hook,state:KY,,"), None, since=SINCE)
    assert (hook.subscriptions[0].reason, took) == ("nothing answers at that host and port", [])


def test_a_list_may_have_semicolons(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("to;feed;kind;lang\r\ndesk@paper.example;state:KY;signed;es\r\n", encoding="utf-8-sig")
    one = read_subscriptions(listed, bytes(32))[0]
    assert (one.to, one.place, one.lang) == ("desk@paper.example", "KY", "es")


def test_what_failed_is_tried_again_with_all_that_was_missed(tmp_path: Path) -> None:
    listed = written(tmp_path, "full@paper.example,state:KY,,", "desk@paper.example,state:KY,,")
    with mail_server() as (server, took):
        answer = send(tmp_path, listed, server, since=SINCE)
    full, desk = answer.subscriptions
    assert (full.outcome, desk.outcome, len(took)) == ("failed", "sent", 1)
    assert "full@paper" not in str(full.reason)
    with mail_server() as (server, took):
        again = send(tmp_path, listed, server, since=SINCE)
    assert [(one.outcome, one.changes) for one in again.subscriptions] == [("failed", full.changes), ("nothing new", 0)]


def test_a_webhook_is_signed_and_is_not_led_elsewhere(tmp_path: Path) -> None:
    with webhook_server() as (hook, took):
        send(tmp_path, written(tmp_path, f"{hook},state:KY,delisted,"), None, since=SINCE)
    ((headers, data),) = took
    key = bytes.fromhex((tmp_path / "kept" / "key").read_text())
    assert headers[SIGNATURE] == f"sha256={hmac.new(key, data, sha256).hexdigest()}"
    told = json.loads(data)
    assert (told["feed"], told["page"]) == ("state:KY", f"{BASE}/state/KY")
    assert {row["kind"] for row in told["changes"]} == {"delisted"}
    assert all(row["id"].startswith("tag:") for row in told["changes"])
    with webhook_server(302) as (hook, took):
        answer = send(tmp_path, written(tmp_path, f"{hook},state:KY,delisted,"), None, since=SINCE)
    assert (answer.subscriptions[0].outcome, len(took)) == ("failed", 1)


def test_a_signed_link_ends_a_subscription(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = written(tmp_path, "desk@paper.example,state:KY,,")
    with mail_server() as (server, took):
        send(tmp_path, listed, server, since=SINCE)
    path = read(took[0])["List-Unsubscribe"].strip("<>").removeprefix(BASE)
    with TestClient(make_app(site_on(date(2026, 5, 9)), watch=False)) as client:
        assert client.post(path).status_code == 404
        monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "kept"))
        assert "<form" in client.get(path).text
        assert not (tmp_path / "kept" / "ended.txt").exists()
        assert client.post(f"{path[:-1]}{'0' if path[-1] != '0' else '1'}").status_code == 404
        assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
        assert "suscripción" in client.post(f"/es{path}").text
    (tmp_path / "kept" / "sent.json").unlink()
    with mail_server() as (server, took):
        answer = send(tmp_path, listed, server, since=SINCE)
    assert [one.outcome for one in answer.subscriptions] == ["ended"]
    assert took == []
    assert len((tmp_path / "kept" / "ended.txt").read_text().split()) == 1


def test_a_token_is_of_one_key_and_one_subscription(tmp_path: Path) -> None:
    key, other = read_key(tmp_path / "a", make=True), read_key(tmp_path / "b", make=True)
    one, two = read_subscriptions(written(tmp_path, "a@b.example,nation,,", "a@b.example,state:FL,,"), key)
    assert one.id != two.id
    assert id_of(key, token_of(key, one.id)) == one.id
    assert id_of(other, token_of(key, one.id)) is None
    assert id_of(key, two.id + token_of(key, one.id)[32:]) is None
    assert id_of(key, "é") is None


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("paper.example,nation,,", "email address"),
        ('"a@b.example\nBcc: c@d.example",nation,,', "email address"),
        ("http://paper.example/hook,nation,,", "https://"),
        ("a@b.example,state,,", "feed such as"),
        ("a@b.example,nation:US,,", "feed such as"),
        ("a@b.example,nation,sgned,", "kind of change"),
        ("a@b.example,nation,,fr", "language"),
        ("a@b.example,state:ZZ,,", "line 3: no state or territory 'ZZ'"),
        ("a@b.example,county:99999,,", "line 3: No county has the code"),
    ],
)
def test_a_list_that_cannot_be_understood_sends_nothing(tmp_path: Path, line: str, says: str) -> None:
    with mail_server() as (server, took), pytest.raises(Refused, match=says):
        send(tmp_path, written(tmp_path, "desk@paper.example,nation,,", line), server, since=SINCE)
    assert took == []


def test_a_list_that_is_none_says_what_it_is_to_be(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    for text, says in (
        ("", "found an empty file"),
        ("a@b.example,nation\n", "found the columns a@b.example, nation"),
        ("mail,feed\na@b.example,nation\n", "expected a first line with the columns to, feed"),
    ):
        listed.write_text(text, encoding="utf-8")
        with pytest.raises(Refused, match=says):
            read_subscriptions(listed, bytes(32))
    with pytest.raises(Refused, match=r"none.csv: the list cannot be read \(No such file or directory\)"):
        read_subscriptions(tmp_path / "none.csv", bytes(32))


def test_mail_in_the_clear_stays_on_this_machine(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="in the clear"):
        send(tmp_path, written(tmp_path, "a@b.example,nation,,"), Server("mail.example", 25, "none"))


def test_the_command_says_what_it_would_send(tmp_path: Path) -> None:
    listed, folder = written(tmp_path, "desk@paper.example,state:KY,,"), tmp_path / "kept"
    words = ["notify", "--subscribers", str(listed), "--folder", str(folder), "--base-url", BASE, "--dry-run"]
    done = CliRunner().invoke(app, [*words, "--since", "2026-05-01", "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [(one["line"], one["by"], one["feed"], one["outcome"]) for one in told["subscriptions"]] == [
        (2, "mail", "state:KY", "sent")
    ]
    assert not folder.exists()
    with webhook_server(500) as (hook, _):
        words[2] = str(written(tmp_path, f"{hook},state:KY,,"))
        done = CliRunner().invoke(app, [*words[:-1], "--since", "2026-05-01"])
    assert done.exit_code == 1
    assert "found 500" in done.output


def test_the_list_may_come_through_a_pipe(tmp_path: Path) -> None:
    """As ``--subscribers <(decrypt list.csv)`` gives it: a file in which nothing can be read twice."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text("to;feed\ndesk@paper.example;state:KY\n", "utf-8"))
    writer.start()
    (one,) = read_subscriptions(pipe, b"k" * 32)
    writer.join()
    assert (one.to, one.feed, one.place, one.line) == ("desk@paper.example", "state", "KY", 2)


def test_the_list_may_be_standard_input(tmp_path: Path) -> None:
    words = [
        "notify",
        "--subscribers",
        "-",
        "--folder",
        str(tmp_path / "kept"),
        "--base-url",
        BASE,
        "--dry-run",
        "--json",
    ]
    done = CliRunner().invoke(app, words, input="\ufeffto,feed\ndesk@paper.example,county:12021\n")
    assert done.exit_code == 0, done.output
    assert [(one["line"], one["feed"]) for one in json.loads(done.stdout)["subscriptions"]] == [(2, "county:12021")]
    done = CliRunner().invoke(app, words, input="")
    assert done.exit_code != 0
    assert "standard input: expected a first line with the columns to, feed" in str(done.exception or done.output)
