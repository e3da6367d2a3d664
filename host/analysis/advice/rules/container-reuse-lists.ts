import { eachCall, type CallNode } from "../call-nodes"
import { placeOf, type AdviceContext, type Rule } from "../rule"

const MIN_LISTS = 20
/** A collection may meet this many that are dropped as soon as the call goes on, or replaced. */
const MAX_AT_ONCE = 3

/** What one place made over the run. */
interface Lists {
    count: number
    bytes: number
    kept: number
    /** What else its function made is in it, or may be, and weighs more. */
    isOfOthers: boolean
}

/** Lists made and dropped again and again: one that is filled again does. */
export const adviseContainerReuseLists: Rule = context =>
    [...listsByPc(context)].flatMap(([pc, { count, bytes, kept, isOfOthers }]) => {
        if (count < MIN_LISTS * context.starts || kept > MAX_AT_ONCE) return []
        // A list that stays keeps all that is in it.
        if (isOfOthers) return []
        const each = Math.round(bytes / count)
        const atOnce = Math.max(1, kept)
        const after = atOnce * each
        return [
            {
                lesson: "container-reuse",
                what: `${count} lists were made, filled and dropped, ${each} B each`,
                instead: isOfRest(context, pc)
                    ? "take the values as single parameters instead of ..."
                    : "make the list once and fill it again by index",
                ...placeOf(context, pc + 1),
                count,
                churn: { before: bytes, after },
                formula: `${atOnce} x ${each} B for what is filled again`,
            },
        ]
    })

/** A call makes the list of a rest parameter before the function's first instruction. */
function isOfRest({ declarationText, functionStarts }: AdviceContext, pc: number): boolean {
    const hasRest = /^[^{=]*\(([^()]|\([^()]*\))*\.\.\.\w/
    return functionStarts.includes(pc) && hasRest.test(declarationText(pc) ?? "")
}

function listsByPc({ calls, claimed }: AdviceContext): Map<number, Lists> {
    const lists = new Map<number, Lists>()
    const visit = (nodes: readonly CallNode[]) => {
        for (const node of nodes) {
            const array = node.of("array")
            const isClaimed =
                claimed.pcs.has(node.pc) || claimed.functions.has(node.functionStart ?? -1)
            if (node.isProgram && !isClaimed && array.blocks > 0) {
                const known = lists.get(node.pc)
                const all = known ?? { count: 0, bytes: 0, kept: 0, isOfOthers: false }
                const storage = storageBytes(node, nodes)
                lists.set(node.pc, {
                    count: all.count + array.blocks - array.live,
                    bytes: all.bytes + array.bytes + storage,
                    kept: all.kept + Math.max(array.live, array.survivors),
                    isOfOthers:
                        all.isOfOthers ||
                        heldBytes(node, nodes) > (array.bytes + storage) / array.blocks,
                })
            }
            visit(node.callees)
        }
    }
    visit(calls)
    return lists
}

/** Bytes of buffers and objects of the same function that a collection met beside its list. */
function heldBytes(made: CallNode, siblings: readonly CallNode[]): number {
    const own = siblings.filter(({ functionStart }) => functionStart === made.functionStart)
    return eachCall(own)
        .flatMap(node => [node.of("buffer"), node.of("map")])
        .reduce(
            (sum, { bytes, blocks, survivors }) => sum + (blocks && (survivors * bytes) / blocks),
            0,
        )
}

/**
 * The blocks that lists kept their elements in: made with a list, or as it grew. The latter are told
 * by being made in the same function and gone with the lists, where nothing else in it has such.
 */
function storageBytes(made: CallNode, siblings: readonly CallNode[]): number {
    const own = siblings.filter(({ functionStart }) => functionStart === made.functionStart)
    const makers = own.filter(node => node.of("array").blocks > 0 || node.of("map").blocks > 0)
    const isOfLists = (node: CallNode) =>
        node === made || (makers.length === 1 && node.of("bytes").live <= made.of("array").live)
    return own.filter(isOfLists).reduce((sum, node) => sum + node.of("bytes").bytes, 0)
}
