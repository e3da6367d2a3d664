import { execFileSync } from "node:child_process"
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { listBoards } from "../../../host/boards/node/find-board"
import { DcfgError, dcfgSettings, encodeDcfg } from "../../../host/boards/dcfg"
import { findCli } from "../../../host/compiler/node/cli-package"

const BOARDS = listBoards()
const folder = mkdtempSync(join(tmpdir(), "heapscope-dcfg-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What \`devs dcfg FILE -o OUT\` does, for several: the official tool takes two seconds to load. */
const OFFICIAL = `
const { readFileSync } = require("node:fs")
const { createRequire } = require("node:module")
const { dirname } = require("node:path")
const [bundle, ...files] = process.argv.slice(1)
const code = readFileSync(bundle, "utf8")
const module_ = { exports: {} }
const { dcfg } = require("node:vm").runInThisContext(
    "(function (exports, require, module, __filename, __dirname) {" + code + "\\nreturn { dcfg } })",
    { filename: bundle },
)(module_.exports, createRequire(bundle), module_, bundle, dirname(bundle))
const all = async () => {
    for (const file of files) await dcfg(file, { output: file.replace(/json$/, "bin") })
}
all().catch(error => {
    console.error(error)
    process.exit(1)
})
`

const fileOf = (id: string) => join(folder, id, `${id}.board.json`)

beforeAll(() => {
    for (const { id, archId, files } of BOARDS) {
        mkdirSync(join(folder, id))
        copyFileSync(files.board, fileOf(id))
        // Any pin of any chip: which ones there are is not in the bytes.
        const arch = { id: archId, dcfgOffset: "0x0", pins: { io: "0-63" } }
        writeFileSync(join(folder, id, "arch.json"), JSON.stringify(arch))
    }
    const files = BOARDS.map(({ id }) => fileOf(id))
    execFileSync(process.execPath, ["-e", OFFICIAL, findCli().bundle, ...files], {
        env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
    })
})

describe("a board's configuration", () => {
    it.each(BOARDS)("of $id is what `devs dcfg` makes of its file", ({ id, configuration }) => {
        const made = readFileSync(fileOf(id).replace(/json$/, "bin"))
        expect(configuration).toEqual(new Uint8Array(made))
    })

    it("names a setting that does not fit", () => {
        const encode = (definition: object) => () => encodeDcfg(dcfgSettings({ ...definition }))
        expect(encode({ pins: { A_VERY_LONG_LABEL: 1 } })).toThrow(DcfgError)
        expect(encode({ pins: { A_VERY_LONG_LABEL: 1 } })).toThrow(/pins\.A_VERY_LONG_LABEL/)
        expect(encode({ led: { pin: 1.5 } })).toThrow(/led\.pin: 1\.5/)
        expect(encode({ led: { pin: null } })).toThrow(/led\.pin: null/)
    })
})
