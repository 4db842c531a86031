"""Tests of the streams of Bitget V3."""
