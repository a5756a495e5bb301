// The extension under its real client library with the real server; only the editor is a stub.

import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { TestContext, test } from "node:test";
import * as vscode from "vscode";
import { activate, deactivate } from "../src/extension";
import { makeProject, mendedProgram, tool } from "./project";
import { Provider, user } from "./vscode_stub";

const deadline = 60_000;

/** Waits until `condition` gives something. */
async function eventually<T>(what: string, condition: () => T | undefined | false): Promise<T> {
  for (const until = Date.now() + deadline; Date.now() < until; ) {
    const found = condition();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`not in time: ${what}; messages: ${user.messages}`);
}

/** Asks all providers of a kind, as the editor does. */
async function ask(kind: string, method: string, ...words: unknown[]): Promise<any[]> {
  const token = new vscode.CancellationTokenSource().token;
  const answers = [...(user.providers.get(kind) ?? [])].map((one: Provider) => one[method](...words, token));
  return (await Promise.all(answers)).flat().filter((one) => one);
}

/** Activates the extension, until the test is over. */
async function run(context: TestContext, folder: string, command: string): Promise<void> {
  user.setting("fraglint.path", command);
  user.openFolder(folder);
  const subscriptions: vscode.Disposable[] = [];
  await activate({ extensionPath: folder, subscriptions } as unknown as vscode.ExtensionContext);
  context.after(async () => {
    await deactivate();
    subscriptions.forEach((one) => one.dispose());
    user.closeAll();
  });
}

test("a session", async (context) => {
  const { folder, file } = makeProject(context);
  user.setting("fraglint.target", "raspberry_pi_pico");
  await run(context, folder, tool);
  const document = user.open(file);

  const [finding] = await eventually("findings", () => user.diagnosticsOf(document).length > 0 && user.diagnosticsOf(document));
  assert.equal(finding.source, "fraglint");
  assert.match(finding.message, /16,400 bytes/);
  assert.ok(finding.relatedInformation?.length);

  await eventually("the status item", () => user.status.isVisible && user.status.text.includes("raspberry_pi_pico"));
  await vscode.commands.executeCommand("fraglint.showHeapReport");
  assert.match(user.pages[0].webview.html, /raspberry_pi_pico/);

  const place = document.positionOf("bytearray(16384)");
  const [hover] = await ask("hover", "provideHover", document, place);
  assert.match(JSON.stringify(hover.contents), /16,400 bytes/);

  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  const hints = () => ask("inlayHint", "provideInlayHints", document, whole);
  assert.deepEqual(await hints(), []);
  await vscode.commands.executeCommand("fraglint.toggleHints");
  assert.notDeepEqual(await hints(), []);

  await fix(document, finding);
  await eventually("no findings", () => user.diagnosticsOf(document).length === 0);
  user.save(document);
  assert.equal(fs.readFileSync(file, "utf8"), mendedProgram);
});

test("a server that crashes comes back with the findings", async (context) => {
  const { folder, file } = makeProject(context);
  const pids = path.join(folder, "pids");
  const wrapper = path.join(folder, "tool");
  fs.writeFileSync(wrapper, `#!/bin/sh\necho $$ >>'${pids}'\nexec '${tool}' "$@"\n`, { mode: 0o755 });
  await run(context, folder, wrapper);
  const document = user.open(file);
  await eventually("findings", () => user.diagnosticsOf(document).length > 0);

  const [server] = fs.readFileSync(pids, "utf8").split("\n").filter(String);
  process.kill(Number(server), "SIGKILL");
  await eventually("no findings", () => user.diagnosticsOf(document).length === 0);
  await eventually("findings again", () => user.diagnosticsOf(document).length > 0);
});

async function fix(document: any, finding: any): Promise<void> {
  const context = { diagnostics: [finding], triggerKind: vscode.CodeActionTriggerKind.Invoke };
  const actions = await ask("codeAction", "provideCodeActions", document, finding.range, context);
  const action = actions.find((one) => one.title === "Collect after it");
  const [resolved] = action.edit ? [action] : await ask("codeAction", "resolveCodeAction", action);
  user.apply(resolved.edit);
}
