"""Sending by e-mail: what is said, to whom no longer, and that a failure loses nothing."""

from __future__ import annotations

import datetime
import logging
import smtplib

import pytest
from django.core import mail
from django.utils import timezone

from limen.node.notices import sending
from limen.node.notices.models import ByEmail, Delivery, Notice, Ways
from limen.node.notices.sending import MOST_TRIES
from limen.node.people.models import Officer
from limen.node.sharing.releasing import recall
from limen.node.sharing.viewer import viewing

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(keeping, monkeypatch):
    """Let time pass for the worker."""

    def pass_time(**span):
        now = timezone.now() + datetime.timedelta(**span)
        monkeypatch.setattr(sending.timezone, "now", lambda: now)

    return pass_time


class Refusing:
    """A mail server that answers as told."""

    def __init__(self, monkeypatch):
        self.error: Exception | None = None
        self.sent = []
        monkeypatch.setattr("limen.node.notices.mail.get_connection", lambda: self)

    def open(self):
        if isinstance(self.error, OSError) and not isinstance(self.error, smtplib.SMTPException):
            raise self.error

    def close(self):
        pass

    def send_messages(self, messages):
        if self.error:
            raise self.error
        self.sent += messages
        return len(messages)


@pytest.fixture
def server(monkeypatch):
    return Refusing(monkeypatch)


def deliveries(keeping):
    with keeping():
        return list(Delivery.objects.order_by("pk"))


def test_the_message(make, green, told, work, settings):
    """Text alone, with the number and the page where it is read: nothing of issuer, place, text or agency."""
    settings.ORIGIN = "https://limen.example"
    officer = make.officer()
    (notice,) = told(green, officer, urgent=True)
    work()
    (message,) = mail.outbox
    assert message.to == [officer.email]
    assert message.subject == f"A report is on Limen: {green.reference} (urgent)"
    assert f"https://limen.example/notices/{notice.pk}/" in message.body
    assert "Sign in to read it." in message.body
    whole = message.message().as_string()
    for secret in ("THA", "Thailand", "THBKK", "Bangkok", "zinnober", green.owner.name, "TLP"):
        assert secret not in whole
    assert message.content_subtype == "plain"
    assert not message.alternatives if hasattr(message, "alternatives") else True
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert message.message()["List-Unsubscribe"] == "<https://limen.example/notices/settings/>"


@pytest.mark.parametrize(("language", "words"), [("th", "เข้าสู่ระบบ"), ("vi", "đăng nhập")])
def test_the_message_is_in_the_officers_language(make, green, told, work, language, words):
    """Whatever language the worker or who told speaks."""
    told(green, make.officer(language=language))
    work()
    assert words in mail.outbox[0].body.lower()
    assert "Sign in" not in mail.outbox[0].body


def test_a_node_without_an_address_sends_no_link(make, green, told, work, settings):
    """Better no link than one that leads nowhere."""
    settings.ORIGIN = ""
    told(green, make.officer())
    work()
    assert "http" not in mail.outbox[0].body
    assert "List-Unsubscribe" not in mail.outbox[0].message()


