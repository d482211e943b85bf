"""The application over an archive: pages for people, a JSON API for programs, work in the background; on this machine.

``application`` makes the ASGI application, ``serve`` runs it. Every page can be read and used without JavaScript.
"""
