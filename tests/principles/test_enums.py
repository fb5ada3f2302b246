from principles.enums import AMENDMENT_MOVES, CLOSED, DECIDED, AmendmentState, Outcome, sources_of


def test_every_state_has_its_moves_and_every_move_leads_to_a_state() -> None:
    assert set(AMENDMENT_MOVES) == set(AmendmentState.values)
    assert {target for targets in AMENDMENT_MOVES.values() for target in targets} <= set(AmendmentState.values)


def test_closed_states_lead_nowhere_and_the_others_somewhere() -> None:
    assert {state for state, targets in AMENDMENT_MOVES.items() if not targets} == set(CLOSED)


def test_only_an_open_amendment_is_decided_or_withdrawn() -> None:
    assert all(sources_of(state) == [AmendmentState.OPEN] for state in DECIDED)
    assert sources_of(AmendmentState.WITHDRAWN) == [AmendmentState.SUBMITTED, AmendmentState.OPEN]
    assert sources_of(AmendmentState.OPEN) == [AmendmentState.DRAFT, AmendmentState.SUBMITTED]


def test_the_outcomes_of_decisions_are_the_decided_states() -> None:
    assert set(Outcome.values) == {str(state.value) for state in DECIDED}
