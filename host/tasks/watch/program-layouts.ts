import { posix } from "node:path"
import { layoutReport } from "../../analysis/layout/layout-report"
import { loadCompiler } from "../../compiler/node/load-compiler"
import { readSource, type Source } from "../../compiler/cost/source"
import { typesOfSource } from "../../compiler/cost/types-of-source"
import type { ProgramLayouts } from "../../documents/layout/program-layouts"
import { capacityFor } from "../../model/heap/heap-memory"
import type { Program } from "../../model/program/program"
import { isLibraryPath } from "../../model/program/source-map"

/** How many of them are counted, as `heapscope layout` does. */
const COUNTS = [1, 100, 1000]

/** Lays out what the sources of a program declare, for a board; the text of a program without sources tells nothing. */
export function programLayouts(
    { debug, sourceFolder }: Program,
    { id, heapBytes }: { id: string; heapBytes: number },
): ProgramLayouts {
    const { compiler, keepCode } = loadCompiler()
    const ts = compiler.typescript
    const own = (debug?.sources ?? []).filter(({ path }) => !isLibraryPath(path))
    const sources = new Map(own.map(({ path, text = "" }) => [path, readSource(ts, text)]))
    const paths = new Map([...sources].map(([path, source]) => [source, path]))
    const imported = (source: Source, from: string): Source | undefined => {
        const base = posix.join(posix.dirname(paths.get(source)!), from)
        return sources.get(`${base}.ts`) ?? sources.get(`${base}/index.ts`) ?? sources.get(base)
    }
    const boards = [{ id, heapBytes, capacityBytes: capacityFor(heapBytes) }]
    const layouts: ProgramLayouts = { reports: [], unread: [] }
    for (const [path, source] of sources) {
        const file = posix.join(sourceFolder, path)
        const types = typesOfSource(ts, source, imported)
        const records = types.flatMap(type => ("record" in type ? [type.record] : []))
        if (records.length > 0)
            layouts.reports.push(layoutReport(records, { file, counts: COUNTS, boards }))
        for (const type of types) if ("why" in type) layouts.unread.push({ file, ...type })
    }
    keepCode()
    return layouts
}
