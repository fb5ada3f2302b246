from coalition.seed.content import bilingual, cases, read, text


def test_there_are_enough_cases_from_both_continents_and_each_names_its_public_source() -> None:
    found = cases()
    assert len(found) >= 20
    assert all(case["source_url"].startswith("http") and case["source_title"] for case in found)
    african = {"CD", "CM", "KE", "TZ", "SN", "TG", "ML", "RW", "ZA", "TN", "MZ", "GH", "SL", "UG", "CI", "MG", "ET"}
    assert {case["country"] in african for case in found} == {True, False}


def test_failures_are_told_with_their_reason() -> None:
    stopped = [case for case in cases() if case["stage"] == "stopped"]
    assert len(stopped) >= 5
    assert all(text(case, "stage_reason", "fr") and text(case, "lessons", "fr") for case in stopped)


def test_a_third_of_the_cases_is_whole_in_english() -> None:
    translated = [case for case in cases() if text(case, "title", "en")]
    assert len(translated) * 3 >= len(cases())
    for case in translated:
        for name in ("summary", "context", "tried", "lessons"):
            assert bool(text(case, name, "en")) == bool(text(case, name, "fr")), (case["slug"], name)


def test_every_case_belongs_to_an_organisation_of_the_content() -> None:
    known = {entry["slug"] for entry in read("organisations")["organisation"]}
    assert {case["organisation"] for case in cases()} <= known


def test_only_fictional_organisations_sign_and_amend() -> None:
    fictional = {entry["slug"] for entry in read("organisations")["organisation"] if entry["fictional"]}
    signing = {entry["organisation"] for entry in read("organisations")["cosponsorship"]}
    amending = {entry["organisation"] for kind in ("amendment", "position") for entry in read("charter")[kind]}
    later = {entry["organisation"] for kind in ("answer", "renewal", "adoption") for entry in read("charter")[kind]}
    assert signing and amending and later
    assert signing | amending | later <= fictional


def test_the_charter_has_at_least_seven_articles_in_both_languages() -> None:
    articles = read("charter")["article"]
    assert len(articles) >= 7
    assert all(all(bilingual(article, "title", "text").values()) for article in articles)


def test_texts_end_where_their_words_end() -> None:
    assert not text(read("charter"), "preamble", "fr").endswith("\n")
