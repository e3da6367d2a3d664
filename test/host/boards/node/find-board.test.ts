import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runInNewContext } from "node:vm"
import { afterAll, describe, expect, it } from "vitest"
import type { Board } from "../../../../host/boards/board"
import { findBoard, listBoards, loadBoardFile } from "../../../../host/boards/node/find-board"
import { UserError } from "../../../../host/base/errors"

const KIB = 1024

describe("the boards that come with the package", () => {
    it("include one of each chip, with the heap its firmware gives", () => {
        const heaps = Object.fromEntries(listBoards().map(({ id, heapBytes }) => [id, heapBytes]))
        expect(heaps).toMatchObject({
            pico: 64 * KIB,
            pico_w: 64 * KIB,
            esp32_devkit_c: 64 * KIB,
            esp32s2_bare: 40 * KIB,
            esp32c3_bare: 64 * KIB,
            esp32s3_devkit_m: 64 * KIB,
        })
    })

    it("agree on memory wherever the chip and its firmware are the same", () => {
        for (const board of listBoards()) {
            expect(memoryOf(board)).toEqual(memoryOf(findBoard(board.archId)))
            const { heapBytes, sramBytes, storageFlashBytes, programFlashBytes } = board
            expect(heapBytes).toBeLessThan(sramBytes)
            expect(programFlashBytes).toBeLessThan(storageFlashBytes)
        }
    })

    it("are described as the official compiler knows them", () => {
        const official = officialBoards()
        for (const { id, archId, files } of listBoards()) {
            const ours = JSON.parse(readFileSync(files.board, "utf8")) as Definition
            const theirs = official.boards[id]!
            expect(archId).toBe(theirs.archId)
            expect(ours).toEqual({
                ...withoutComments(theirs),
                $schema: ours.$schema,
                $description: ours.$description,
            })
        }
    })

    it("have the storage the official compiler reserves", () => {
        const official = officialBoards()
        for (const { archId, storageFlashBytes } of listBoards()) {
            const { fstorPages, flashPageSize } = official.archs[archId]!
            expect(storageFlashBytes).toBe(fstorPages * flashPageSize)
        }
    })
})

describe("findBoard", () => {
    it.each([
        ["pico", "pico"],
        ["PICO-W", "pico_w"],
        ["rp2040", "pico"],
        ["rp2040w", "pico_w"],
        ["esp32", "esp32_devkit_c"],
        ["ESP32-S2", "esp32s2_bare"],
        ["esp32c3", "esp32c3_bare"],
        ["esp32s3", "esp32s3_devkit_m"],
    ])("takes %s for %s", (asked, id) => {
        expect(findBoard(asked).id).toBe(id)
    })

    it.each([
        ["picco", "pico"],
        ["esp32s4", "esp32s2"],
        ["feather", "feather_s2"],
        ["xiao", "seeed_xiao_esp32c3"],
    ])("suggests for %s, among others, %s", (asked, suggestion) => {
        const message = messageOf(() => findBoard(asked))
        expect(message).toContain(`There is no board "${asked}". Did you mean `)
        expect(message).toContain(suggestion)
        expect(message).toContain("heapscope boards")
    })

    it.each(["", "arduino-mega", "../boards/pico"])("suggests nothing for %j", asked => {
        expect(messageOf(() => findBoard(asked))).toBe(
            `There is no board "${asked}". "heapscope boards" lists them all.`,
        )
    })
})

