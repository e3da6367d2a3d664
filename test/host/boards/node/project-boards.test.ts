import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, it } from "vitest"
import { allBoards, findBoard, findBoardOfProduct } from "../../../../host/boards/node/find-board"

const project = mkdtempSync(join(tmpdir(), "heapscope-project-"))
afterAll(() => rmSync(project, { recursive: true }))
mkdirSync(join(project, "boards"))
mkdirSync(join(project, "src/deep"), { recursive: true })
writeFileSync(join(project, "devsconfig.json"), "{}")
const write = (id: string, content: unknown) =>
    writeFileSync(join(project, "boards", `${id}.board.json`), JSON.stringify(content))
const MINE = { devName: "Mine", productId: "0x3123abcd", archId: "esp32s3", pins: { A0: 1 } }
write("mine", MINE)
write("pico", { ...MINE, devName: "My Pico", productId: "0x3123abce", archId: "rp2040" })
write("broken", { devName: "Broken" })

it("a project's own boards are found in all of its folders, before others of their id", () => {
    const deep = join(project, "src/deep")
    expect(findBoard("mine", deep)).toMatchObject({
        ...{ id: "mine", definedBy: "project", chip: "esp32s3", heapBytes: 65_536 },
        // Not the 8 MB of the board that stands for its chip.
        flashBytes: 2 * 1024 * 1024,
    })
    expect(findBoard("Pico", project).name).toBe("My Pico")
    expect(findBoard("pico").name).toBe("Raspberry Pi Pico")
    expect(() => findBoard("mine")).toThrow(/There is no board "mine"/)
    expect(() => findBoard("minee", project)).toThrow(/Did you mean mine/)
})

it("one that cannot be used is told of where it is listed", () => {
    expect(() => [...allBoards(project)]).toThrow(/broken\.board\.json: productId: is missing/)
    rmSync(join(project, "boards/broken.board.json"))
    const ids = [...allBoards(project)].map(({ id }) => id)
    expect(ids.slice(0, 2)).toEqual(["mine", "pico"])
    expect(ids.filter(id => id === "pico")).toHaveLength(1)
})

it("a board says which it is, one of the project's and the official tool's others, too", () => {
    expect(findBoardOfProduct(0x3123abcd, project)?.id).toBe("mine")
    expect(findBoardOfProduct(0x3123abcd)).toBeUndefined()
    expect(findBoardOfProduct(0x3de1398b)).toMatchObject({ id: "msr48", heapBytes: 40_960 })
    expect(findBoardOfProduct(0x3f140dcc)?.id).toBe("esp32s2_bare")
    expect(findBoardOfProduct(undefined)).toBeUndefined()
})
