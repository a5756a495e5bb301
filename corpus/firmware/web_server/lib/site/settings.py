ROOT = "/www"
BLOCK = 1024
