"""Opening a backup: is it whole, and putting it back in an empty place."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from samordna.core.errors import Invalid, Refused
from samordna.core.verification import verify
from samordna.domain.organisations.queries import is_empty
from samordna.domain.site.archive import DATABASE, FILES, FORMAT, KEYS, MANIFEST, TABLES, columns_of, digest_of, tables


def unpack(path: Path, place: Path) -> dict[str, Any]:
    """Unpack a backup into an empty folder and compare every file with the manifest, which is returned.

    Raises `Invalid` with what is wrong. Nothing outside the folder is ever written, whatever the file says.
    """
    try:
        with tarfile.open(path, mode="r:") as archive:
            for member in archive:
                if not member.isfile() or ".." in PurePosixPath(member.name).parts or member.name.startswith("/"):
                    raise Invalid({"": _("%(name)s does not belong in a backup.") % {"name": member.name[:80]}})
                archive.extract(member, place, filter="data")
        manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text())
    except (OSError, tarfile.TarError, ValueError) as error:
        raise Invalid({"": _("%(file)s is not a whole backup.") % {"file": path.name}}) from error
    if manifest.get("format") != FORMAT:
        raise Invalid({"": _("%(file)s is not a backup of this program.") % {"file": path.name}})
    for name, said in manifest["files"].items():
        if not (place / name).is_file() or digest_of(place / name) != said["sha256"]:
            raise Invalid({"": _("%(name)s in the backup is missing or has been changed.") % {"name": name}})
    return manifest


def restore(path: Path) -> dict[str, Any]:
    """Put a backup back where nothing is, bring it up to this version, and compare it with what was kept.

    Raises `Refused` where something is already, and `Invalid` for a backup that is not whole or does not come back as it
    was. Returns the manifest.
    """
    with TemporaryDirectory(prefix="samordna-restore-") as unpacked:
        place = Path(unpacked)
        manifest = unpack(path, place)
        if manifest["database"] != connection.vendor:
            known = {"theirs": manifest["database"], "ours": connection.vendor}
            raise Refused(_("The backup is of a %(theirs)s database; this site has %(ours)s.") % known)
        _refuse_unless_empty()
        _put_files_back(place)
        if manifest["database"] == "sqlite":
            _put_sqlite_back(place / DATABASE)
        else:
            _put_rows_back(place, manifest)
    _compare(manifest)
    call_command("migrate", verbosity=0)
    return manifest


def _refuse_unless_empty() -> None:
    data = Path(settings.DATA)
    there = [name for name in (KEYS[0],) if (data / name).exists()]
    database = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        if Path(str(database)).exists():
            there.append(Path(str(database)).name)
    elif "organisations_person" in connection.introspection.table_names() and not is_empty():
        there.append(str(database))
    if there:
        names = ", ".join(there)
        raise Refused(
            _("There is something already: %(names)s. A backup is restored into an empty place.") % {"names": names}
        )


def _put_files_back(place: Path) -> None:
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    for name in KEYS:
        if (place / name).exists():
            target = Path(settings.SIGNING_KEY) if name == KEYS[0] else data / name
            shutil.copyfile(place / name, target)
            os.chmod(target, 0o600)
    if (place / FILES).is_dir():
        shutil.copytree(place / FILES, data / FILES, dirs_exist_ok=True)


def _put_sqlite_back(copy: Path) -> None:
    connections.close_all()
    target = Path(str(connection.settings_dict["NAME"]))
    draft = target.with_suffix(".restoring")
    shutil.copyfile(copy, draft)
    os.chmod(draft, 0o600)
    os.replace(draft, target)


def _put_rows_back(place: Path, manifest: dict[str, Any]) -> None:
    """The tables of the version that was kept, its rows in one transaction, and the counters after them."""
    _migrate_as_then(manifest["migrations"])
    kept = [name for name in tables() if (place / TABLES / name).exists()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, kept))} CASCADE")
        for name in kept:
            with (place / TABLES / name).open("rb") as file, cursor.copy(f"COPY {columns_of(name)} FROM STDIN") as rows:
                while piece := file.read(2**20):
                    rows.write(piece)
        for statement in connection.ops.sequence_reset_sql(no_style(), [tables()[name] for name in kept]):
            cursor.execute(statement)


def _migrate_as_then(applied: list[str]) -> None:
    """The tables as they were: rows are put back in the columns that this version knows, so it must be the same."""
    executor = MigrationExecutor(connection)
    ours = {f"{app}.{name}" for app, name in executor.loader.graph.nodes}
    if set(applied) != ours:
        raise Refused(_("Restore this backup with the version that made it, and upgrade afterwards."))
    executor.migrate(executor.loader.graph.leaf_nodes())


def _compare(manifest: dict[str, Any]) -> None:
    report = verify()
    if not report.holds or report.root != manifest["journal"]["root"]:
        faults = " ".join(fault.sentence for fault in report.faults[:5])
        raise Invalid({"": _("The journal did not come back as it was. %(faults)s") % {"faults": faults}})
    for name, model in tables().items():
        rows, found = manifest["rows"].get(name), 0 if name not in manifest["rows"] else model._default_manager.count()
        if rows is not None and found != rows:
            said = {"table": name, "found": found, "rows": rows}
            raise Invalid({"": _("%(table)s has %(found)s rows after restoring; there were %(rows)s.") % said})
