import { readFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { build as bundle } from "esbuild"
import { listBoards } from "../../host/boards/node/find-board"
import { offerBoard } from "../../host/link/flash/flash-offer"
import { build, fromRoot } from "../vm/harness"
import type { BoardTabGiven } from "./board-tab"

/** As strict as the one the playground has: no code but its own files, no address but its own. */
const POLICY = "default-src 'self'; connect-src 'self'"
const PAGE = `<!doctype html>
<html lang="en">
    <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <title>A real board</title>
        <link rel="icon" href="icon" />
        <link rel="stylesheet" href="page.css" />
    </head>
    <body>
        <div id="page"></div>
        <script src="page.js" type="module"></script>
    </body>
</html>`
const TYPES: Readonly<Record<string, string>> = {
    "": "text/html",
    js: "text/javascript",
    css: "text/css",
    json: "application/json",
    wasm: "application/wasm",
}

/**
 * Serves a page with nothing but the playground's real board, with these programs, to this machine.
 * @param names of `test/vm/programs`
 */
export async function serveBoardTab(names: readonly string[]) {
    const files = new Map<string, Uint8Array | string>([
        ["", PAGE],
        ["icon", ""],
        ["page.css", styles()],
        ["given.json", JSON.stringify(await givenOf(names))],
        ["vm.wasm", readFileSync(fromRoot("dist/devicescript-vm.wasm"))],
        ...(await scripts()),
    ])
    const server = createServer(({ url = "" }, answer) => {
        const name = url.slice(1)
        const file = files.get(name)
        const extension = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1) : ""
        answer.writeHead(file === undefined ? 404 : 200, {
            "Content-Type": TYPES[extension] ?? "application/octet-stream",
        })
        answer.end(file)
    })
    await new Promise<void>(done => server.listen(0, "127.0.0.1", done))
    const { port } = server.address() as AddressInfo
    return { address: `http://127.0.0.1:${port}/`, close: () => closeServer(server) }
}

function closeServer(server: Server): Promise<unknown> {
    server.closeAllConnections()
    return new Promise(done => server.close(done))
}

function styles(): string {
    const files = ["dist/page/page.css", "host/playground/board/board.css"]
    return files.map(file => readFileSync(fromRoot(file), "utf8")).join("\n")
}

async function givenOf(names: readonly string[]): Promise<BoardTabGiven> {
    const programs: BoardTabGiven["programs"] = {}
    for (const name of names) {
        const { settings: _, bytecode, ...program } = await build(name)
        programs[name] = { ...program, bytecode: Buffer.from(bytecode).toString("base64") }
    }
    return { boards: listBoards().map(offerBoard), programs }
}

/** The page, in pieces that are loaded when they are needed, and its worker. */
async function scripts(): Promise<[string, Uint8Array][]> {
    const { outputFiles } = await bundle({
        entryPoints: {
            page: fromRoot("test/e2e/board-tab.tsx"),
            worker: fromRoot("host/playground/board/simulation-worker.ts"),
        },
        ...{ bundle: true, splitting: true, write: false, minify: true, outdir: "/" },
        ...{ format: "esm", platform: "browser", target: "es2022" },
        ...{ jsx: "automatic", jsxImportSource: "preact", logLevel: "warning" },
    })
    return outputFiles.map(({ path, contents }) => [
        path.slice(path.lastIndexOf("/") + 1),
        contents,
    ])
}
