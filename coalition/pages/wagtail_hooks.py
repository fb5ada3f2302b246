"""What the admin shows of the whole site."""

from wagtail import hooks

from coalition.pages.viewsets import QueueReportViewSet


@hooks.register("register_admin_viewset")
def desk_report() -> QueueReportViewSet:
    """The queue as a report."""
    return QueueReportViewSet()
