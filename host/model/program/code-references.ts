/** What an instruction names by its index. */
export type Referred = "function" | "builtin" | "ascii" | "utf8" | "buffer" | "number" | "service"

export interface CodeReference {
    to: Referred
    index: number
}

/** From here on an instruction is a small number, and nothing else. */
const DIRECT_CONST = 0x80
/** A number from here on says how many bytes follow, the highest first. */
const FIRST_MULTIBYTE = 0xf8
/** Instructions that a number follows, as DeviceScript's `bytecode.md` has them, with what it is an index of. */
const WITH_NUMBER: ReadonlyMap<number, Referred | undefined> = new Map<
    number,
    Referred | undefined
>([
    ...([1, 13, 14, 16, 17, 18, 21, 22, 29, 30, 40, 73, 74, 78, 80, 81, 86] as const).map(
        (op): [number, undefined] => [op, undefined],
    ),
    ...([
        [26, "builtin"],
        [27, "ascii"],
        [28, "utf8"],
        [34, "service"],
        [35, "buffer"],
        [36, "builtin"],
        [37, "ascii"],
        [38, "utf8"],
        [39, "function"],
        [41, "number"],
        [75, "function"],
        [94, "service"],
    ] as const),
])

/** What the code between two offsets of a bytecode file names, each time that it does. */
export function* codeReferences(
    bytecode: Uint8Array,
    start: number,
    end: number,
): Generator<CodeReference> {
    const last = Math.min(end, bytecode.length)
    for (let at = start; at < last;) {
        const op = bytecode[at++]!
        if (op >= DIRECT_CONST || !WITH_NUMBER.has(op)) continue
        const first = bytecode[at++] ?? 0
        let index = first
        if (first >= FIRST_MULTIBYTE) {
            index = 0
            for (let left = (first & 3) + 1; left > 0; left--)
                index = index * 256 + (bytecode[at++] ?? 0)
        }
        const to = WITH_NUMBER.get(op)
        if (to !== undefined) yield { to, index }
    }
}
