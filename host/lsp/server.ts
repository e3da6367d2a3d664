import { pathToFileURL } from "node:url"
import {
    CodeLensRefreshRequest,
    DidChangeConfigurationNotification,
    ErrorCodes,
    MarkupKind,
    PositionEncodingKind,
    ResponseError,
    TextDocuments,
    TextDocumentSyncKind,
    type CodeLens,
    type Connection,
    type Hover,
    type HoverParams,
    type InitializeParams,
    type InitializeResult,
} from "vscode-languageserver"
import { TextDocument } from "vscode-languageserver-textdocument"
import { readText } from "../base/node/read-file"
import type { Board } from "../boards/board"
import { costAt } from "../compiler/cost/cost-at"
import type { Source } from "../compiler/cost/source"
import { loadCompiler } from "../compiler/node/load-compiler"
import type { Problem } from "../documents/editor/last-run"
import { CHECK_COMMAND, EditorCommands, PROFILE_COMMAND } from "./commands"
import { diagnosticsOf } from "./diagnostics"
import { hoverText } from "./hover-text"
import { lensesOf } from "./lenses"
import { Projects, type Project } from "./projects"
import { findBoardFor, readSettings, type EditorSettings } from "./settings"
import { pathOf, Sources } from "./sources"

const LANGUAGES = ["typescript", "typescriptreact"]
const MAX_FILE_BYTES = 4 << 20
/** After so long without a key, a text is read before anybody asks. Milliseconds. */
const PAUSE_MS = 100

/** What an editor said it can do, as far as it is asked for it. */
interface Client {
    markdown: boolean
    configuration: boolean
    watchesConfiguration: boolean
    refreshesLenses: boolean
}

/**
 * Tells an editor what its programs cost: at the cursor, above lines, and as diagnostics. No request and no
 * text ends it; what it cannot answer, it answers with nothing.
 */
export class EditorServer {
    private readonly documents = new TextDocuments(TextDocument)
    private readonly projects = new Projects((project, kind) => this.onRun(project, kind))
    private compiler: ReturnType<typeof loadCompiler> | undefined
    private sources: Sources | undefined
    private boards = new WeakMap<Source, Board>()
    private client: Client = {
        ...{ markdown: false, configuration: false, watchesConfiguration: false },
        refreshesLenses: false,
    }
    private set: EditorSettings
    private state: "new" | "serving" | "shut down" = "new"
    /** URIs that have diagnostics, by folder of their project. */
    private readonly published = new Map<string, Set<string>>()
    private readonly commands: EditorCommands
    private reading: NodeJS.Timeout | undefined

    /** @param usual what holds unless the editor says otherwise */
    constructor(
        private readonly connection: Connection,
        private usual: EditorSettings = {},
    ) {
        this.set = usual
        this.commands = new EditorCommands(connection, this.projects)
        connection.onInitialize(params => this.initialize(params))
        connection.onInitialized(() => this.begin())
        connection.onHover(params => this.refusal() ?? this.safely(() => this.hover(params)))
        connection.onCodeLens(
            ({ textDocument }) =>
                this.refusal() ?? this.safely(() => this.lenses(textDocument.uri)),
        )
        connection.onExecuteCommand(
            ({ command, arguments: given }) =>
                this.refusal() ?? this.commands.execute(command, given?.[0], this.set),
        )
        connection.onDidChangeConfiguration(({ settings }) => void this.configure(settings))
        connection.onShutdown(() => this.close())
        this.documents.onDidChangeContent(({ document }) => this.safely(() => this.told(document)))
        this.documents.listen(connection)
    }

    /** Begins to answer. */
    listen(): void {
        this.connection.listen()
    }

    private initialize({
        capabilities,
        initializationOptions,
    }: InitializeParams): InitializeResult {
        const { textDocument, workspace, window } = capabilities
        this.commands.showsProgress = window?.workDoneProgress ?? false
        this.client = {
            markdown: textDocument?.hover?.contentFormat?.includes(MarkupKind.Markdown) ?? false,
            configuration: workspace?.configuration ?? false,
            watchesConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration ?? false,
            refreshesLenses: workspace?.codeLens?.refreshSupport ?? false,
        }
        this.usual = { ...this.usual, ...readSettings(initializationOptions) }
        this.set = this.usual
        this.state = "serving"
        return {
            capabilities: {
                positionEncoding: PositionEncodingKind.UTF16,
                textDocumentSync: TextDocumentSyncKind.Incremental,
                hoverProvider: true,
                codeLensProvider: { resolveProvider: false },
                executeCommandProvider: { commands: [PROFILE_COMMAND, CHECK_COMMAND] },
            },
            serverInfo: { name: "heapscope" },
        }
    }

    private begin(): void {
        if (this.client.watchesConfiguration)
            void this.connection.client.register(DidChangeConfigurationNotification.type, {
                section: "heapscope",
            })
        void this.configure(undefined)
        // Not while the editor waits for its first answer.
        setImmediate(() => this.safely(() => this.load()))
    }

