import { joinPath } from "../base/join-path"
import { NAMELESS } from "../model/program/nameless"
import type { DebugFunction } from "../model/program/debug-info"
import type { Program } from "../model/program/program"
import { SourceMap } from "../model/program/source-map"
import type { WorkCounter } from "./work-counter"

/**
 * Where the program's own handlers stand that nobody has called: functions without a name, in code that
 * has run. As `file:line`, in the order of the bytecode.
 */
export function idleHandlers({ debug, sourceFolder }: Program, work: WorkCounter): string[] {
    const map = SourceMap.of(debug)
    if (!debug || !map) return []
    const hasRun = ({ startpc }: DebugFunction) => work.hasRun(startpc)
    return debug.functions
        .filter(({ name, location }) => name === NAMELESS && location !== undefined)
        .filter(handler => !map.isLibrary(handler.startpc + 1) && !hasRun(handler))
        .filter(({ location }) => {
            const [start, length] = location!
            const around = debug.functions
                .filter(
                    ({ location: [from, size] = [0, 0] }) =>
                        from <= start && from + size >= start + length && size > length,
                )
                .sort((a, b) => a.location![1] - b.location![1])
            return around.length === 0 || hasRun(around[0]!)
        })
        .flatMap(({ startpc }) => {
            const place = map.declarationOf(startpc)
            return place ? [`${joinPath(sourceFolder, place.file)}:${place.line}`] : []
        })
}
