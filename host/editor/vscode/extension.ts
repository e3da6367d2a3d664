import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { commands, window, workspace, type ExtensionContext } from "vscode"
import { LanguageClient } from "vscode-languageclient/node"

let client: LanguageClient | undefined

/** Called by the editor when a workspace has a DeviceScript project. */
export async function activate({ subscriptions }: ExtensionContext): Promise<void> {
    subscriptions.push(commands.registerCommand("heapscope.restart", restart))
    await restart()
}

/** Called by the editor when it ends, or the extension is switched off. */
export async function deactivate(): Promise<void> {
    const running = client
    client = undefined
    await running?.stop()
}

async function restart(): Promise<void> {
    await deactivate()
    const path = serverPath()
    if (path === undefined) {
        void window.showWarningMessage(
            "Heapscope: this workspace has no node_modules/heapscope. Install it (npm install heapscope), or name its dist/cli.js in heapscope.path.",
        )
        return
    }
    // The editor is a Node as well, of a version of its own.
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1" }
    const run = { command: process.execPath, args: [path, "lsp"], options: { env } }
    const documentSelector = ["typescript", "typescriptreact"].map(language => ({
        ...{ scheme: "file", language },
    }))
    client = new LanguageClient("heapscope", "Heapscope", { run, debug: run }, { documentSelector })
    await client.start()
}

/** The command that a folder of the workspace has installed, or the one that is set. */
function serverPath(): string | undefined {
    const set = workspace.getConfiguration("heapscope").get<string>("path") ?? ""
    if (set !== "") return set
    for (const { uri } of workspace.workspaceFolders ?? [])
        try {
            const manifest = createRequire(join(uri.fsPath, "any.js")).resolve(
                "heapscope/package.json",
            )
            return join(dirname(manifest), "dist", "cli.js")
        } catch {
            // It is not installed there.
        }
    return undefined
}
