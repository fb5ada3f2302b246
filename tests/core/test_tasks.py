"""What the worker does every night."""

import pytest

from coalition.core.models import PurgeRun
from coalition.core.privacy import purge_steps
from coalition.core.tasks import purge_personal_data


@pytest.mark.django_db
def test_the_night_runs_every_step_and_says_so() -> None:
    purge_personal_data()
    assert {run.step for run in PurgeRun.objects.all()} == {step.name for step in purge_steps()}
