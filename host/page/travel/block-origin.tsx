import type { PageState } from "../page-state"

/** What is asked of a block of the heap's map. */
export function BlockOrigin({
    state,
    block,
}: {
    state: PageState
    block: { address: number; bytes: number; type: string }
}) {
    const { travel, history, momentMs } = state
    if (!history.value || !state.can("visit")) return null
    const at = travel.visit.value?.moment
    const to = at ?? { kind: "time" as const, atMs: momentMs.value ?? history.value.nowMs }
    const { address, bytes } = block
    return (
        <>
            {" "}
            <button
                type="button"
                disabled={travel.isGoing.value}
                onClick={() => travel.go({ to, maker: { address, bytes } })}
            >
                {block.type === "free" ? "Go to when this hole appeared" : "Go to what made it"}
            </button>
        </>
    )
}
