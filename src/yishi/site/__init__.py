"""The site as a whole: settings from the environment, root urls, the WSGI application."""
