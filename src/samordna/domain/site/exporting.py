"""Everything as open documents: one JSON file for each kind of thing, and beside it a JSON Schema that says what it means.

What cannot be of use elsewhere, or would let somebody in, is left out: passwords, keys, sign-ins, and what is worked out
from the rest. What was sealed as a file comes as base64.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Field, ForeignKey, Model
from django.utils import translation

FORMAT = "samordna-export-1"
OURS = "samordna."
LEFT_OUT_MODELS = frozenset({"search.Entry", "organisations.ApiToken", "matters.AnswerLink", "assessments.WaveLink"}) | {
    "assessments.WaveDraft"
}
LEFT_OUT_FIELDS = frozenset({"password", "mail_password", "last_login", "digest_of_secret", "salt"})
KINDS = {
    "BooleanField": "boolean",
    **dict.fromkeys(("IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "SmallIntegerField"), "integer"),
    **dict.fromkeys(("PositiveBigIntegerField", "BigIntegerField", "BigAutoField", "AutoField"), "integer"),
}


def kinds() -> dict[str, type[Model]]:
    """What is exported, by the name of its file."""
    models = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith(OURS)]
    kept = [model for model in models if model._meta.label not in LEFT_OUT_MODELS]
    return {f"{model._meta.app_label}.{model._meta.model_name}": model for model in kept}


def export(folder: Path, at: datetime) -> dict[str, int]:
    """Write everything in the folder; returns how many things of each kind. One reading of one moment."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "schema").mkdir(exist_ok=True)
    counts = {}
    with transaction.atomic(), translation.override("en"):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name, model in kinds().items():
            schema = json.dumps(schema_of(name, model), ensure_ascii=False, indent=1)
            (folder / "schema" / f"{name}.json").write_text(schema, encoding="utf-8")
            counts[name] = _write(folder / f"{name}.json", name, model)
    contents = {"format": FORMAT, "made_at": at.isoformat(), "kinds": counts}
    (folder / "contents.json").write_text(json.dumps(contents, indent=1), encoding="utf-8")
    return counts


def _write(path: Path, name: str, model: type[Model]) -> int:
    number = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"schema": "schema/{name}.json", "items": [')
        for number, row in enumerate(_rows(model), 1):
            file.write(("," if number > 1 else "") + "\n" + json.dumps(row, ensure_ascii=False))
        file.write("\n]}\n")
    return number


def _rows(model: type[Model]) -> Iterator[dict[str, Any]]:
    fields = fields_of(model)
    stored = model._default_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in stored.iterator(chunk_size=2_000):
        yield {field.attname: plain(value) for field, value in zip(fields, row, strict=True)}


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns that are exported."""
    return [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT_FIELDS]


def plain(value: Any) -> Any:
    """A value as JSON has it: days and moments as in ISO 8601, exact numbers as text, bytes as base64."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, Decimal) else value


def schema_of(name: str, model: type[Model]) -> dict[str, Any]:
    """What one thing of this kind looks like, with each field's name in words and what it refers to."""
    fields = fields_of(model)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "description": " ".join((model.__doc__ or "").split()),
        "type": "object",
        "properties": {field.attname: _schema_of_field(field) for field in fields},
        "required": [field.attname for field in fields],
        "additionalProperties": False,
    }


def _schema_of_field(field: Field[Any, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"description": str(field.verbose_name)}
    target: Any = field
    while isinstance(target, ForeignKey):
        said.setdefault("refersTo", f"{target.related_model._meta.app_label}.{target.related_model._meta.model_name}")
        target = target.target_field
    kind = target.get_internal_type()
    if kind == "JSONField":
        return said
    said["type"] = [KINDS.get(kind, "string"), "null"] if field.null else KINDS.get(kind, "string")
    if kind in {"DateField", "DateTimeField"}:
        said["format"] = "date" if kind == "DateField" else "date-time"
    if field.choices and not field.null and not field.blank:
        said["enum"] = [value for value, _label in field.flatchoices]
    return said
