import { useSignal } from "@preact/signals"
import type { RefObject } from "preact"
import { useEffect, useRef } from "preact/hooks"

/** Before anything is laid out. Px. */
const AT_FIRST = 800

/** How wide an element is, in px, whenever that changes: `place` goes into its `ref`. */
export function useWidth(): { place: RefObject<HTMLDivElement | null>; width: number } {
    const place = useRef<HTMLDivElement>(null)
    const width = useSignal(AT_FIRST)
    useEffect(() => {
        const box = place.current
        if (!box) return undefined
        const watcher = new ResizeObserver(() => (width.value = box.clientWidth))
        watcher.observe(box)
        return () => watcher.disconnect()
    }, [])
    return { place, width: width.value }
}
