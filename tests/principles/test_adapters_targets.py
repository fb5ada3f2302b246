from coalition.core.following import readable_target
from tests.principles.conftest import World


def test_the_charter_is_followed_as_a_whole_and_article_by_article(world: World) -> None:
    slug = world.charter.slug
    whole = readable_target(None, "charter", slug)
    assert whole is not None
    assert whole.url == world.charter.get_absolute_url()
    article = readable_target(None, "article", f"{slug}.guichet")
    assert article is not None
    assert "#guichet" in article.url
    assert readable_target(None, "charter", "autre") is None
