// The command-line tool: where it is, and what it foretells of a program.

import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

/** The command to run: what the setting names, else the file that the extension carries, else what the PATH has. */
export function toolCommand(setting: string, extensionFolder: string): string {
  if (setting !== "") return setting;
  const carried = path.join(extensionFolder, "bin", process.platform === "win32" ? "fraglint.exe" : "fraglint");
  return fs.existsSync(carried) ? carried : "fraglint";
}

/** The file that the board runs: the nearest `code.py` or `main.py` from the file's folder up to `top`, else the file itself. */
export function programOf(file: string, top: string): string {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    for (const name of ["code.py", "main.py"]) {
      const candidate = path.join(folder, name);
      if (fs.existsSync(candidate)) return candidate;
    }
    const isInside = folder !== top && folder.startsWith(top);
    if (!isInside || folder === path.dirname(folder)) return file;
  }
}

export interface HeapQuestion {
  command: string;
  program: string;
  /** Empty: what the configuration says. */
  target: string;
  format: "json" | "html";
}

/** What `fraglint heap` prints; it fails with what the tool complains of. */
export function askHeap(question: HeapQuestion, signal?: AbortSignal): Promise<string> {
  const stated = question.target === "" ? [] : ["--target", question.target];
  const words = ["heap", question.program, "--output-format", question.format, ...stated];
  const options = { cwd: path.dirname(question.program), signal, maxBuffer: 64 << 20 };
  return new Promise((resolve, reject) => {
    execFile(question.command, words, options, (error, output, complaints) => {
      // Status 1 is an answer, too: the program does not fit.
      if (error && (typeof error.code !== "number" || error.code > 1)) reject(new Error(complaints.trim() || error.message));
      else resolve(output);
    });
  });
}
