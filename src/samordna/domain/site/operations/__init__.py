"""Setting the site up, looking after it, noting its backups, and erasing what was decided to be erased."""

from samordna.domain.site.operations.erasing import erase_entry
from samordna.domain.site.operations.keeping import change_mail, change_site, hand_site_over, note_backup, try_mail
from samordna.domain.site.operations.setting_up import set_site_up

__all__ = ["change_mail", "change_site", "erase_entry", "hand_site_over", "note_backup", "set_site_up", "try_mail"]
