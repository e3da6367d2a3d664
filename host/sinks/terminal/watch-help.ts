import { findTerm } from "../../documents/glossary"
import type { MemoryModel } from "../../model/memory-model"
import type { Style } from "./text/style"
import { wrap } from "./text/text-layout"

export const KEYS = [
    ["p", "pause: the screen stands still, the source and a recording go on"],
    ["s", "the whole heap's figures, exactly; a real board stands still for it"],
    ["←", "in a recording: 10 s back; → 10 s on"],
    ["m", "mark this moment in the log, in the chart and in a recording"],
    ["?", "this help, and its next page; any other key goes back"],
    ["q", "quit; Ctrl-C breaks off"],
] as const

/** The words of the glossary that are on the screen now, in the order of the screen. */
function wordsOn(model: MemoryModel): string[] {
    const { samples, figures, structures, heapMap, panic } = model
    const types = new Set(heapMap.blocks.map(({ type }) => type))
    return [
        ...(panic ? ["panic"] : []),
        ...["used", "live", "garbage", "largest free block", "high-water mark", "collection"],
        ...(samples.at(-1)?.estimate ? ["estimate"] : []),
        ...(figures ? ["fragmentation"] : []),
        ...[...types].flatMap(type => (findTerm(type) ? [type] : [])),
        ...(structures.size > 0 ? ["structure"] : []),
    ]
}

/**
 * What the keys do and what the words of the screen mean, in pages of `rows` lines: whole entries, but
 * for one that is longer than a page.
 */
export function helpPages(model: MemoryModel, rows: number, style: Style): string[][] {
    const { colors: c, width } = style
    const keys = KEYS.map(([key, does]) => `${c.bold(key)}  ${does}`)
    const terms = new Set(wordsOn(model).flatMap(word => findTerm(word) ?? []))
    const entries = [...terms].map(({ names: [name], means }) => {
        const [first = "", ...rest] = wrap(`${name}: ${means}`, width - 2)
        return [c.bold(name!) + first.slice(name!.length), ...rest.map(line => `  ${line}`)]
    })
    const pages: string[][] = [[]]
    for (const entry of [[...keys, ""], ...entries]) {
        if (pages.at(-1)!.length > 0 && pages.at(-1)!.length + entry.length > rows) pages.push([])
        pages.at(-1)!.push(...entry)
    }
    return pages.map(page => page.slice(0, Math.max(0, rows)))
}
