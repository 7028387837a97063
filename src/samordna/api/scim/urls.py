"""Addresses of SCIM."""

from __future__ import annotations

from django.urls import path

from samordna.api.scim import discovery, groups, users
from samordna.api.scim.answers import GROUP, USER
from samordna.api.scim.door import door

NONE = {"get": discovery.unsupported, "post": discovery.unsupported}

urlpatterns = [
    path("Users", door(get=users.list_users, post=users.make_user), name="scim_users"),
    path(
        "Users/<str:person_id>",
        door(get=users.read_user, put=users.replace_user, patch=users.patch_user, delete=users.let_user_go),
        name="scim_user",
    ),
    path("Groups", door(get=groups.list_groups, post=groups.no_such_thing), name="scim_groups"),
    path(
        "Groups/<str:role_id>",
        door(get=groups.read_group, put=groups.replace_group, patch=groups.patch_group, delete=groups.no_such_thing),
        name="scim_group",
    ),
    path("ServiceProviderConfig", door(get=discovery.configuration), name="scim_configuration"),
    path("ResourceTypes", door(get=discovery.resource_types), name="scim_resource_types"),
    path("ResourceTypes/User", door(get=discovery.user_type), name="scim_user_type"),
    path("ResourceTypes/Group", door(get=discovery.group_type), name="scim_group_type"),
    path("Schemas", door(get=discovery.schemas), name="scim_schemas"),
    path(f"Schemas/{USER}", door(get=discovery.user_schema), name="scim_user_schema"),
    path(f"Schemas/{GROUP}", door(get=discovery.group_schema), name="scim_group_schema"),
    path("Me", door(**NONE), name="scim_me"),
    path("Bulk", door(**NONE), name="scim_bulk"),
]
