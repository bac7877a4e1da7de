"""What several pages say in the same words."""

from django.utils.translation import gettext_lazy as _

REFUSED = _("You cannot sign in this way. Ask the administrator of your agency.")
"""To unknown and to deactivated officers alike."""
