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

/** Starts `heapscope lsp` as an editor does. It is ended with the test. */
export async function startLsp(
    args: readonly string[] = [],
    capabilities: ClientCapabilities = CAPABILITIES,
): Promise<LspClient> {
    const { connection, child, ended, said } = spawnLsp(args)
    connection.onRequest("workspace/codeLens/refresh", () => null)
    connection.onRequest("window/workDoneProgress/create", () => null)
    const initialized: InitializeResult = await connection.sendRequest("initialize", {
        ...{ processId: process.pid, rootUri: null, capabilities },
    })
    await connection.sendNotification("initialized", {})
    return { connection, initialized, pid: child.pid!, ended, said }
}

/** The same, not told anything yet. */
export function spawnLsp(args: readonly string[] = []) {
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
    onTestFinished(async () => {
        connection.dispose()
        child.kill("SIGKILL")
        await ended
    })
    return { connection, child, ended, said: () => text }
}
