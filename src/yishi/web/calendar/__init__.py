"""A month at a glance: meetings, the days that the rules name, what is due, days of rest."""
