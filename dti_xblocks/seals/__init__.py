"""Keys and signatures: what makes a record stand up without the server.

`keys` and `file` know no Django: `dti-verify` checks a file with them alone. `site` finds this installation's keys.
"""
