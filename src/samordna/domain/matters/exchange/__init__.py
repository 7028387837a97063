"""Positions as files: what a spreadsheet, a table or a JSON document says, and what is wrong with it, row by row.

A file holds *drafts*, one per participant. Nothing here knows a database; `operations.importing` keeps what is right, and
no draft is an answer before somebody who may answer for the participant sends it in.
"""
