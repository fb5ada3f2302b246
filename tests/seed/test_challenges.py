"""The challenges of the demo belong to fictional organisations, and answers to challenges that are there."""

from coalition.seed.content import read


def test_only_fictional_organisations_state_and_answer_challenges() -> None:
    fictional = {entry["slug"] for entry in read("organisations")["organisation"] if entry["fictional"]}
    content = read("challenges")
    assert {one["organisation"] for kind in ("challenge", "response") for one in content[kind]} <= fictional
    keys = {one["key"]: one for one in content["challenge"]}
    assert all(one["organisation"] != keys[one["challenge"]]["organisation"] for one in content["response"])


def test_three_are_open_one_of_them_for_three_days_one_is_concluded_and_one_is_a_draft() -> None:
    challenges = read("challenges")["challenge"]
    running = [one for one in challenges if not one.get("draft") and "outcome" not in one]
    assert len(running) == 3
    assert 3 in [one.get("closes_in") for one in running]
    assert len([one for one in challenges if "outcome" in one]) == 1
    assert len([one for one in challenges if one.get("draft")]) == 1
    assert {one["language"] for one in challenges} == {"fr", "en"}
