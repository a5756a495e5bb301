// What Visual Studio Code offers to extensions, as far as this one and its client library use it: the editor itself cannot be had where
// these tests run. Classes are plain values; services do what an editor with one window and a few documents would.

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

type Listener<T> = (event: T) => unknown;

class Disposable {
  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
  constructor(private readonly end: () => unknown = () => undefined) {}
  dispose(): void {
    this.end();
  }
}

class EventEmitter<T> {
  private readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>, self?: unknown, owner?: Disposable[]): Disposable => {
    const bound = self ? listener.bind(self) : listener;
    this.listeners.add(bound);
    const disposable = new Disposable(() => this.listeners.delete(bound));
    owner?.push(disposable);
    return disposable;
  };
  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter<void>().event };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
  dispose(): void {}
}

class Uri {
  readonly scheme = "file";
  private constructor(readonly fsPath: string) {}
  get path(): string {
    return this.fsPath;
  }
  static file(fsPath: string): Uri {
    return new Uri(fsPath);
  }
  static parse(text: string): Uri {
    return new Uri(fileURLToPath(text));
  }
  toString(): string {
    return pathToFileURL(this.fsPath).href;
  }
}

class Position {
  constructor(readonly line: number, readonly character: number) {}
}
class Range {
  readonly start: Position;
  readonly end: Position;
  /** Of two positions, or of their four numbers. */
  constructor(...parts: [Position, Position] | [number, number, number, number]) {
    const isNumbers = parts.length === 4;
    this.start = isNumbers ? new Position(parts[0], parts[1]) : parts[0];
    this.end = isNumbers ? new Position(parts[2], parts[3]) : parts[1];
  }
}
class Location {
  constructor(readonly uri: Uri, readonly range: Range) {}
}
class Diagnostic {
  source?: string;
  code?: unknown;
  relatedInformation?: unknown[];
  constructor(readonly range: Range, readonly message: string, readonly severity: number) {}
}
class DiagnosticRelatedInformation {
  constructor(readonly location: Location, readonly message: string) {}
}
class CodeActionKind {
  static readonly Empty = new CodeActionKind("");
  static readonly QuickFix = new CodeActionKind("quickfix");
  constructor(readonly value: string) {}
  append(part: string): CodeActionKind {
    return new CodeActionKind(this.value === "" ? part : `${this.value}.${part}`);
  }
}
class CodeAction {
  edit?: WorkspaceEdit;
  isPreferred?: boolean;
  constructor(readonly title: string, readonly kind?: CodeActionKind) {}
}
class TextEdit {
  constructor(readonly range: Range, readonly newText: string) {}
}
class WorkspaceEdit {
  readonly edits = new Map<string, TextEdit[]>();
  replace(uri: Uri, range: Range, newText: string): void {
    const edits = this.edits.get(uri.toString()) ?? [];
    this.edits.set(uri.toString(), [...edits, new TextEdit(range, newText)]);
  }
}
class InlayHint {
  constructor(readonly position: Position, readonly label: unknown, readonly kind?: number) {}
}
class MarkdownString {
  constructor(public value = "") {}
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}
class Hover {
  constructor(readonly contents: unknown, readonly range?: Range) {}
}
class RelativePattern {
  constructor(readonly base: unknown, readonly pattern: string) {}
}
class ThemeColor {
  constructor(readonly id: string) {}
}
class CancellationError extends Error {}

