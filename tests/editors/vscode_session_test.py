"""A whole session with what VS Code says that it can do, by pytest-lsp: as of 1.65, where the server pushes diagnostics, and with
what the clients of today say besides, which pull them and show inlay hints."""

import asyncio

import pytest
import pytest_asyncio
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig

from conftest import DEADLINE


def capabilities(is_recent):
    recorded = pytest_lsp.client_capabilities("visual-studio-code@1.65.2")
    if is_recent:
        recorded.general.position_encodings = [types.PositionEncodingKind.Utf16]
        recorded.text_document.diagnostic = types.DiagnosticClientCapabilities(
            dynamic_registration=True, related_document_support=False)
        recorded.text_document.inlay_hint = types.InlayHintClientCapabilities(
            dynamic_registration=True,
            resolve_support=types.ClientInlayHintResolveOptions(
                properties=["tooltip", "textEdits", "label.tooltip", "label.location", "label.command"]))
        recorded.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
        recorded.workspace.inlay_hint = types.InlayHintWorkspaceClientCapabilities(refresh_support=True)
    return recorded


@pytest.fixture(params=[False, True], ids=["1.65", "recent"])
def is_recent(request):
    return request.param


@pytest_asyncio.fixture
async def client(workspace, is_recent):
    client = await ClientServerConfig([str(workspace.tool), "server"]).start()
    client.registered, client.refreshed = [], asyncio.Event()
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(
        lambda params: client.registered.extend(one.method for one in params.registrations))
    client.feature(types.WORKSPACE_INLAY_HINT_REFRESH)(lambda _: client.refreshed.set())
    folder = types.WorkspaceFolder(uri=workspace.project.as_uri(), name=workspace.project.name)
    client.initialized_with = await client.initialize_session(
        types.InitializeParams(capabilities=capabilities(is_recent), workspace_folders=[folder]))
    yield client
    if client._server.returncode is None:  # a failed test left it running, and `stop` would wait for it
        client._server.kill()
    await client.stop()


class Document:
    """One open file, as an editor holds it."""

    def __init__(self, client, path, pulls):
        self.client, self.path, self.uri, self.pulls = client, path, path.as_uri(), pulls
        self.text, self.version = path.read_text(), 1
        self.identifier = types.TextDocumentIdentifier(uri=self.uri)

    async def open(self):
        item = types.TextDocumentItem(uri=self.uri, language_id="python", version=self.version, text=self.text)
        return await self._findings_after(
            lambda: self.client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item)))

    async def edit(self, edits):
        """Does `TextEdit`s; the last place first, so that the places of the others stay."""
        changes = []
        for edit in sorted(edits, key=lambda one: self._offset(one.range.start), reverse=True):
            begin, end = self._offset(edit.range.start), self._offset(edit.range.end)
            self.text = self.text[:begin] + edit.new_text + self.text[end:]
            changes.append(types.TextDocumentContentChangePartial(range=edit.range, text=edit.new_text))
        self.version += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        return await self._findings_after(
            lambda: self.client.text_document_did_change(
                types.DidChangeTextDocumentParams(text_document=identifier, content_changes=changes)))

    def place(self, text):
        """Where `text` stands first. The program is of ASCII: columns are characters."""
        before = self.text[: self.text.index(text)]
        return types.Position(line=before.count("\n"), character=len(before) - (before.rfind("\n") + 1))

    def _offset(self, place):
        return sum(len(line) for line in self.text.splitlines(keepends=True)[: place.line]) + place.character

    async def _findings_after(self, notify):
        if self.pulls:
            notify()
            report = await self.client.text_document_diagnostic_async(
                types.DocumentDiagnosticParams(text_document=self.identifier, identifier="fraglint"))
            return report.items
        pushed = asyncio.ensure_future(self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS))
        await asyncio.wait({pushed}, timeout=0)  # so that it listens before there is anything to hear
        notify()
        return (await pushed).diagnostics


async def session(client, workspace, is_recent):
    can = client.initialized_with.capabilities
    assert can.position_encoding in (None, types.PositionEncodingKind.Utf16)
    document = Document(client, workspace.program, pulls=is_recent)

    (finding,) = await document.open()
    assert (finding.code, finding.source, finding.range.start.line + 1) == (workspace.code, "fraglint", workspace.line)
    assert finding.severity == types.DiagnosticSeverity.Warning and "16,400 bytes" in finding.message
    assert {note.location.uri for note in finding.related_information} == {document.uri}

    hover = await client.text_document_hover_async(
        types.HoverParams(text_document=document.identifier, position=document.place("bytearray(16384)")))
    assert hover.contents.kind == types.MarkupKind.Markdown and "16,400 bytes" in hover.contents.value

    if is_recent:
        await check_hints(client, document)

    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=document.identifier, range=finding.range,
            context=types.CodeActionContext(
                diagnostics=[finding], only=[types.CodeActionKind.QuickFix], trigger_kind=types.CodeActionTriggerKind.Invoked)))
    (fix,) = [one for one in actions if one.title == workspace.choice]
    assert fix.is_preferred and fix.kind == types.CodeActionKind.QuickFix
    if not fix.edit:
        fix = await client.code_action_resolve_async(fix)
    (change,) = fix.edit.document_changes
    assert (change.text_document.uri, change.text_document.version) == (document.uri, document.version)

    assert not await document.edit(change.edits)
    assert document.text == workspace.expected
    assert {types.WORKSPACE_DID_CHANGE_WATCHED_FILES, types.WORKSPACE_DID_CHANGE_CONFIGURATION} == set(client.registered)

    client.text_document_did_close(types.DidCloseTextDocumentParams(text_document=document.identifier))
    await client.shutdown_async(None)
    client.exit(None)
    assert await client._server.wait() == 0


async def check_hints(client, document):
    """Costs behind the lines, once the user asks for them."""
    whole = types.Range(start=types.Position(line=0, character=0), end=types.Position(line=document.text.count("\n"), character=0))

    async def hints():
        return await client.text_document_inlay_hint_async(
            types.InlayHintParams(text_document=document.identifier, range=whole))

    assert not await hints()
    await client.workspace_execute_command_async(types.ExecuteCommandParams(command="fraglint.toggleCosts"))
    await client.refreshed.wait()
    shown = await hints()
    assert any(hint.position.line == document.place("bytearray(16384)").line and "16,400" in str(hint.label) for hint in shown)


async def test_session(client, workspace, is_recent, caplog):
    await asyncio.wait_for(session(client, workspace, is_recent), DEADLINE)
    assert client.error is None
    assert not caplog.records  # the client's warnings, of answers that nobody waits for, say
