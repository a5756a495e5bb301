// What the tests share: the built tool, and a project folder with a program of the corpus.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { TestContext } from "node:test";

const root = path.resolve(__dirname, "../../../..");

/** The tool under test: FRAGLINT, else what was built. */
export const tool = process.env.FRAGLINT ?? path.join(root, "build/release/bin/fraglint");

const rule = path.join(root, "corpus/rules/del_without_collect");
export const program = fs.readFileSync(path.join(rule, "straight_line.py"), "utf8");
export const mendedProgram = fs.readFileSync(path.join(rule, "straight_line.fixed.py"), "utf8");

/** A folder with `code.py`, gone after the test. */
export function makeProject(context: TestContext): { folder: string; file: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fraglint test "));
  context.after(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, "code.py");
  fs.writeFileSync(file, program);
  return { folder, file };
}
