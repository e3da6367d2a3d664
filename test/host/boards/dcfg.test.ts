import { execFileSync } from "node:child_process"
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import { listBoards } from "../../../host/boards/node/find-board"
import { DcfgError, dcfgSettings, encodeDcfg } from "../../../host/boards/dcfg"
import { findCli } from "../../../host/compiler/node/cli-package"

/** The official tool takes seconds a board: all boards only when asked for. */
const BOARDS = process.env["HEAPSCOPE_LONG"]
    ? listBoards()
    : listBoards().filter(({ id }) => id === "pico" || id === "feather_s2")

const DEVS = join(dirname(findCli().bundle), "../devicescript")
const folder = mkdtempSync(join(tmpdir(), "heapscope-dcfg-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("a board's configuration", () => {
    it.each(BOARDS)("of $id is what `devs dcfg` makes of its file", ({ archId, id, ...board }) => {
        const file = join(folder, `${id}.board.json`)
        const out = join(folder, `${id}.bin`)
        copyFileSync(board.files.board, file)
        // Any pin of any chip: which ones there are is not in the bytes.
        const arch = { id: archId, dcfgOffset: "0x0", pins: { io: "0-63" } }
        writeFileSync(join(folder, "arch.json"), JSON.stringify(arch))
        execFileSync(process.execPath, [DEVS, "dcfg", file, "-o", out], {
            env: { ...process.env, NO_UPDATE_NOTIFIER: "1" },
        })
        expect(board.configuration).toEqual(new Uint8Array(readFileSync(out)))
    })

    it("names a setting that does not fit", () => {
        const encode = (definition: object) => () => encodeDcfg(dcfgSettings({ ...definition }))
        expect(encode({ pins: { A_VERY_LONG_LABEL: 1 } })).toThrow(DcfgError)
        expect(encode({ pins: { A_VERY_LONG_LABEL: 1 } })).toThrow(/pins\.A_VERY_LONG_LABEL/)
        expect(encode({ led: { pin: 1.5 } })).toThrow(/led\.pin: 1\.5/)
        expect(encode({ led: { pin: null } })).toThrow(/led\.pin: null/)
    })
})
