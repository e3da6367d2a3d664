import type { FilledType } from "../terminal/charts/block-style"

/** A kind of block in a picture: its colour, and what people call it. */
export const BLOCK_COLORS: Readonly<Record<FilledType, { color: string; words: string }>> = {
    map: { color: "#b083f0", words: "objects" },
    array: { color: "#539bf5", words: "arrays" },
    bytes: { color: "#39a9b8", words: "storage of arrays and objects, and the VM's tables" },
    string: { color: "#57ab5a", words: "strings" },
    "string-jmp": { color: "#8ddb8c", words: "long or accented strings" },
    buffer: { color: "#e0a72e", words: "buffers" },
    activation: { color: "#e07b39", words: "call frames" },
    "bound-function": { color: "#96d0ff", words: "bound methods" },
    "half-static-map": { color: "#8256d0", words: "built-in objects" },
    "short-map": { color: "#6e40c9", words: "the VM's own maps" },
    packet: { color: "#f47067", words: "packets" },
    image: { color: "#f69d50", words: "images" },
    null: { color: "#f85149", words: "blocks without a kind" },
}

/** How a picture shows garbage: what it was, faded. */
export const GARBAGE_OPACITY = 0.38
/** Free bytes. */
export const FREE_COLOR = "#21262d"
