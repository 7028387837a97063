"""What HSDS 3 says of its objects, as facts: which fields each has, of which kind, and which of them have to be there.

Names and kinds of every object that a service refers to, to any depth, as in version 3.2 of the specification (Open
Referral, openreferral/specification, `schema/`). A field that is not named here is somebody's own and may hold anything.

What is asked differs from the specification's JSON schemas in three ways, all of them stated here. An empty value (null,
or "" where the field has a form of its own) is read as not said, since many systems write one, and left out when the
record goes out. `assured_date` is to begin with a day, as in the specification's tables: in JSON it is any text, and a day
that cannot be read would make what is old look fresh. And a service has a name with something in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from samordna.domain.knowledge.limits import MOST_SAID

Record = Mapping[str, Any]
STATUSES = ("active", "inactive", "defunct", "temporarily closed")
WHERE = ("physical", "postal", "virtual")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("WEEKLY", "MONTHLY")
UUID_FORM = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
ADDRESS_FORM = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
EMAIL_FORM = re.compile(r"[^@\s]+@[^@\s]+")
ZONE_FORM = r"Z|[+-]([01]\d|2[0-3]):[0-5]\d"
MOMENT_FORM = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}T\d{{2}}:\d{{2}}:\d{{2}})(\.\d+)?({ZONE_FORM})", re.IGNORECASE)
DATE_START = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Field:
    """What a field holds. `form`: text, number, uuid, uri, email, date-time, day; object and list of the object `of`;
    `one_of` the words that a text may be."""

    form: str
    of: str = ""
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: its fields by name, and those that have to be there."""

    fields: Mapping[str, Field]
    required: tuple[str, ...]


DESCRIBED = "attributes:attribute metadata:metadata"


def _shape(
    required: str,
    *,
    texts: str = "",
    numbers: str = "",
    ids: str = "",
    addresses: str = "",
    emails: str = "",
    other: Mapping[str, Field] | None = None,
    objects: str = "",
    lists: str = DESCRIBED,
) -> Shape:
    """Names by form; of objects and lists `name:object`. Most have attributes and metadata, and many nothing else."""
    forms = {"text": texts, "number": numbers, "uuid": f"id {ids}", "uri": addresses, "email": emails}
    fields = {name: Field(form) for form, names in forms.items() for name in names.split()}
    fields |= dict(other or {})
    for form, pairs in (("object", objects), ("list", lists)):
        fields |= {name: Field(form, of) for name, of in (pair.split(":") for pair in pairs.split())}
    return Shape(fields, tuple(required.split()))


SHAPES: dict[str, Shape] = {
    "service": _shape(
        "id name status",
        texts="name alternate_name description interpretation_services application_process fees_description wait_time fees"
        " accreditations eligibility_description licenses alert",
        numbers="minimum_age maximum_age",
        ids="organization_id program_id",
        addresses="url",
        emails="email assurer_email",
        other={
            "status": Field("text", one_of=STATUSES),
            "assured_date": Field("day"),
            "last_modified": Field("date-time"),
        },
        objects="organization:organization program:program",
        lists=DESCRIBED + " additional_urls:url phones:phone schedules:schedule service_areas:service_area"
        " service_at_locations:service_at_location languages:language funding:funding"
        " cost_options:cost_option required_documents:required_document contacts:contact"
        " capacities:service_capacity",
    ),
    "organization": _shape(
        "id name description",
        texts="name alternate_name description tax_status tax_id legal_status logo",
        numbers="year_incorporated",
        ids="parent_organization_id",
        addresses="website uri",
        emails="email",
        lists=DESCRIBED + " additional_websites:url funding:funding contacts:contact phones:phone locations:location"
        " programs:program organization_identifiers:organization_identifier",
    ),
    "program": _shape("id name description", texts="name alternate_name description", ids="organization_id"),
    "service_at_location": _shape(
        "id",
        texts="description",
        ids="service_id location_id",
        objects="location:location",
        lists=DESCRIBED + " service_areas:service_area contacts:contact phones:phone schedules:schedule",
    ),
    "location": _shape(
        "id location_type",
        texts="name alternate_name description transportation external_identifier external_identifier_type",
        numbers="latitude longitude",
        ids="organization_id",
        addresses="url",
        other={"location_type": Field("text", one_of=WHERE)},
        lists=DESCRIBED + " languages:language addresses:address contacts:contact accessibility:accessibility phones:phone"
        " schedules:schedule",
    ),
    "address": _shape(
        "id address_1 city state_province postal_code country address_type",
        texts="attention address_1 address_2 city region state_province postal_code country",
        ids="location_id",
        other={"address_type": Field("text", one_of=WHERE)},
    ),
    "accessibility": _shape("id", texts="description details", ids="location_id", addresses="url"),
    "contact": _shape(
        "id",
        texts="name title department",
        ids="organization_id service_id service_at_location_id location_id",
        emails="email",
        lists=DESCRIBED + " phones:phone",
    ),
    "phone": _shape(
        "id number",
        texts="number type description",
        numbers="extension",
        ids="location_id service_id organization_id contact_id service_at_location_id",
        lists=DESCRIBED + " languages:language",
    ),
    "schedule": _shape(
        "id",
        texts="valid_from valid_to dtstart until byday byweekno bymonthday byyearday description opens_at closes_at"
        " attending_type notes",
        numbers="timezone count interval",
        ids="service_id location_id service_at_location_id",
        addresses="schedule_link",
        other={"wkst": Field("text", one_of=WEEKDAYS), "freq": Field("text", one_of=FREQUENCIES)},
    ),
    "language": _shape("id", texts="name code note", ids="service_id location_id phone_id"),
    "service_area": _shape("id", texts="name description extent extent_type uri", ids="service_id service_at_location_id"),
    "funding": _shape("id", texts="source", ids="organization_id service_id"),
    "cost_option": _shape(
        "id", texts="valid_from valid_to option currency amount_description", numbers="amount", ids="service_id"
    ),
    "required_document": _shape("id", texts="document", ids="service_id", addresses="uri"),
    "service_capacity": _shape(
        "id unit available updated",
        texts="description",
        numbers="available maximum",
        ids="service_id unit_id",
        other={"updated": Field("date-time")},
        objects="unit:unit",
    ),
    "unit": _shape("id name", texts="name scheme identifier", addresses="uri"),
    "url": _shape("id url", texts="label", ids="organization_id service_id", addresses="url"),
    "organization_identifier": _shape(
        "id identifier_type identifier", texts="identifier_scheme identifier_type identifier", ids="organization_id"
    ),
    "attribute": _shape(
        "id",
        texts="link_type link_entity value label",
        ids="link_id taxonomy_term_id",
        objects="taxonomy_term:taxonomy_term",
        lists="metadata:metadata",
    ),
    "taxonomy_term": _shape(
        "id name description",
        texts="code name description taxonomy language",
        ids="parent_id taxonomy_id",
        addresses="term_uri",
        objects="taxonomy_detail:taxonomy",
        lists="metadata:metadata",
    ),
    "taxonomy": _shape(
        "id name description",
        texts="name description version",
        addresses="uri",
        lists="metadata:metadata",
    ),
    "metadata": _shape(
        "id last_action_date last_action_type field_name previous_value replacement_value updated_by",
        texts="resource_type last_action_date last_action_type field_name previous_value replacement_value updated_by",
        ids="resource_id",
        lists="",
    ),
}


