import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { statusWords } from "../src/heap_status";
import { askHeap, programOf, toolCommand } from "../src/tool";
import { makeProject, tool } from "./project";

test("the command: the setting before the carried file before the PATH", (context) => {
  const { folder } = makeProject(context);
  assert.equal(toolCommand("/opt/fraglint", folder), "/opt/fraglint");
  assert.equal(toolCommand("", folder), "fraglint");
  fs.mkdirSync(path.join(folder, "bin"));
  fs.writeFileSync(path.join(folder, "bin", "fraglint"), "");
  assert.equal(toolCommand("", folder), path.join(folder, "bin", "fraglint"));
});

test("the program of a library file is the code.py above it, but none outside the folder that is open", (context) => {
  const { folder, file } = makeProject(context);
  const helper = path.join(folder, "lib", "helper.py");
  assert.equal(programOf(helper, folder), file);
  assert.equal(programOf(helper, path.join(folder, "lib")), helper);
  assert.equal(programOf(file, folder), file);
});

test("the tool's answer fits into the status bar", async (context) => {
  const { file } = makeProject(context);
  const answer = await askHeap({ command: tool, program: file, target: "raspberry_pi_pico", format: "json" });
  assert.match(statusWords(JSON.parse(answer)).text, /^raspberry_pi_pico \d+\.\d KB$/);
});

test("the report is a page", async (context) => {
  const { file } = makeProject(context);
  const page = await askHeap({ command: tool, program: file, target: "", format: "html" });
  assert.match(page, /^<!DOCTYPE html>/);
});

test("what the tool complains of is told", async (context) => {
  const { file } = makeProject(context);
  await assert.rejects(askHeap({ command: tool, program: file, target: "no_such_board", format: "json" }), /no_such_board/);
});
