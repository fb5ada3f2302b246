import io

from django.core.management import call_command


def test_the_api_describes_itself_without_a_warning() -> None:
    """Every endpoint has a name, a type for each field, and a valid OpenAPI document."""
    written = io.StringIO()
    call_command("spectacular", "--urlconf", "coalition.api", "--fail-on-warn", "--validate", stdout=written)
    assert "/api/v1/cases/" in written.getvalue()
