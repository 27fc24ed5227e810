"""What every process does first: take the settings, the keys, the database and the storage into use."""

from kernel import db, ids, mail, rule_folder, sealing, signing, storage
from kernel.settings import Settings


def boot(settings: Settings) -> None:
    ids.use_key(settings.secret)
    signing.use_key(settings.secret)
    sealing.use_key(settings.secret)
    db.open_database(settings.database_url)
    storage.open_storage(settings.object_store_url)
    mail.use_server(settings.mail_url)
    rule_folder.use_folder(settings.ubl_rules)
