"""A job runs in the background, tells how far it is, can be stopped, and always ends."""

import threading

import pytest

from assistant.errors import CorpusError, IngestBusyError
from assistant.jobs import Job, Jobs, State


def test_a_job_ends_with_its_result():
    jobs = Jobs()
    jobs.start("menghitung", lambda reporter: 42)
    job = jobs.wait(5)
    assert (job.state, job.result, job.title) == (State.DONE, 42, "menghitung")


def test_how_far_a_running_job_is_can_be_seen():
    jobs, reached, go_on = Jobs(), threading.Event(), threading.Event()

    def work(reporter):
        reporter.progress("vektor", 3, 12)
        reached.set()
        go_on.wait(5)

    jobs.start("x", work)
    reached.wait(5)
    job = jobs.current()
    assert (job.state, job.stage, job.done, job.total) == (State.RUNNING, "vektor", 3, 12)
    go_on.set()
    jobs.wait(5)


def test_the_time_left_follows_from_the_pace_of_the_stage():
    assert Job("x", stage="vektor", done=20, total=80, stage_seconds=10).left == 30
    assert Job("x", stage="vektor", done=0, total=80, stage_seconds=10).left is None


def test_a_second_job_is_refused_while_one_runs_and_names_it():
    jobs, go_on = Jobs(), threading.Event()
    jobs.start("menerbitkan Juknis", lambda reporter: go_on.wait(5))
    with pytest.raises(IngestBusyError, match="menerbitkan Juknis"):
        jobs.start("lain", lambda reporter: None)
    go_on.set()
    jobs.wait(5)
    jobs.start("lain", lambda reporter: None)
    assert jobs.wait(5).title == "lain"


def test_a_stopped_job_ends_at_its_next_report():
    jobs, reached, go_on, later = Jobs(), threading.Event(), threading.Event(), []

    def work(reporter):
        reached.set()
        go_on.wait(5)
        reporter.step("vectors")
        later.append("went on")

    jobs.start("x", work)
    reached.wait(5)
    jobs.cancel()
    go_on.set()
    assert jobs.wait(5).state is State.CANCELLED
    assert later == []


def test_an_expected_error_is_the_reason():
    jobs = Jobs()

    def work(reporter):
        raise CorpusError("Folder korpus tidak ada.")

    jobs.start("x", work)
    assert (jobs.wait(5).state, jobs.current().reason) == (State.FAILED, "Folder korpus tidak ada.")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_ends_the_job_too_and_the_next_one_can_start():
    jobs = Jobs()
    jobs.start("x", lambda reporter: 1 / 0)
    assert jobs.wait(5).state is State.FAILED
    jobs.start("y", lambda reporter: 1)
    assert jobs.wait(5).state is State.DONE
