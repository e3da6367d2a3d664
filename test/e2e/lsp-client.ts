import { spawn } from "node:child_process"
import { join } from "node:path"
import { onTestFinished } from "vitest"
import {
    createProtocolConnection,
    StreamMessageReader,
    StreamMessageWriter,
    type ClientCapabilities,
    type InitializeResult,
    type ProtocolConnection,
} from "vscode-languageserver-protocol/node"
import { packageRoot } from "../../host/base/node/package-root"

/** An editor's end of a language server. */
export interface LspClient {
    connection: ProtocolConnection
    initialized: InitializeResult
    pid: number
    /** Its exit code, once it has ended. */
    ended: Promise<number | null>
    /** What it wrote to stderr. */
    said(): string
}

const CAPABILITIES: ClientCapabilities = {
    textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } },
    workspace: { codeLens: { refreshSupport: true } },
    window: { workDoneProgress: true },
}

/**
 * Starts `heapscope lsp` as an editor does.
 * @param atEnd takes what ends it; without that it is ended with the test
 */
export async function startLsp(
    args: readonly string[] = [],
    { capabilities = CAPABILITIES, atEnd = onTestFinished }: LspOptions = {},
): Promise<LspClient> {
    const { connection, child, ended, said } = spawnLsp(args, atEnd)
    connection.onRequest("workspace/codeLens/refresh", () => null)
    connection.onRequest("window/workDoneProgress/create", () => null)
    const initialized: InitializeResult = await connection.sendRequest("initialize", {
        ...{ processId: process.pid, rootUri: null, capabilities },
    })
    await connection.sendNotification("initialized", {})
    return { connection, initialized, pid: child.pid!, ended, said }
}

/** Takes what ends a server, and calls it some time. */
type AtEnd = (end: () => Promise<void>) => void

interface LspOptions {
    capabilities?: ClientCapabilities
    atEnd?: AtEnd
}

/** The same, not told anything yet. */
export function spawnLsp(args: readonly string[] = [], atEnd: AtEnd = onTestFinished) {
    const child = spawn(process.execPath, [join(packageRoot(), "dist/cli.js"), "lsp", ...args])
    let text = ""
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part))
    const ended = new Promise<number | null>(done => child.on("close", done))
    const connection = createProtocolConnection(
        new StreamMessageReader(child.stdout),
        new StreamMessageWriter(child.stdin),
    )
    connection.onError(() => undefined)
    connection.listen()
    atEnd(async () => {
        connection.dispose()
        child.kill("SIGKILL")
        await ended
    })
    return { connection, child, ended, said: () => text }
}
