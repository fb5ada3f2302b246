"""The questions asked of who writes."""

from coalition.contact.forms import MessageForm


def test_the_agreement_is_asked_in_the_words_that_are_kept() -> None:
    assert "effacés après un an" in str(MessageForm().fields["agree"].label)