/** An open document, which changes by the edits of its `WorkspaceEdit`s. */
class TextDocument {
  readonly languageId = "python";
  readonly isClosed = false;
  version = 1;
  constructor(readonly uri: Uri, private text: string) {}
  getText(): string {
    return this.text;
  }
  get fileName(): string {
    return this.uri.fsPath;
  }
  get lineCount(): number {
    return this.text.split("\n").length;
  }
  /** Where `part` stands first. */
  positionOf(part: string): Position {
    const before = this.text.slice(0, this.text.indexOf(part)).split("\n");
    return new Position(before.length - 1, before[before.length - 1].length);
  }
  /** Does the edits, and returns the changes as the editor tells them: the last first. */
  edit(edits: TextEdit[]): { range: Range; rangeOffset: number; rangeLength: number; text: string }[] {
    const changes = edits.map(({ range, newText }) => {
      const rangeOffset = this.offsetAt(range.start);
      return { range, rangeOffset, rangeLength: this.offsetAt(range.end) - rangeOffset, text: newText };
    });
    changes.sort((a, b) => b.rangeOffset - a.rangeOffset);
    for (const { rangeOffset, rangeLength, text } of changes)
      this.text = this.text.slice(0, rangeOffset) + text + this.text.slice(rangeOffset + rangeLength);
    this.version += 1;
    return changes;
  }
  private offsetAt({ line, character }: Position): number {
    return this.text.split("\n").slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
  }
}

const changedActiveEditor = new EventEmitter<unknown>();
const opened = new EventEmitter<TextDocument>();
const closed = new EventEmitter<TextDocument>();
const saved = new EventEmitter<TextDocument>();
const changedDocument = new EventEmitter<unknown>();
const changedConfiguration = new EventEmitter<{ affectsConfiguration(section: string): boolean }>();
const changedFolders = new EventEmitter<unknown>();
const never = new EventEmitter<unknown>().event;
const settings: Record<string, unknown> = {};
const diagnostics = new Map<string, Diagnostic[]>();
const registered = new Map<string, (...words: unknown[]) => unknown>();
const messages: string[] = [];
const pages: { webview: { html: string } }[] = [];

export type Provider = Record<string, (...words: unknown[]) => unknown>;
const providers = new Map<string, Set<Provider>>();

function register(kind: string): (selector: unknown, provider: Provider) => Disposable {
  return (_, provider) => {
    const all = providers.get(kind) ?? new Set();
    providers.set(kind, all.add(provider));
    return new Disposable(() => all.delete(provider));
  };
}

function tell(message: string): Promise<undefined> {
  messages.push(message);
  return Promise.resolve(undefined);
}

function lookUp(tree: unknown, name: string): unknown {
  return name.split(".").reduce((found: any, key) => found?.[key], tree);
}

const subtree = (section: string) => (section === "" ? settings : ((lookUp(settings, section) ?? {}) as Record<string, unknown>));

/** What a test does as the user, and what it sees. */
export const user = {
  messages, pages, providers, registered,
  setting(name: string, value: unknown): void {
    const [section, key] = name.split(".");
    settings[section] = { ...subtree(section), [key]: value };
    changedConfiguration.fire({ affectsConfiguration: (section) => name.startsWith(section) });
  },
  openFolder(folder: string): void {
    workspace.workspaceFolders = [{ uri: Uri.file(folder), name: path.basename(folder), index: 0 }];
  },
  open(file: string): TextDocument {
    const document = new TextDocument(Uri.file(file), fs.readFileSync(file, "utf8"));
    workspace.textDocuments.push(document);
    window.activeTextEditor = { document };
    opened.fire(document);
    changedActiveEditor.fire(window.activeTextEditor);
    return document;
  },
  closeAll(): void {
    for (const document of workspace.textDocuments.splice(0)) closed.fire(document);
    window.activeTextEditor = undefined;
  },
  apply(edit: WorkspaceEdit): void {
    for (const document of workspace.textDocuments) {
      const edits = edit.edits.get(document.uri.toString());
      if (edits) changedDocument.fire({ document, contentChanges: document.edit(edits), reason: undefined });
    }
  },
  save(document: TextDocument): void {
    fs.writeFileSync(document.fileName, document.getText());
    saved.fire(document);
  },
  /** The status item. */
  get status() {
    return item;
  },
  diagnosticsOf(document: TextDocument): Diagnostic[] {
    return diagnostics.get(document.uri.toString()) ?? [];
  },
};

