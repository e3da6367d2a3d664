import fc from "fast-check"
import { expect, test } from "vitest"
import { ModelHeap, ModelRoom } from "../../../../host/analysis/trend/model-heap"
import { blockBytes } from "../../../../host/model/heap/object-sizes"

const CAPACITY = 4096
/** What is left of a hole is a block of its own from here on. */
const MIN_REST = 12

interface Block {
    bytes: number
    state: "free" | "live" | "garbage"
}

/** The same heap in the plainest way: every block in one list, looked through from its start each time. */
class PlainHeap {
    private since = 0

    constructor(readonly blocks: Block[]) {}

    allocate(bytes: number): Block | undefined {
        if (this.since > CAPACITY / 4) this.collect()
        const size = blockBytes(bytes)
        this.since += size
        return this.take(size) ?? (this.collect(), this.take(size))
    }

    private take(size: number): Block | undefined {
        const at = this.blocks.findIndex(({ bytes, state }) => state === "free" && bytes >= size)
        const block = this.blocks[at]
        if (!block) return undefined
        block.state = "live"
        const rest = block.bytes - size
        if (rest >= MIN_REST) {
            block.bytes = size
            this.blocks.splice(at + 1, 0, { bytes: rest, state: "free" })
        }
        return block
    }

    private collect(): void {
        this.since = 0
        for (const block of this.blocks) if (block.state === "garbage") block.state = "free"
        for (let i = this.blocks.length - 1; i > 0; i--)
            if (this.blocks[i]!.state === "free" && this.blocks[i - 1]!.state === "free")
                this.blocks[i - 1]!.bytes += this.blocks.splice(i, 1)[0]!.bytes
    }
}

/** Garbage that lies in one piece counts as one. */
function together(blocks: Iterable<Block>): Block[] {
    const all: Block[] = []
    for (const { bytes, state } of blocks) {
        const last = all.at(-1)
        if (state === "garbage" && last?.state === "garbage") last.bytes += bytes
        else all.push({ bytes, state })
    }
    return all
}

const words = (most: number) => fc.integer({ min: 2, max: most }).map(count => 4 * count)
const acts = fc.array(fc.record({ bytes: words(150), drops: fc.nat(7), passes: fc.boolean() }), {
    maxLength: 400,
})
const state = fc.constantFrom("free", "live", "garbage")

test("finds room exactly where a plain first fit does, also after collections", () => {
    const parts = fc.array(fc.record({ bytes: words(60), state }), { minLength: 1, maxLength: 30 })
    // All but the first find what others left there.
    const room = new ModelRoom()
    fc.assert(
        fc.property(parts, acts, (parts, acts) => {
            let address = 0
            const model = new ModelHeap(
                parts.map(({ bytes, state }) => {
                    const part = {
                        address,
                        bytes,
                        live: state === "live",
                        isFree: state === "free",
                    }
                    address += bytes
                    return part
                }),
                CAPACITY,
                0,
                room,
            )
            const plain = new PlainHeap(parts.map(part => ({ ...part }) as Block))
            const held: [number, Block][] = []
            for (const { bytes, drops, passes } of acts) {
                if (passes) {
                    const other = plain.allocate(bytes)
                    expect(model.pass(Int32Array.of(bytes), 1)).toBe(other ? 1 : 0)
                    if (other) other.state = "garbage"
                    continue
                }
                const [block, other] = [model.allocate(bytes), plain.allocate(bytes)]
                expect(block === undefined).toBe(other === undefined)
                if (block !== undefined && other) held.push([block, other])
                // Most go again: now this one, now an older one.
                const dropped =
                    drops === 0 ? undefined : held.splice(-(drops % held.length || 1), 1)[0]
                if (!dropped) continue
                model.drop(dropped[0])
                dropped[1].state = "garbage"
            }
            expect(together(model.all())).toEqual(together(plain.blocks))
        }),
    )
})
