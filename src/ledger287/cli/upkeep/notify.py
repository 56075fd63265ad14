"""``ledger287 notify``: what became known -> mails and webhooks to those on the operator's list."""

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ledger287.cli.common import WITH_PROBLEMS, Json, Record, console, day_option, day_text, print_json
from ledger287.core.query_error import QueryError, QueryField
from ledger287.core.text import plural

if TYPE_CHECKING:
    from ledger287.web.follow.sending import Sending, Server

USER, PASSWORD = "LEDGER287_SMTP_USER", "LEDGER287_SMTP_PASSWORD"
PORTS = {"starttls": 587, "tls": 465, "none": 25}


def notify(
    subscribers: Annotated[
        Path,
        typer.Option(
            "--subscribers", metavar="FILE", help="Your list, a CSV: to, feed, and kind and lang if wanted; - reads it."
        ),
    ],
    folder: Annotated[
        Path,
        typer.Option("--folder", metavar="DIR", help="Keeps the key, what was sent, and who unsubscribed, by ids."),
    ],
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="The site's own URL, for links and for unsubscribing.")
    ],
    smtp: Annotated[
        str | None,
        typer.Option("--smtp", metavar="HOST[:PORT]", help="Your mail server.", show_default=False),
    ] = None,
    security: Annotated[
        str, typer.Option("--smtp-security", metavar="starttls|tls|none", help="none: on this machine alone.")
    ] = "starttls",
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", help="Who the mails are from.", show_default=False)
    ] = None,
    since: Annotated[
        date | None,
        day_option("--since", "For new subscriptions: changes known since this day; left out, from now on."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send and keep nothing; say what would be sent.")] = False,
    record: Record = None,
    json: Json = False,
) -> None:
    """Send what became known since the last time, by mail and to webhooks.

    Run it after each update. A mail server's user and password are taken from $LEDGER287_SMTP_USER and
    $LEDGER287_SMTP_PASSWORD. Exits 1 when something could not be sent; it is tried again the next time.

    Example: ledger287 notify --subscribers list.csv --folder notify --base-url https://ledger.example
    """
    from ledger287.web.edition.edition import open_edition
    from ledger287.web.follow.sending import notify as send
    from ledger287.web.server.serve import BASE

    if not BASE.fullmatch(base_url):
        expected = f": expected the site's own URL, as https://ledger.example, found {base_url!r}."
        raise QueryError("not_a_base_url", QueryField("base_url"), expected)
    if sender and "@" not in sender:
        expected = f": expected an email address, found {sender!r}."
        raise QueryError("not_a_sender", QueryField("from"), expected)
    answer = send(
        open_edition(record, base_url=base_url.rstrip("/")),
        subscribers,
        folder,
        server=_server(smtp, security) if smtp else None,
        sender=sender or "",
        base_url=base_url,
        since=since,
        dry=dry_run,
    )
    if json:
        print_json(answer)
    else:
        _show(answer)
    if any(one.outcome == "failed" for one in answer.subscriptions):
        raise typer.Exit(WITH_PROBLEMS)


def _server(text: str, security: str) -> "Server":
    from ledger287.web.follow.sending import SECURITY, Server

    if security not in SECURITY:
        expected = f": expected one of: {', '.join(SECURITY)}; found {security!r}."
        raise QueryError("not_a_security", QueryField("smtp_security"), expected, choices=SECURITY)
    host, colon, port = text.rpartition(":")
    if not colon:
        host, port = text, str(PORTS[security])
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise QueryError("not_a_server", QueryField("smtp"), f": expected a host and a port, found {text!r}.")
    return Server(host, int(port), security, os.environ.get(USER, ""), os.environ.get(PASSWORD, ""))


def _show(answer: "Sending") -> None:
    out = console()
    words = {
        "sent": "would be sent" if answer.dry else "sent",
        "begun": "new: begins with what becomes known from now on",
    }
    out.print(f"Subscriptions, by the lists up to {day_text(answer.until)}")
    if not answer.subscriptions:
        out.print("  the list has no subscription")
    for one in answer.subscriptions:
        changes = f", {plural(one.changes, 'change')}" if one.changes else ""
        reason = f": {one.reason}" if one.reason else ""
        line = f"  line {one.line}  {one.by:<7}  {one.feed}  {words.get(one.outcome, one.outcome)}{changes}{reason}"
        out.print(line, markup=False, soft_wrap=True)
