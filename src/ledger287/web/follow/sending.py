"""Subscriptions and a record -> mails and webhooks of what became known since the last time.

What enters: an edition, the operator's list and folder, and the ways to send. What leaves: ``Sending``, what was sent,
what had nothing new, and each failure in words. Promises: a subscription that could not be sent is tried again the next
time, with all that it missed; one that is new begins with what becomes known from now on, or from the day named; a mail
has a signed link that ends it (RFC 8058); nothing says to whom.
"""

import json
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, make_msgid
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import urllib3
from urllib3.exceptions import HTTPError

from ledger287 import __version__
from ledger287.core.jsonable import as_json
from ledger287.core.problem import Refused
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.time import at_eastern
from ledger287.web.edition.edition import Edition
from ledger287.web.follow.subscribers import (
    KEY,
    LOCAL,
    Subscription,
    read_ended,
    read_key,
    read_sent,
    read_subscriptions,
    rows_of,
    signature_of,
    token_of,
    write_sent,
)
from ledger287.web.publish.feeds import entry_id, of_place, page_address, sentence, title_of
from ledger287.web.render import languages

MOST_IN_MAIL = 200
"""Changes that a mail names; the rest is on the site."""
SECONDS = 20.0
SECURITY = ("starttls", "tls", "none")
SIGNATURE = "X-Ledger287-Signature"


@dataclass(frozen=True, slots=True)
class Server:
    """The operator's mail server. ``none`` sends in the clear, which is for one on this machine alone."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class SentNotice:
    """One subscription: its line on the list, its id, what it follows, how many changes, and how it went."""

    line: int
    id: str
    by: str
    feed: str
    changes: int
    outcome: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What a run did; ``outcome`` of each is sent, nothing new, begun, ended or failed."""

    until: datetime
    dry: bool
    subscriptions: tuple[SentNotice, ...]


def notify(
    edition: Edition,
    listed: Path,
    folder: Path,
    *,
    server: Server | None,
    sender: str,
    base_url: str,
    since: date | None = None,
    dry: bool = False,
) -> Sending:
    """Send to everyone on the list what is new to them. Raises Refused before anything is sent."""
    key = bytes(32) if dry and not (folder / KEY).exists() else read_key(folder, make=not dry)
    subscriptions = read_subscriptions(listed, key)
    if any(one.by_mail for one in subscriptions) and not (dry or (server and sender)):
        raise QueryError(
            "no_mail_server",
            "the list has email addresses; name the mail server and the sender with ",
            QueryField("smtp"),
            " and ",
            QueryField("from"),
            ".",
        )
    if server and server.security == "none" and server.host not in LOCAL:
        raise Refused(f"{server.host}: mail is sent in the clear to a server on this machine alone.")
    rows = {one.id: rows_of(listed, one, partial(_rows, edition, one)) for one in subscriptions}
    sent, ended = read_sent(folder), read_ended(folder)
    until = _newest(edition)
    ways = _Ways(server, sender, base_url.rstrip("/"), key)
    found: list[SentNotice] = []
    try:
        for one in subscriptions:
            sent_until = sent.get(one.id) or (at_eastern(since, datetime.min.time()) if since else None)
            if one.id in ended:
                found.append(_of(one, 0, "ended"))
            elif sent_until is None:
                found.append(_of(one, 0, "begun"))
                sent[one.id] = until
            else:
                new = rows[one.id].filter(pl.col("known_from") > sent_until).to_dicts()
                found.append(_send(ways, edition, one, new, dry))
                if found[-1].outcome != "failed":
                    sent[one.id] = until
    finally:
        if not dry:
            write_sent(folder, {one.id: sent[one.id] for one in subscriptions if one.id in sent})
    return Sending(until, dry, tuple(found))


def _rows(edition: Edition, one: Subscription) -> pl.DataFrame:
    return of_place(edition, one.feed, one.place, one.lang, one.kinds)[0]


def _newest(edition: Edition) -> datetime:
    newest: datetime = edition.atlas.table("lists").filter("accepted")["published_at"].max()  # type: ignore[assignment]
    return newest


def _of(one: Subscription, changes: int, outcome: str, reason: str | None = None) -> SentNotice:
    feed = f"{one.feed}:{one.place}" if one.place else one.feed
    return SentNotice(one.line, one.id, "mail" if one.by_mail else "webhook", feed, changes, outcome, reason)


@dataclass(frozen=True, slots=True)
class _Ways:
    server: Server | None
    sender: str
    base_url: str
    key: bytes


def _send(ways: _Ways, edition: Edition, one: Subscription, new: list[dict[str, Any]], dry: bool) -> SentNotice:
    if not new:
        return _of(one, 0, "nothing new")
    if dry:
        return _of(one, len(new), "sent")
    try:
        if one.by_mail:
            _mail(ways, mail(edition, one, new, ways.sender, ways.base_url, token_of(ways.key, one.id)))
        else:
            _post(ways, one, webhook(edition, one, new, ways.base_url))
    except (OSError, smtplib.SMTPException, HTTPError, ValueError) as error:
        return _of(one, len(new), "failed", _reason(error, one))
    return _of(one, len(new), "sent")


