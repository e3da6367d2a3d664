import { ProgramError } from "../base/errors"
import { joinPath } from "../base/join-path"
import type { HeapError } from "../model/heap/heap-memory"
import { formatDuration } from "../base/format-units"
import type { Program } from "../model/program/program"
import { isLibraryPath } from "../model/program/source-map"

/** `list.length = n`, in all ways it is written, which TypeScript's compiler has nothing against. */
const SETS_LENGTH =
    /(?:\.length|\[\s*["'`]length["'`]\s*\])\s*(?:(?:[-+*/%&|^]|\*\*|<<|>>>?)?=(?!=)|\+\+|--)|(?:\+\+|--)[\w$.\]()[]+\.length\b/
/** Places named: the first ones show what is meant. */
const MAX_PLACES = 3

/**
 * What to tell when a heap is found corrupted. The one way known: DeviceScript keeps a property that is
 * set on an array or a buffer in a map which the collector does not follow (`scan_gc_obj` in the VM's
 * `gc_alloc.c`), and the length of an array is such a property to it.
 */
export function corruptedHeap(
    error: HeapError,
    atMs: number,
    { debug, sourceFolder }: Pick<Program, "debug" | "sourceFolder">,
): ProgramError {
    const places = (debug?.sources ?? [])
        .filter(({ path }) => !isLibraryPath(path))
        .flatMap(({ path, text = "" }) =>
            text
                .split("\n")
                .flatMap((line, i) =>
                    SETS_LENGTH.test(line) ? [`${joinPath(sourceFolder, path)}:${i + 1}`] : [],
                ),
        )
    const hint =
        places.length > 0
            ? `DeviceScript does not shorten an array whose length is set, and the VM corrupts its heap by it: ${places.slice(0, MAX_PLACES).join(", ")}. ` +
              `Make a new array, or take elements out with pop() or splice().`
            : `The VM does so with a property that is set on an array or a buffer: look for one in the program.`
    return new ProgramError(
        "E_HEAP_CORRUPTED",
        `the heap was corrupted after ${formatDuration(atMs)}: ${error.message}. A board goes on with wrong data or crashes. ${hint}`,
    )
}
