import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { generateCode, generatedFile } from "../../host/compiler/generate/generate-file"
import { loadCompiler } from "../../host/compiler/node/load-compiler"
import type { HeapMemory } from "../../host/model/heap/heap-memory"
import { listBlocks } from "../../host/model/heap/walk"
import { orderId, orderTable, type CompactOrderFlags } from "../../src/compact-order-flags"
import { fromRoot, powerOn, printed } from "./harness"
import { PLACE_BYTES, readPlace, type Place } from "./station-place.generated"

test("the station's code is what generate makes of its record and its menu", () => {
    const { typescript } = loadCompiler().compiler
    const made = (file: string, isTable: boolean) => {
        const text = readFileSync(fromRoot("devs/station", file), "utf8")
        const keys = isTable ? ["name"] : undefined
        const request = { text, file, layout: "packed" as const, isTable, keys }
        return generateCode(typescript, request).code
    }
    const place = made("place.ts", false)
    for (const [path, from, code] of [
        ["devs/station/dish.generated.ts", "dish.csv", made("dish.csv", true).board],
        ["devs/station/place.generated.ts", "place.ts", place.board],
        ["test/vm/station-place.generated.ts", "../../devs/station/place.ts", place.host],
    ] as const)
        expect(readFileSync(fromRoot(path), "utf8")).toBe(generatedFile(code, from))
})

test("its records, read from the board's heap, are the orders of its journal", async () => {
    const { board, log } = await powerOn("devs/station/main.ts")
    board.runUntil(120_000)
    const waiting = new Map<string, string>()
    for (const line of printed(log)) {
        const [, id, received] = /^#(\d+) (?:table|shelf) (\d+): /.exec(line) ?? []
        if (received !== undefined) waiting.set(received, id!)
    }
    const records = placesOf(board.tracker.heap!)
    const orders = records.filter(({ state }) => state !== 0)
    expect(orders.length).toBeGreaterThan(5)
    for (const { order } of orders) {
        const packed = order as CompactOrderFlags
        expect(waiting.get(`${orderTable(packed)}`)).toBe(`${orderId(packed)}`)
    }
})

/** Places there are, and the one that is none. */
const PLACES = 32
/** Of a buffer, its length stands behind a word, and its bytes behind three. */
const LENGTH_AT = 4
const BYTES_AT = 12

function placesOf(heap: HeapMemory): Place[] {
    const { buffer, byteOffset, byteLength } = heap.words
    const view = new DataView(buffer, byteOffset, byteLength)
    const [found, ...others] = listBlocks(heap)
        .map(({ address, type }) => ({ type, at: address - heap.origin }))
        .filter(
            ({ type, at }) =>
                type === "buffer" && view.getUint16(at + LENGTH_AT, true) === PLACES * PLACE_BYTES,
        )
    expect(others).toEqual([])
    return Array.from({ length: PLACES }, (_, i) =>
        readPlace(view, found!.at + BYTES_AT + i * PLACE_BYTES),
    )
}