REASONS: dict[type[BaseException], str] = {
    smtplib.SMTPNotSupportedError: "the mail server offers no STARTTLS; choose tls as its security, "
    "or none for a server on this machine",
    smtplib.SMTPAuthenticationError: "the mail server did not accept the user and password; "
    "see LEDGER287_SMTP_USER and LEDGER287_SMTP_PASSWORD",
    ssl.SSLCertVerificationError: "the server's certificate is not one that this machine trusts",
    ConnectionRefusedError: "nothing answers at that host and port",
    socket.gaierror: "no server of that name is known",
}


def _reason(error: Exception, one: Subscription) -> str:
    """What went wrong and, where that is known, what to do; without the e-mail address."""
    for kind, words in REASONS.items():
        if kind in map(type, _causes(error)):
            return words
    strerror = getattr(error, "strerror", None)
    says = str(strerror or error).split("\n")[0][:200] or type(error).__name__
    return says.replace(one.to, "(subscriber)")


def _causes(error: object) -> Iterator[object]:
    """An error, and those that it comes from."""
    seen: list[object] = []
    while isinstance(error, BaseException) and error not in seen:
        seen.append(error)
        yield error
        inner = getattr(error, "reason", None)  # urllib3's, after its last try
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__


# -- what is sent ------------------------------------------------------------------------------------


class _UrlsAsTheyAre(EmailPolicy):
    """Mail in which a header of URLs is one line: programs that unsubscribe read no encoded words there (RFC 2369)."""

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {value}{self.linesep}" if name == "List-Unsubscribe" else super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode() if name == "List-Unsubscribe" else super().fold_binary(name, value)


def mail(
    edition: Edition, one: Subscription, new: Sequence[dict[str, Any]], sender: str, base_url: str, token: str
) -> EmailMessage:
    """The digest as a mail in plain text."""
    _ = languages.translations(one.lang).gettext
    about, page = of_place(edition, one.feed, one.place, one.lang, one.kinds)[1:]
    changes = _("Changes of the 287(g) program")
    subject = f"{changes}: {about} ({languages.number_in(len(new), one.lang)})"
    lines = [subject, "", _("By the lists that ICE published. Corrections by ICE are not events and say so."), ""]
    for row in new[:MOST_IN_MAIL]:
        lines += [f"* {title_of(row, _)}", f"  {sentence(row, one.lang, _)}", ""]
    if len(new) > MOST_IN_MAIL:
        lines += [_("And {n} more.").format(n=languages.number_in(len(new) - MOST_IN_MAIL, one.lang)), ""]
    stop = f"{base_url}{'' if one.lang == 'en' else '/es'}/unsubscribe/{token}"
    every, ending = _("All of them:"), _("To unsubscribe:")
    lines += [f"{every} {base_url}{page_address(page, one.lang)}", f"{ending} {stop}"]
    made = EmailMessage(policy=_UrlsAsTheyAre())
    made["Subject"], made["From"], made["To"] = subject, sender, one.to
    made["Date"] = format_datetime(datetime.now().astimezone())
    made["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> ") or "localhost")
    made["List-Unsubscribe"], made["List-Unsubscribe-Post"] = f"<{stop}>", "List-Unsubscribe=One-Click"
    made["Auto-Submitted"], made["Content-Language"] = "auto-generated", one.lang
    made.set_content("\n".join(lines) + "\n")
    return made


def webhook(edition: Edition, one: Subscription, new: Sequence[dict[str, Any]], base_url: str) -> bytes:
    """The changes as JSON: ``feed``, and each change with the id that it has in feeds."""
    _ = languages.translations(one.lang).gettext
    page = of_place(edition, one.feed, one.place, one.lang, one.kinds)[2]
    changes = [{"id": entry_id(row, one.lang), "title": title_of(row, _), **row} for row in new]
    body = {
        "software": f"ledger287 {__version__}",
        "feed": f"{one.feed}:{one.place}" if one.place else one.feed,
        "page": f"{base_url}{page_address(page, one.lang)}",
        "changes": as_json(changes),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _mail(ways: _Ways, message: EmailMessage) -> None:
    server = ways.server
    if server is None:
        raise ValueError("no mail server was named")
    context = ssl.create_default_context()
    make: Callable[..., smtplib.SMTP] = smtplib.SMTP
    more: dict[str, Any] = {}
    if server.security == "tls":
        make, more = smtplib.SMTP_SSL, {"context": context}
    with make(server.host, server.port, timeout=SECONDS, **more) as smtp:
        if server.security == "starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
        smtp.send_message(message)


def _post(ways: _Ways, one: Subscription, data: bytes) -> None:
    headers = {
        "content-type": "application/json",
        "user-agent": f"ledger287/{__version__}",
        SIGNATURE: f"sha256={signature_of(ways.key, data)}",
    }
    with urllib3.PoolManager(maxsize=1) as pool:
        answer = pool.request(
            "POST", one.to, body=data, headers=headers, timeout=SECONDS, retries=False, redirect=False
        )
    if not 200 <= answer.status < 300:
        raise ValueError(f"expected an answer of 200 to 299, found {answer.status}")
