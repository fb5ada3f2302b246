"""Not more mail a minute to one domain than it takes well."""
