"""Streams under load: a server that sends more than any client can take, and every client measured in a process of its
own against it.
"""