const workspace = {
  workspaceFolders: undefined as { uri: Uri; name: string; index: number }[] | undefined,
  textDocuments: [] as TextDocument[],
  notebookDocuments: [],
  onDidOpenTextDocument: opened.event,
  onDidCloseTextDocument: closed.event,
  onDidChangeTextDocument: changedDocument.event,
  onDidSaveTextDocument: saved.event,
  onWillSaveTextDocument: never,
  onDidChangeConfiguration: changedConfiguration.event,
  onDidChangeWorkspaceFolders: changedFolders.event,
  onDidCreateFiles: never, onDidRenameFiles: never, onDidDeleteFiles: never,
  onWillCreateFiles: never, onWillRenameFiles: never, onWillDeleteFiles: never,
  onDidOpenNotebookDocument: never, onDidCloseNotebookDocument: never,
  onDidChangeNotebookDocument: never, onDidSaveNotebookDocument: never,
  getWorkspaceFolder: (uri: Uri) => workspace.workspaceFolders?.find((one) => uri.fsPath.startsWith(one.uri.fsPath)),
  getConfiguration: (section?: string) => {
    const below = section ? subtree(section) : subtree("");
    const get = (name: string, otherwise?: unknown) => lookUp(below, name) ?? otherwise;
    return { ...below, get, has: (name: string) => get(name) !== undefined };
  },
  createFileSystemWatcher: () => ({ onDidCreate: never, onDidChange: never, onDidDelete: never, dispose: () => undefined }),
  applyEdit: (edit: WorkspaceEdit) => Promise.resolve(user.apply(edit)).then(() => true),
};

const item = { text: "", tooltip: "", isVisible: false };
const window = {
  activeTextEditor: undefined as { document: TextDocument } | undefined,
  visibleTextEditors: [],
  tabGroups: { all: [], onDidChangeTabs: never, onDidChangeTabGroups: never },
  onDidChangeActiveTextEditor: changedActiveEditor.event,
  onDidChangeVisibleTextEditors: never,
  createOutputChannel: () => ({ append: () => undefined, appendLine: () => undefined, show: () => undefined, dispose: () => undefined }),
  createStatusBarItem: () =>
    Object.assign(item, { show: () => (item.isVisible = true), hide: () => (item.isVisible = false), dispose: () => undefined }),
  createWebviewPanel: () => {
    const page = { webview: { html: "" } };
    pages.push(page);
    return page;
  },
  showErrorMessage: tell,
  showWarningMessage: tell,
  showInformationMessage: tell,
  withProgress: (_: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({ report: () => undefined }, new CancellationTokenSource().token),
};

const languages = {
  match: (selector: { language: string }[], document: TextDocument) =>
    [selector].flat().some((one) => one.language === document.languageId) ? 10 : 0,
  createDiagnosticCollection: () => ({
    set: (uri: Uri, found?: Diagnostic[]) => diagnostics.set(uri.toString(), found ?? []),
    delete: (uri: Uri) => diagnostics.delete(uri.toString()),
    has: (uri: Uri) => diagnostics.has(uri.toString()),
    clear: () => diagnostics.clear(),
    dispose: () => diagnostics.clear(),
  }),
  registerHoverProvider: register("hover"),
  registerCodeActionsProvider: register("codeAction"),
  registerInlayHintsProvider: register("inlayHint"),
};

const commands = {
  registerCommand: (name: string, run: (...words: unknown[]) => unknown) => {
    registered.set(name, run);
    return new Disposable(() => registered.delete(name));
  },
  executeCommand: async (name: string, ...words: unknown[]) => {
    const run = registered.get(name);
    if (!run) throw new Error(`there is no command ${name}`);
    return run(...words);
  },
};

/** The module `vscode`, as far as it is more than names. */
export const api = {
  version: "1.82.0",
  env: { appName: "stub", language: "en", appHost: "desktop", openExternal: () => Promise.resolve(true) },
  workspace, window, languages, commands,
  Disposable, EventEmitter, CancellationTokenSource, CancellationError, Uri, Position, Range, Location, Diagnostic,
  DiagnosticRelatedInformation, CodeActionKind, CodeAction, TextEdit, WorkspaceEdit, InlayHint, MarkdownString, Hover,
  RelativePattern, ThemeColor,
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
  CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
  StatusBarAlignment: { Left: 1, Right: 2 },
  ViewColumn: { Beside: -2 },
};
