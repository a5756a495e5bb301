# coding: latin-1
import board

name = "café"
