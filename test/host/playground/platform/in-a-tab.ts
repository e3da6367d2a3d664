import { fileURLToPath } from "node:url"
import { Script } from "node:vm"
import { build } from "esbuild"
import type * as fs from "../../../../host/playground/platform/node/fs"
import type * as path from "../../../../host/playground/platform/node/path"
import type * as crypto from "../../../../host/playground/platform/node/crypto"
import type * as util from "../../../../host/playground/platform/node/util"
import type * as buffer from "../../../../host/playground/platform/node/buffer"
import type * as zlib from "../../../../host/playground/platform/node/zlib"
import type * as memory from "../../../../host/playground/platform/memory-files"
import { IN_A_TAB } from "../../../../host/playground/platform/in-a-tab.mjs"

/** What stands in for Node in a tab. */
export interface Platform {
    fs: typeof fs
    path: typeof path
    crypto: typeof crypto
    util: typeof util
    buffer: typeof buffer
    zlib: typeof zlib
    files: memory.MemoryFiles
}

const HERE = fileURLToPath(new URL("../../../../host/playground/platform/", import.meta.url))

/** The platform layer as a tab has it: bundled for a browser, with nothing of Node's own in it. */
export async function platformInATab(): Promise<Platform> {
    const names = ["fs", "path", "crypto", "util", "buffer", "zlib"]
    const { outputFiles } = await build({
        stdin: {
            contents: [
                ...names.map(name => `export * as ${name} from "./node/${name}"`),
                'export { files } from "./memory-files"',
            ].join("\n"),
            resolveDir: HERE,
        },
        ...{ bundle: true, write: false, platform: "browser", format: "cjs", target: "es2022" },
        plugins: [IN_A_TAB],
        inject: [`${HERE}globals.ts`],
        logLevel: "warning",
    })
    const module = { exports: {} as Platform }
    const text = `(function (module, exports) {${outputFiles[0]!.text}\n})`
    const bundled = new Script(text).runInThisContext() as (module: object, exports: object) => void
    bundled(module, module.exports)
    return module.exports
}
