// The extension: starts the language server, and shows in the status bar what the program at hand asks of its heap.

import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { statusWords } from "./heap_status";
import { askHeap, programOf, toolCommand } from "./tool";

let running: Extension | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  running = new Extension(context);
  await running.start();
}

export async function deactivate(): Promise<void> {
  await running?.stop();
  running = undefined;
}

class Extension {
  private client: LanguageClient | undefined;
  private restarted = Promise.resolve();
  private readonly output = vscode.window.createOutputChannel("fraglint");
  private readonly status = new HeapStatus(() => this.command());

  constructor(private readonly context: vscode.ExtensionContext) {
    const commands: [string, () => unknown][] = [
      ["fraglint.restart", () => this.restart()],
      // The server's own command, which the client offers while the server runs.
      ["fraglint.toggleHints", () => vscode.commands.executeCommand("fraglint.toggleCosts")],
      ["fraglint.showHeapReport", () => this.status.showReport()],
      ["fraglint.showOutput", () => this.output.show()],
    ];
    context.subscriptions.push(
      this.output,
      this.status,
      ...commands.map(([name, run]) => vscode.commands.registerCommand(name, run)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("fraglint.path")) void this.restart();
        else if (event.affectsConfiguration("fraglint.target")) this.status.update();
      }),
    );
  }

  async start(): Promise<void> {
    const command = this.command();
    const settings = vscode.workspace.getConfiguration("fraglint");
    const client = new LanguageClient("fraglint", "fraglint", { command, args: ["server"] }, {
      documentSelector: [{ scheme: "file", language: "python" }],
      initializationOptions: { target: settings.get("target"), inlayHints: settings.get("inlayHints") },
      outputChannel: this.output,
      // A server that crashes is started again, unless it does nothing else: five times in three minutes.
      connectionOptions: { maxRestartCount: 5 },
    });
    client.onDidChangeState((change) => this.status.setRunning(change.newState === State.Running));
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      const choice = await vscode.window.showErrorMessage(`fraglint: could not start ${command}: ${error}`, "Open Settings");
      if (choice) await vscode.commands.executeCommand("workbench.action.openSettings", "fraglint.path");
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A client that never came up, or whose server is gone, has nothing to stop.
    if (client?.needsStop()) await client.stop();
  }

  /** One after another, however quickly it is asked for. */
  private restart(): Promise<void> {
    this.restarted = this.restarted.then(() => this.stop()).then(() => this.start());
    return this.restarted;
  }

  private command(): string {
    const setting = vscode.workspace.getConfiguration("fraglint").get("path", "");
    return toolCommand(setting, this.context.extensionPath);
  }
}

/** The item in the status bar: the board, and the most that the program of the active editor has in use. */
class HeapStatus {
  private readonly item = vscode.window.createStatusBarItem("fraglint.heap", vscode.StatusBarAlignment.Right, 100);
  private readonly subscriptions: vscode.Disposable[];
  private asked: AbortController | undefined;
  private isRunning = false;

  constructor(private readonly command: () => string) {
    this.item.name = "fraglint: heap";
    this.item.command = "fraglint.showHeapReport";
    this.subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidSaveTextDocument(() => this.update()),
    ];
  }

  setRunning(isRunning: boolean): void {
    this.isRunning = isRunning;
    this.update();
  }

  /** Asks anew; the answer to an earlier question no longer counts. */
  update(): void {
    this.asked?.abort();
    const question = this.question();
    if (!question) return this.item.hide();
    const asked = (this.asked = new AbortController());
    askHeap({ ...question, format: "json" }, asked.signal).then(
      (answer) => this.show(statusWords(JSON.parse(answer))),
      (error) => {
        if (!asked.signal.aborted) this.show({ text: "fraglint", tooltip: String(error), isWarning: false });
      },
    );
  }

  async showReport(): Promise<void> {
    const question = this.question();
    if (!question) {
      void vscode.window.showInformationMessage("fraglint: open a program in Python first");
      return;
    }
    try {
      const page = await askHeap({ ...question, format: "html" });
      const panel = vscode.window.createWebviewPanel("fraglint.heap", "Heap report", vscode.ViewColumn.Beside, {});
      panel.webview.html = page;
    } catch (error) {
      void vscode.window.showErrorMessage(`fraglint: ${error}`);
    }
  }

  dispose(): void {
    this.asked?.abort();
    this.item.dispose();
    this.subscriptions.forEach((one) => one.dispose());
  }

  private show(words: { text: string; tooltip: string; isWarning: boolean }): void {
    this.item.text = `$(circuit-board) ${words.text}`;
    this.item.tooltip = words.tooltip;
    this.item.backgroundColor = words.isWarning ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    this.item.show();
  }

  private question(): { command: string; program: string; target: string } | undefined {
    const document = vscode.window.activeTextEditor?.document;
    if (!this.isRunning || document?.languageId !== "python" || document.uri.scheme !== "file") return undefined;
    const file = document.uri.fsPath;
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    return {
      command: this.command(),
      program: folder ? programOf(file, folder.uri.fsPath) : file,
      target: vscode.workspace.getConfiguration("fraglint", document.uri).get("target", ""),
    };
  }
}