describe("a board file of the user's own", () => {
    const folder = mkdtempSync(join(tmpdir(), "heapscope-board-"))
    afterAll(() => rmSync(folder, { recursive: true }))

    const good = { devName: "My board", productId: "0x3aaaaaaa", archId: "esp32s2" }
    const memory = Object.fromEntries(
        ["heapBytes", "sramBytes", "storageFlashBytes", "programFlashBytes"].map(name => [
            name,
            { value: 20_000, source: "my own firmware" },
        ]),
    )

    function write(name: string, content: unknown): string {
        const path = join(folder, name)
        writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content))
        return path
    }

    it("has the memory of its architecture", () => {
        const board = loadBoardFile(write("mine.board.json", good))
        const s2 = findBoard("esp32s2")
        expect(board).toMatchObject({ id: "mine", name: "My board", chip: "esp32s2" })
        expect(board.heapBytes).toBe(40 * KIB)
        expect(board.files.memory).toBe(s2.files.memory)
    })

    it("has the memory in the file beside it, if there is one", () => {
        const path = write("special.board.json", good)
        const beside = write("special.memory.json", memory)
        const board = loadBoardFile(path)
        expect(board.heapBytes).toBe(20_000)
        expect(board.sources.heapBytes).toBe("my own firmware")
        expect(board.files).toEqual({ board: path, memory: beside })
    })

    it.each([
        ["{ not json", /Expected property name/],
        ["[]", /devName: is missing/],
        ["null", /must hold a JSON object/],
        [{ ...good, devName: undefined }, /devName: is missing/],
        [{ ...good, devName: "" }, /devName: must not be empty/],
        [{ ...good, productId: "seven" }, /productId: must be an integer or a string holding one/],
        [{ ...good, productId: 7 }, /productId: must be from 0x30000000 to 0x3fffffff/],
        [{ ...good, archId: "esp8266" }, /archId: must be one of rp2040, rp2040w, esp32, /],
        [{ ...good, archId: "toString" }, /archId: must be one of /],
        [{ ...good, pins: { A0: "GP1" } }, /pins\.A0: must be a pin number/],
        [{ ...good, id: "other" }, /id: must be bad, as the file is called, not other/],
    ])("is refused when it holds %j", (content, complaint) => {
        const path = write("bad.board.json", content)
        const message = messageOf(() => loadBoardFile(path))
        expect(message.startsWith(`${path}: `)).toBe(true)
        expect(message).toMatch(complaint)
        expect(message).not.toContain("\n")
    })

    it.each([
        [{ ...memory, heapBytes: undefined }, /heapBytes: is missing/],
        [{ ...memory, heapBytes: 65536 }, /heapBytes: must be an object with value and source/],
        [
            { ...memory, sramBytes: { value: -1, source: "x" } },
            /sramBytes\.value: must be a positive number of bytes/,
        ],
        [
            { ...memory, sramBytes: { value: 0.5, source: "x" } },
            /sramBytes\.value: must be a whole number of bytes/,
        ],
        [
            { ...memory, heapBytes: { value: 65_537, source: "x" } },
            /heapBytes: must be 256 to 65536 bytes/,
        ],
        [{ ...memory, heapBytes: { value: 255, source: "x" } }, /must be 256 to 65536 bytes/],
        [{ ...memory, sramBytes: { value: 1 } }, /sramBytes\.source: is missing/],
        [{ ...memory, heapByte: memory["heapBytes"] }, /heapByte: is not a field we know/],
    ])("is refused with the memory figures %j", (content, complaint) => {
        const path = write("poor.board.json", good)
        const beside = write("poor.memory.json", content)
        const message = messageOf(() => loadBoardFile(path))
        expect(message.startsWith(`${beside}: `)).toBe(true)
        expect(message).toMatch(complaint)
    })

    it("is refused when it is not there, or not called a board", () => {
        expect(messageOf(() => loadBoardFile(join(folder, "none.board.json")))).toContain(
            "none.board.json: no such file",
        )
        expect(messageOf(() => loadBoardFile(write("board.json", good)))).toContain(
            "must end in .board.json",
        )
        expect(messageOf(() => loadBoardFile(write("my board.board.json", good)))).toContain(
            "use only letters, digits and underscores",
        )
    })
})

function memoryOf({ heapBytes, sramBytes, storageFlashBytes, programFlashBytes }: Board): object {
    return { heapBytes, sramBytes, storageFlashBytes, programFlashBytes }
}

function messageOf(act: () => unknown): string {
    try {
        act()
    } catch (error) {
        expect(error).toBeInstanceOf(UserError)
        return (error as UserError).message
    }
    throw new Error("expected a UserError")
}

interface Definition {
    archId: string
    [field: string]: unknown
}

/** The definitions inside the official compiler's bundle. */
function officialBoards(): {
    archs: Record<string, { fstorPages: number; flashPageSize: number }>
    boards: Record<string, Definition>
} {
    const cli = createRequire(import.meta.url).resolve(
        "@devicescript/cli/built/devicescript-cli.cjs",
    )
    const bundle = readFileSync(cli, "utf8")
    const start = bundle.lastIndexOf("{", bundle.indexOf("archs: {"))
    const indent = bundle.slice(bundle.lastIndexOf("\n", start) + 1).match(/^ */)![0]
    const end = bundle.indexOf(`\n${indent}}`, start) + indent.length + 2
    return runInNewContext(`(${bundle.slice(start, end)})`)
}

/** Drops what the compiler adds to a board file, comments ("#"), and lists that are empty. */
function withoutComments(definition: Definition): object {
    return JSON.parse(
        JSON.stringify(definition, (key, value: unknown) =>
            key === "id" || key === "$fwUrl" || key.startsWith("#") ? undefined : value,
        ),
    ) as object
}
