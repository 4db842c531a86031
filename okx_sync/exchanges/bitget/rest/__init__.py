"""The one REST path of Bitget that its streams need: the exchange's time."""
