"""Setting the site up, looking after it, and noting its backups."""

from samordna.domain.site.operations.keeping import change_mail, change_site, hand_site_over, note_backup, try_mail
from samordna.domain.site.operations.setting_up import set_site_up

__all__ = ["change_mail", "change_site", "hand_site_over", "note_backup", "set_site_up", "try_mail"]
