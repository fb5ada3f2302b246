from coalition.notifications.models import Event
from principles.actions import accept_amendment, set_phases
from principles.models import Amendment
from principles.tasks import follow_the_charter
from tests.principles.conftest import MOTIVE, NOW, World


def test_the_worker_tells_of_a_phase_and_finishes_what_an_acceptance_left(world: World) -> None:
    amendment = world.opened("guichet")
    accept_amendment(actor=world.organiser, amendment=world.opened(), motive=MOTIVE, now=NOW)
    Amendment.objects.filter(pk=amendment.pk).update(base_version=world.first)
    dates = {"amendments_from": NOW.replace(year=2020), "deliberation_from": None, "adopted_from": None}
    set_phases(actor=world.organiser, charter=world.charter, now=NOW, **dates)
    follow_the_charter()
    follow_the_charter()
    assert Amendment.objects.get(pk=amendment.pk).base_version.number == 2
    assert Event.objects.filter(kind="charter.phase").count() == 1