    /** What is set now: asked for where that can be, else as it comes. */
    private async configure(pushed: unknown): Promise<void> {
        try {
            const asked: unknown = this.client.configuration
                ? await this.connection.workspace.getConfiguration("heapscope")
                : (pushed as { heapscope?: unknown } | undefined)?.heapscope
            this.set = { ...this.usual, ...readSettings(asked) }
            this.boards = new WeakMap()
        } catch (error) {
            this.connection.console.warn(`settings were not told: ${String(error)}`)
        }
    }

    /** What the protocol has a request answered with that comes too early or too late. */
    private refusal(): ResponseError<void> | undefined {
        const { state } = this
        if (state === "serving") return undefined
        return state === "new"
            ? new ResponseError(ErrorCodes.ServerNotInitialized, "initialize comes first")
            : new ResponseError(ErrorCodes.InvalidRequest, "it was shut down")
    }

    private load(): Sources {
        this.compiler ??= loadCompiler()
        return (this.sources ??= new Sources(this.compiler.compiler.typescript, uri =>
            this.documents.get(uri),
        ))
    }

    private hover({ textDocument, position }: HoverParams): Hover | undefined {
        const document = this.documents.get(textDocument.uri)
        if (!document || !LANGUAGES.includes(document.languageId)) return undefined
        const sources = this.load()
        const source = sources.of(document)
        if (!source) return undefined
        const offset = document.offsetAt(position)
        const { typescript } = this.compiler!.compiler
        const cost = costAt(typescript, source, offset, sources.imported)
        if (!cost) return undefined
        const path = pathOf(textDocument.uri)
        const folder = path === undefined ? undefined : this.projects.of(path)?.folder
        const { markdown, plain } = hoverText(cost, this.boardFor(source, folder))
        return {
            contents: this.client.markdown
                ? { kind: MarkupKind.Markdown, value: markdown }
                : { kind: MarkupKind.PlainText, value: plain },
            range: {
                start: document.positionAt(cost.start),
                end: document.positionAt(cost.end),
            },
        }
    }

    /** Board files are read once for each version of a text. */
    private boardFor(source: Source, folder: string | undefined): Board {
        let board = this.boards.get(source)
        if (!board) this.boards.set(source, (board = findBoardFor(this.set, source.text, folder)))
        return board
    }

    private lenses(uri: string): CodeLens[] {
        const document = this.documents.get(uri)
        const path = pathOf(uri)
        const project = path === undefined ? undefined : this.projects.of(path)
        if (!document || path === undefined || !project) return []
        const text = document.getText()
        return lensesOf({ path, uri, text }, project.last.profile, Date.now())
    }

    private onRun(project: Project, kind: keyof Project["last"]): void {
        if (kind === "check") this.safely(() => this.publish(project))
        else if (this.client.refreshesLenses)
            void this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined)
    }

    /** All diagnostics of a project, also of files that nobody has open. */
    private publish({ folder, last }: Project): void {
        const byFile = new Map<string, Problem[]>()
        for (const problem of last.check?.problems ?? [])
            byFile.set(problem.file, [...(byFile.get(problem.file) ?? []), problem])
        const before = this.published.get(folder) ?? new Set()
        const now = new Set([...byFile.keys()].map(file => pathToFileURL(file).href))
        for (const uri of before)
            if (!now.has(uri)) void this.connection.sendDiagnostics({ uri, diagnostics: [] })
        this.published.set(folder, now)
        for (const [file, problems] of byFile) this.send(file, problems)
    }

    /** A text is open, or another than before: lines have moved. */
    private told(document: TextDocument): void {
        const { uri } = document
        clearTimeout(this.reading)
        this.reading = setTimeout(() => this.safely(() => this.sources?.of(document)), PAUSE_MS)
        const path = pathOf(uri)
        const project = path === undefined ? undefined : this.projects.of(path)
        const problems = project?.last.check?.problems.filter(({ file }) => file === path) ?? []
        if (problems.length > 0) this.send(path!, problems)
    }

    private send(file: string, problems: readonly Problem[]): void {
        const uri = pathToFileURL(file).href
        const document = this.documents.get(uri)
        const text = document ? document.getText() : readText(file, file, MAX_FILE_BYTES)
        void this.connection.sendDiagnostics({ uri, diagnostics: diagnosticsOf(problems, text) })
    }

    private close(): void {
        this.state = "shut down"
        this.commands.stop()
        clearTimeout(this.reading)
        this.projects.close()
        this.compiler?.keepCode()
    }

    /** What goes wrong with one request is told in the editor's log, and answered with nothing. */
    private safely<T>(answer: () => T): T | null {
        try {
            return answer() ?? null
        } catch (error) {
            this.connection.console.error(
                error instanceof Error ? (error.stack ?? "") : String(error),
            )
            return null
        }
    }
}
