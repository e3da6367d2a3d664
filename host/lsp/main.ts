import { createConnection } from "vscode-languageserver/node"
import { EditorServer } from "./server"
import type { EditorSettings } from "./settings"

/** Serves the editor at the other end of stdin and stdout. Its `exit` ends the process, as does a closed stdin. */
export function serveEditor(given: EditorSettings): void {
    new EditorServer(createConnection(process.stdin, process.stdout), given).listen()
}
