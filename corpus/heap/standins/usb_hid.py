"""Devices of a USB host: one, which nothing is sent to."""

devices = ("keyboard",)
