import { addCost, noCost, type Cost } from "../../documents/cost"
import type { CallNode, ProfileReport } from "../../documents/profile-report"
import { ranMs } from "../../documents/sim-report"

/** What Valgrind's `dh_view.html` opens: its file format, version 2. */
export interface DhatFile {
    dhatFileVersion: 2
    mode: string
    verb: string
    /** Whether lifetimes, and accesses, are known of blocks. */
    bklt: boolean
    bkacc: boolean
    /** Units: of bytes, of a block, of blocks; of time, and of a million of it. */
    bu: string
    bsu: string
    bksu: string
    tu: string
    Mtu: string
    cmd: string
    pid: number
    /** When it ended. */
    te: number
    /** Program points: total bytes and blocks, and the frames that lead there, the innermost first. */
    pps: { tb: number; tbk: number; fs: number[] }[]
    /** Frames; the first is the root. */
    ftbl: string[]
}

/**
 * A profile for DHAT's viewer: bytes and blocks allocated by path of calls, each line by itself. The VM frees
 * when it collects, so that nothing is said of how long a block was there.
 */
export function toDhat(profile: ProfileReport): DhatFile {
    const { program, board, tree } = profile
    const frames = new Map([["[root]", 0]])
    const frameOf = (text: string) => {
        const known = frames.get(text) ?? frames.size
        frames.set(text, known)
        return known
    }
    const points = new Map<string, { fs: number[]; cost: Cost }>()
    const walk = (node: CallNode, callers: readonly number[]): void => {
        for (const site of node.sites) {
            const fs = [frameOf(`${nameOf(node, site.line)} [${site.type}]`), ...callers]
            const key = fs.join()
            const point = points.get(key) ?? { fs, cost: noCost() }
            addCost(point.cost, site)
            points.set(key, point)
        }
        for (const child of node.children)
            walk(child, node === tree ? [] : [frameOf(nameOf(node, node.line)), ...callers])
    }
    walk(tree, [])
    return {
        ...{ dhatFileVersion: 2, mode: "heapscope", verb: "Allocated", bklt: false, bkacc: false },
        ...{ bu: "byte", bsu: "bytes", bksu: "blocks", tu: "ms", Mtu: "ks" },
        ...{ cmd: `${program.entry} on ${board.id}`, pid: 0, te: Math.round(ranMs(profile)) },
        pps: [...points.values()].map(({ fs, cost }) => ({
            ...{ tb: cost.bytes, tbk: cost.allocations, fs },
        })),
        ftbl: [...frames.keys()],
    }
}

/** As DHAT names frames: `step (src/main.ts:12)`. */
function nameOf({ function: name, file }: CallNode, line: number | undefined): string {
    if (file === undefined) return name
    return `${name} (${file}${line === undefined ? "" : `:${line}`})`
}
