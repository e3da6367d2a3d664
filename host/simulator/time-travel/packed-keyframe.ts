import { walkHeap } from "../../model/heap/walk"
import type { SitesState } from "../allocation-sites"
import type { Keyframe } from "../simulated-board"
import type { DoorPlace } from "../world/world"
import type { RunMarks } from "./run-marks"
import { SharedPages } from "./shared-pages"

/** What is known of a block beside the board's memory. Bytes. */
const BLOCK_BYTES = 6
const NUMBER_BYTES = 8
/** What a keyframe takes beside what is counted. Bytes. */
const OVERHEAD = 2_000

/** A board between two steps, in as little memory as it takes: what the keyframe before has is shared. */
export class PackedKeyframe {
    private readonly rest: Keyframe
    private readonly memory: SharedPages
    /** Words of the heap. */
    private readonly words: number
    /** Of each block, in order of address: what `SitesState` has at its first word. */
    private readonly pcs: Uint16Array
    private readonly numbers: Uint32Array

    /**
     * @param place how much had come through the board's door
     * @throws HeapError when the program has corrupted its heap
     */
    constructor(
        keyframe: Keyframe,
        readonly marks: RunMarks,
        readonly place: DoorPlace,
        before: PackedKeyframe | undefined,
    ) {
        const { machine, sites, tracker } = keyframe
        this.memory = new SharedPages(machine.memory, before?.memory)
        const pcs: number[] = []
        const numbers: number[] = []
        if (tracker.gc !== 0)
            walkBlocks(machine.memory, sites, index => {
                pcs.push(sites.sites[index]!)
                numbers.push(sites.numbers[index]!)
            })
        this.pcs = Uint16Array.from(pcs)
        this.numbers = Uint32Array.from(numbers)
        const old = before?.rest.machine
        this.rest = {
            ...keyframe,
            sites: { ...sites, sites: new Uint16Array(0), numbers: new Uint32Array(0) },
            machine: {
                ...machine,
                memory: new Uint8Array(0),
                flash: old && isSame(old.flash, machine.flash) ? old.flash : machine.flash,
                work: {
                    ...machine.work,
                    // Places that ran are never fewer.
                    ran:
                        old?.work.ran.length === machine.work.ran.length
                            ? old.work.ran
                            : machine.work.ran,
                },
            },
        }
        this.words = sites.sites.length
    }

    /** The board, to go on from. */
    unpack(): Keyframe {
        const { rest, words } = this
        const memory = this.memory.whole()
        const sites: SitesState = {
            start: rest.sites.start,
            sites: new Uint16Array(words),
            numbers: new Uint32Array(words),
        }
        let block = 0
        if (rest.tracker.gc !== 0)
            walkBlocks(memory, sites, index => {
                sites.sites[index] = this.pcs[block]!
                sites.numbers[index] = this.numbers[block++]!
            })
        return { ...rest, sites, machine: { ...rest.machine, memory } }
    }

    /** Bytes that it takes beside those that the one before it takes anyway. */
    bytesBeside(before: PackedKeyframe | undefined): number {
        const { flash, work } = this.rest.machine
        const old = before?.rest.machine
        return (
            OVERHEAD +
            this.memory.bytesBeside(before?.memory) +
            this.pcs.length * BLOCK_BYTES +
            (old?.flash === flash ? 0 : flash.length) +
            (old?.work.ran === work.ran ? 0 : work.ran.length * NUMBER_BYTES)
        )
    }
}

/** @param visit gets where a block begins, in words from the heap's start */
function walkBlocks(memory: Uint8Array, sites: SitesState, visit: (index: number) => void): void {
    const { start } = sites
    const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length >>> 2)
    const heap = { words, origin: 0, start, end: start + sites.sites.length * 4 }
    walkHeap(heap, address => visit((address - start) >>> 2))
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
    return a.length === b.length && a.every((byte, at) => byte === b[at])
}
