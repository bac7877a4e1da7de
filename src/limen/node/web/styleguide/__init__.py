"""Every component with invented data, for those who build pages: `/styleguide/`, with DEBUG only."""

from limen.node.web.styleguide.views import urlpatterns

__all__ = ["urlpatterns"]
