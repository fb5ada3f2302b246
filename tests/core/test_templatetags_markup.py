import json

from coalition.core.templatetags.markup import json_ld, markdown, plain


def test_markdown_becomes_html() -> None:
    assert markdown("Un **mot**") == "<p>Un <strong>mot</strong></p>\n"


def test_scripts_and_unsafe_links_never_come_through() -> None:
    html = markdown('<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror="alert(1)">')
    assert "<script" not in html and 'href="javascript' not in html and "<img" not in html


def test_headings_start_below_the_page_title() -> None:
    assert "<h3>" in markdown("# Titre") and "<h1>" not in markdown("# Titre")
    assert markdown("## Une partie\n\n### Un point", 2) == "<h2>Une partie</h2>\n<h3>Un point</h3>\n"


def test_a_description_for_machines_cannot_end_its_element() -> None:
    script = json_ld({"name": "</script><b>&"})
    assert script.count("</script>") == 1 and "<b>" not in script
    assert json.loads(script.partition(">")[2].removesuffix("</script>")) == {"name": "</script><b>&"}


def test_an_excerpt_has_the_words_without_the_signs() -> None:
    assert plain("**Un** <b>mot</b> & [lien](https://exemple.org/).") == "Un <b>mot</b> & lien."
