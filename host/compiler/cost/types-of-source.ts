import type { NamedType } from "../../analysis/layout/field-types"
import type { TypeScriptParser } from "../official-compiler"
import { lineAt } from "../schema/read-types"
import { costAt, type FindSource } from "./cost-at"
import type { Source } from "./source"

/** An interface, type or class of a source: its record, or why it is none. */
export type SourceType = { name: string; line: number } & ({ record: NamedType } | { why: string })

/** All that a source declares at its top level and that has fields, in its order; of classes the fields alone. */
export function typesOfSource(
    ts: TypeScriptParser,
    source: Source,
    findSource: FindSource,
): SourceType[] {
    return [...source.declarations].flatMap(([name, node]): SourceType[] => {
        const place = node.name!.getStart()
        const { record, why } = costAt(ts, source, place, findSource) ?? {}
        const line = lineAt(source.text, place)
        if (record) return [{ name, line, record: { ...record, line } }]
        return why === undefined ? [] : [{ name, line, why }]
    })
}