def test_a_node_without_a_mail_server(make, green, told, work, keeping, settings, capsys, client):
    """Nothing is printed instead, nothing waits, and the page says so; the notice stands in the list."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    officer = make.officer()
    told(green, officer)
    work()
    assert green.reference not in capsys.readouterr().out
    assert not deliveries(keeping)
    client.force_login(officer)
    assert "This node sends no e-mail" in client.get("/notices/settings/").content.decode()
    assert green.reference in client.get("/notices/").content.decode()


def test_what_was_sent_is_not_sent_again(make, green, told, work, keeping):
    """The row goes with the sending."""
    told(green, make.officer())
    work()
    work()
    assert len(mail.outbox) == 1
    assert not deliveries(keeping)


def test_after_a_recall_nothing_is_sent(make, green, told, work, keeping):
    """A notice still under way when its record is recalled is not sent; in the list it leads to nothing."""
    officer = make.officer()
    told(green, officer)
    with viewing(green.author_id):
        recall(green, Officer.objects.get(pk=green.author_id), "wrong")
    work()
    assert not mail.outbox
    assert not deliveries(keeping)


def test_who_was_deactivated_is_not_told(make, green, told, work, keeping):
    """Neither a deactivated officer nor one of a deactivated agency."""
    one, other = make.officer(), make.officer()
    told(green, one, other)
    with keeping():
        Officer.objects.filter(pk=one.pk).update(is_active=False)
        type(other.agency).objects.filter(pk=other.agency_id).update(is_active=False)
    work()
    assert not mail.outbox


def test_who_never_saw_it_is_not_told(make, told, work):
    """Telling of a record that an officer may not see tells them nothing."""
    report = make.report(make.officer())
    told(report, make.officer())
    work()
    assert not mail.outbox


def test_an_unknown_kind_is_not_sent(make, green, told, work, keeping):
    """A notice of an app that this version lacks is dropped, not retried for ever."""
    told(green, make.officer())
    with keeping():
        Notice.objects.update(kind="gone")
    work()
    assert not mail.outbox
    assert not deliveries(keeping)


def test_who_has_looked_is_not_told(make, green, told, work, keeping):
    """A notice that was seen on the page before it was due is not sent."""
    told(green, make.officer())
    with keeping():
        Notice.objects.update(seen_at=timezone.now())
    work()
    assert not mail.outbox


def test_a_daily_message_holds_the_day(make, green, told, work, keeping, later):
    """Several notices, one message, at the hour chosen; an urgent one does not wait for it."""
    officer = make.officer()
    hour = (timezone.now() + datetime.timedelta(hours=5)).time().replace(second=0, microsecond=0)
    with keeping():
        Ways.objects.create(officer=officer, email=ByEmail.DAILY, digest_at=hour)
    other = make.released(green.author, _community(green))
    told(green, officer)
    told(other, officer)
    told(other, officer, urgent=True)
    work()
    assert [message.subject for message in mail.outbox] == [f"A report is on Limen: {other.reference} (urgent)"]
    later(hours=6)
    work()
    (_urgent, message) = mail.outbox
    assert message.subject == "2 new notices on Limen"
    assert green.reference in message.body
    assert other.reference in message.body
    assert not deliveries(keeping)


def _community(report):
    from limen.node.sharing.markings import Marking
    from limen.node.sharing.rules import Audience

    return Audience(report.owner_id, Marking.GREEN, community=True)


def test_a_server_that_is_down_loses_nothing(make, green, told, work, keeping, server, later):
    """All wait, are tried later and later, and go once it is up."""
    server.error = ConnectionRefusedError("refused")
    told(green, make.officer(), make.officer())
    work()
    assert not server.sent
    assert [row.tries for row in deliveries(keeping)] == [1, 1]
    work()
    assert [row.tries for row in deliveries(keeping)] == [1, 1], "not before its time"
    server.error = None
    later(minutes=2)
    work()
    assert len(server.sent) == 2
    assert not deliveries(keeping)


def test_waits_grow_to_a_limit(make, green, told, work, keeping, server, later, caplog):
    """Ten tries in a day and a half; then it is logged, without address or text, and stays in the list."""
    server.error = smtplib.SMTPServerDisconnected("gone")
    officer = make.officer()
    told(green, officer)
    waited, spans = datetime.timedelta(), []
    for _ in range(MOST_TRIES - 1):
        later(seconds=waited.total_seconds())
        work()
        (row,) = deliveries(keeping)
        spans.append(round((row.due_at - sending.timezone.now()).total_seconds() / 60))
        waited += datetime.timedelta(minutes=spans[-1] + 1)
    assert spans == [1, 4, 16, 64, 256, 360, 360, 360, 360]
    later(seconds=waited.total_seconds())
    with caplog.at_level(logging.WARNING):
        work()
    assert not deliveries(keeping)
    assert "could not be sent" in caplog.text
    assert officer.email not in caplog.text
    with viewing(officer.pk):
        assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b": (550, b"no such user")}), 0),
        (smtplib.SMTPRecipientsRefused({"a@b": (451, b"later")}), 1),
        (smtplib.SMTPDataError(554, b"no"), 0),
        (smtplib.SMTPDataError(452, b"full"), 1),
    ],
)
def test_never_and_later_differ(make, green, told, work, keeping, server, error, left):
    """What the server refuses for good is not tried again; what it puts off is."""
    server.error = error
    told(green, make.officer())
    work()
    assert len(deliveries(keeping)) == left


def test_a_worker_that_dies_leaves_it_to_the_next(make, green, told, keeping, work, later):
    """What was taken and not sent is due again some minutes later, not before."""
    told(green, make.officer())
    with keeping():
        sending.plan(timezone.now())
        assert len(sending.claim(timezone.now())) == 1
    work()
    assert not mail.outbox
    later(minutes=16)
    work()
    assert len(mail.outbox) == 1


def test_the_urgent_go_first(make, green, told, keeping, monkeypatch):
    """However many others wait."""
    monkeypatch.setattr(sending, "CLAIMED_AT_ONCE", 1)
    told(green, make.officer())
    told(green, make.officer(), urgent=True)
    with keeping():
        sending.plan(timezone.now())
        assert [delivery.urgent for delivery in sending.claim(timezone.now())] == [True]


def test_batches_follow_each_other(make, green, told, work, monkeypatch, keeping):
    """A batch says whether there may be more, and the next takes the rest."""
    monkeypatch.setattr(sending, "CLAIMED_AT_ONCE", 2)
    told(green, *(make.officer() for _ in range(3)))
    assert work()
    assert not work()
    assert len({message.to[0] for message in mail.outbox}) == 3


def test_the_worker_is_woken_after_the_commit(make, green, django_capture_on_commit_callbacks, keeping):
    """A job waits once the notices are there, one however many told."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from limen.node.notices import tell

    one, other = make.officer(), make.officer()
    with django_capture_on_commit_callbacks(execute=True) as calls, viewing(one.pk):
        for _ in range(2):
            tell([other], "reports", green.reference, "/reports/")
    assert len(calls) == 2
    assert [job.task_name for job in ProcrastinateJob.objects.all()] == ["limen.node.notices.send"]


def test_the_job_sends_and_goes_on(make, green, told, keeping, monkeypatch):
    """The worker's job sends a batch, and puts itself off again while there is more."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from limen.node.notices import tasks

    monkeypatch.setattr(sending, "CLAIMED_AT_ONCE", 1)
    told(green, make.officer(), make.officer())
    with keeping():
        tasks.look(timestamp=0)
    assert len(mail.outbox) == 1
    assert ProcrastinateJob.objects.filter(task_name="limen.node.notices.send").count() == 1


def test_old_notices_go(make, green, told, keeping):
    """After three months, seen or not."""
    from limen.node.notices import tasks

    told(green, make.officer())
    with keeping():
        tasks.tidy(timestamp=int(timezone.now().timestamp()))
        assert Notice.objects.count() == 1
        tasks.tidy(timestamp=int((timezone.now() + datetime.timedelta(days=91)).timestamp()))
        assert not Notice.objects.exists()
