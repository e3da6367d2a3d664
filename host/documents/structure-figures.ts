import * as v from "valibot"

/**
 * A structure of the library as documents have it, in elements; what caches, interners and pools have been
 * worth since they were made.
 * @param count the document's own idea of a number of things
 */
export function structureFigures<const C extends v.GenericSchema<number, number>>(count: C) {
    return v.object({
        name: v.string(),
        length: count,
        capacity: count,
        highWaterMark: count,
        refused: count,
        worth: v.exactOptional(
            v.object({
                kind: v.picklist(["dedupe", "hit", "reuse"]),
                asked: count,
                hits: count,
                savedBytes: v.exactOptional(count),
                wastedBytes: v.exactOptional(count),
            }),
        ),
    })
}
