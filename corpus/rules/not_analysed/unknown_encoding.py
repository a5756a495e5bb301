# coding: klingon  # expect: "klingon"
import board
