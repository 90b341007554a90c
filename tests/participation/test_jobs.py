"""The minute tick: each work by itself, then the letters."""

from dataclasses import replace

from sqlmodel import select

from participation import jobs
from participation.accounts import services
from participation.accounts.models import Account, LoginSession
from participation.core.mail import FileMailer, Letter, MemoryMailer, SmtpMailer, post
from participation.settings import read_settings
from tests.participation.people import MORNING, make_person


def a_letter() -> Letter:
    return Letter(recipient="a@example.id", subject="s", body="b", written_at=MORNING)


def test_a_tick_sweeps_and_sends_letters(app, session, clock):
    actor = make_person(session)
    services.start_session(session, actor, "x", MORNING)
    post(session, a_letter())
    session.commit()
    clock.move(days=60)
    mailer = MemoryMailer()
    jobs.tick(app, mailer)
    assert [letter.recipient for letter in mailer.sent] == ["a@example.id"]
    assert session.exec(select(LoginSession)).all() == []


def test_a_work_that_fails_is_logged_and_hinders_no_other(app, session, monkeypatch, capsys):
    def broken(_session, _now):
        raise ZeroDivisionError

    last = jobs.FEATURES[-1]
    monkeypatch.setattr(jobs, "FEATURES", (replace(last, ticks=(broken, *last.ticks)),))
    post(session, a_letter())
    session.commit()
    mailer = MemoryMailer()
    jobs.tick(app, mailer)
    assert len(mailer.sent) == 1
    assert "tick-failed" in capsys.readouterr().out


def test_what_a_failed_work_changed_is_rolled_back(app, session, monkeypatch):
    def half(opened, _now):
        make_person(opened)
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "FEATURES", (replace(jobs.FEATURES[-1], ticks=(half,)),))
    jobs.tick(app, MemoryMailer())
    assert session.exec(select(Account)).all() == []


def test_letters_go_to_files_unless_a_mail_server_is_set(tmp_path):
    assert isinstance(jobs.make_mailer(read_settings(var=tmp_path)), FileMailer)
    named = read_settings(var=tmp_path, mail_host="mail.example.id")
    assert isinstance(jobs.make_mailer(named), SmtpMailer)


def test_the_queue_knows_one_job_for_each_minute(app, tmp_path):
    queue = jobs.make_queue(app, read_settings(var=tmp_path))
    assert len(queue.read_periodic(MORNING.replace(tzinfo=None))) == 1
    queue.storage.close()
