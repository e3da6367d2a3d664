import type { EditRule } from "./edit"
import { rowsWithoutPadding } from "./rules/aligned"
import { keptResults } from "./rules/container-reuse"
import { copyOnWrite } from "./rules/copy-on-write"
import { preSized } from "./rules/heap"
import { textsOnce } from "./rules/interning"
import { joinedPieces } from "./rules/joined-text"
import { onePass } from "./rules/iterator-chains"
import { boundedRing } from "./rules/keep-last"
import { largeFieldsFirst } from "./rules/ordering"
import { reusedResult } from "./rules/out-parameter"
import { packedRecords } from "./rules/packed-records"
import { original } from "./rules/references"
import { reusedList } from "./rules/reused-list"
import { fieldsInLocals } from "./rules/stack"
import { oneTemplate } from "./rules/string-building"
import { oneValue } from "./rules/zero-size-types"

/** What carries advice out, by its rule: tried in order, until one is proved. */
export const EDIT_RULES: Readonly<Record<string, readonly EditRule[]>> = {
    aligned: [rowsWithoutPadding],
    "bit-packing": [packedRecords],
    "container-reuse": [keptResults, reusedList],
    "copy-on-write": [copyOnWrite],
    "enum-layout": [packedRecords],
    "flag-packing": [packedRecords],
    growth: [boundedRing],
    heap: [boundedRing, preSized],
    interning: [textsOnce],
    "iterator-chains": [onePass],
    ordering: [largeFieldsFirst],
    "out-parameter": [reusedResult],
    packed: [packedRecords],
    references: [original],
    stack: [fieldsInLocals, reusedResult],
    static: [packedRecords],
    "string-building": [joinedPieces, oneTemplate],
    "zero-size-types": [oneValue],
}