def wrong_in(record: Record, of: str = "service") -> list[str]:
    """What is wrong with an object and all within it, as sentences that name the field, the first `MOST_SAID` of them."""
    said = list(islice(_wrong(record, SHAPES[of], ""), MOST_SAID + 1))
    return [*said[:MOST_SAID], _("There is more that is wrong.")] if len(said) > MOST_SAID else said


def _wrong(record: Record, shape: Shape, place: str) -> Iterator[str]:
    for name in shape.required:
        if is_empty(record.get(name), shape.fields[name]):
            yield _("%(field)s is missing.") % {"field": place + name}
    for name, field in shape.fields.items():
        value = record.get(name)
        if not is_empty(value, field):
            yield from _wrong_value(value, field, place + name)


def _wrong_value(value: Any, field: Field, place: str) -> Iterator[str]:
    if field.form == "list":
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            for number, one in enumerate(value):
                yield from _wrong(one, SHAPES[field.of], f"{place}[{number}].")
        else:
            yield _("%(field)s is to be a list of objects.") % {"field": place}
    elif field.form == "object":
        if isinstance(value, dict):
            yield from _wrong(value, SHAPES[field.of], f"{place}.")
        else:
            yield _("%(field)s is to be an object.") % {"field": place}
    elif field.form == "number":
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            yield _("%(field)s is to be a number.") % {"field": place}
    elif not isinstance(value, str):
        yield _("%(field)s is to be text.") % {"field": place}
    else:
        yield from _wrong_text(value, field, place)


def _wrong_text(text: str, field: Field, place: str) -> Iterator[str]:
    about = {"field": place, "words": ", ".join(field.one_of)}
    if field.one_of and text not in field.one_of:
        yield _("%(field)s is to be one of %(words)s.") % about
    elif field.form == "uuid" and not UUID_FORM.fullmatch(text):
        yield _("%(field)s is to be a UUID, such as ac148810-d857-441c-9679-408f346de14b.") % about
    elif field.form == "uri" and not ADDRESS_FORM.fullmatch(text):
        yield _("%(field)s is to be a whole web address, such as https://www.example.se/.") % about
    elif field.form == "email" and not EMAIL_FORM.fullmatch(text):
        yield _("%(field)s is to be an e-mail address, such as info@example.se.") % about
    elif field.form == "date-time" and not _is_moment(text):
        yield _("%(field)s is to be a day and a time with its zone, such as 2026-05-01T08:00:00Z.") % about
    elif field.form == "day" and day_of(text) is None:
        yield _("%(field)s is to be a day, such as 2026-05-01.") % about


def _is_moment(text: str) -> bool:
    found = MOMENT_FORM.fullmatch(text)
    try:
        return bool(found and datetime.fromisoformat(found[1]))
    except ValueError:
        return False


def day_of(text: str | None) -> date | None:
    """The day that a text begins with, where it begins with one."""
    found = DATE_START.match(text or "")
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def is_empty(value: Any, field: Field) -> bool:
    """Is nothing said? An empty text is said where any text is; it is none of what has a form of its own."""
    return value is None or (value == "" and (field.form != "text" or bool(field.one_of)))


def what_is_said(record: Record, of: str = "service") -> dict[str, Any]:
    """The object and all within it without the empty values that the specification has no room for."""
    shape, said = SHAPES[of], {}
    for name, value in record.items():
        field = shape.fields.get(name)
        if field is None:
            said[name] = value
        elif field.form == "list" and isinstance(value, list):
            said[name] = [what_is_said(one, field.of) if isinstance(one, dict) else one for one in value]
        elif field.form == "object" and isinstance(value, dict):
            said[name] = what_is_said(value, field.of)
        elif not is_empty(value, field):
            said[name] = value
    return said
