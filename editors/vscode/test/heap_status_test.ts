import assert from "node:assert/strict";
import { test } from "node:test";
import { HeapReport, statusWords } from "../src/heap_status";

const report: HeapReport = {
  target: { name: "circuitpython/raspberry_pi_pico", heap: { lo: 163840, hi: 194560 } },
  peak_live: { lo: 16544, hi: 16896, line: 5 },
  peak_contiguous: { lo: 16384, hi: 16384, line: 5 },
  verdict: "at-risk",
  verdict_reason: "where its holes will lie is not known",
};

test("board and peak demand", () => {
  const words = statusWords(report);
  assert.equal(words.text, "raspberry_pi_pico 16.5 KB");
  assert.equal(words.isWarning, false);
  assert.deepEqual(words.tooltip.split("\n"), [
    "circuitpython/raspberry_pi_pico, heap 163,840 to 194,560 bytes",
    "most in use: 16,544 to 16,896 bytes",
    "largest run asked for: 16,384 bytes in line 5",
    "at-risk: where its holes will lie is not known",
  ]);
});

test("what has no upper bound is said to be at least that", () => {
  const words = statusWords({ ...report, peak_live: { lo: 20480, hi: null } });
  assert.equal(words.text, "raspberry_pi_pico ≥ 20.0 KB");
  assert.match(words.tooltip, /most in use: at least 20,480 bytes/);
});

test("a program that will fail stands out", () => {
  assert.equal(statusWords({ ...report, verdict: "will-fail" }).isWarning, true);
});
