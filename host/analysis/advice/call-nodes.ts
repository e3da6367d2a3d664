import type { BlockType } from "../../model/heap/block"
import type { FunctionPlace } from "../../documents/profile-report"
import type { LinePlace } from "../profile/source-places"

/** Blocks of one type that one place allocated. */
export interface Churn {
    blocks: number
    bytes: number
    /** Still there at the end. */
    live: number
    /** The most that were live at any look during the run. */
    survivors: number
    /** Arrays that a method for all their elements, such as `map`, was called on. */
    taken: number
}

const NO_CHURN: Churn = { blocks: 0, bytes: 0, live: 0, survivors: 0, taken: 0 }

/**
 * What a function allocated while it stood at one instruction, called along one path; `callees` are
 * the functions it called from there, each where it stood.
 */
export class CallNode {
    readonly callees: CallNode[] = []
    /** By type of block. A block of type `activation` is the frame of a call made here. */
    readonly churn = new Map<BlockType, Churn>()

    constructor(
        readonly pc: number,
        /** pc of the function's first instruction. */
        readonly functionStart: number | undefined,
        readonly within: FunctionPlace,
        readonly line: LinePlace,
    ) {}

    /** The function is the program's own. */
    get isProgram(): boolean {
        return !this.within.library && this.within.file !== undefined
    }

    of(type: BlockType): Churn {
        return this.churn.get(type) ?? NO_CHURN
    }

    /** Bytes allocated here and in all that was called from here. */
    get totalBytes(): number {
        return sumOver(this, node => node.ownBytes)
    }

    /** Bytes allocated here, frames of calls included. */
    get ownBytes(): number {
        return [...this.churn.values()].reduce((sum, { bytes }) => sum + bytes, 0)
    }
}

/** All nodes from these on, a node before its callees. */
export function eachCall(nodes: readonly CallNode[]): CallNode[] {
    const all = [...nodes]
    // What is found on the way is looked at in turn: a recursion would be as deep as the program's.
    for (let i = 0; i < all.length; i++) for (const callee of all[i]!.callees) all.push(callee)
    return all
}

/** Sums up something over a node and all that was called from there. */
export function sumOver(node: CallNode, of: (node: CallNode) => number): number {
    return eachCall([node]).reduce((sum, one) => sum + of(one), 0)
}
