"""Spread trading: two instruments traded as one."""
