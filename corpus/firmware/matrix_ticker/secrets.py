"""Kept out of the backup."""
secrets = {"ssid": "attic", "password": "not the real one", "token": "0123456789abcdef"}
