# Not firmware: what is wrong with it is for other tools to say.
import argparse
import subprocess

x = = 1
