"""Programmes for affiliates, brokers and market makers; services for agent tools."""
