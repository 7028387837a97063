"""SCIM 2.0 (RFC 7643, RFC 7644): an organisation's own register tells who its people are and which roles they hold.

The smallest honest mapping. A *User* is a person as this organisation knows it: `userName` is the e-mail address, which
names the person and is therefore never changed from here; `active` is whether the person is there. A *Group* is a role of
the organisation: its members are those who hold it ordinarily today; a member who is added is given the role, one who is
taken away leaves it. Roles themselves are opened and closed in Samordna, where what rests on them is seen. Nothing is
erased: deleting a User lets go of it, and what the person did stays. The caller is a key of somebody who administers the
organisation.
"""
