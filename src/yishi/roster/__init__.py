"""Who holds which post in which unit, from when until when (名册): frozen values, pure."""
