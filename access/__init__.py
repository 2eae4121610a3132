"""Who may see what: accounts, sessions, roles, limits and the audit trail."""
