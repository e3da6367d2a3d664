import type { ImageKind } from "../model/program/image-layout"
import { KINDS, QUANTITIES, type Color } from "./palette"

/** How a kind of what is in a bytecode file looks in pictures, and what people call it. */
export interface ImageLook {
    color: Color
    words: string
}

export const IMAGE_LOOKS: Readonly<Record<ImageKind, ImageLook>> = {
    function: { color: KINDS.functions, words: "functions" },
    text: { color: KINDS.texts, words: "texts" },
    buffer: { color: KINDS.buffers, words: "buffers" },
    number: { color: KINDS.arrays, words: "numbers" },
    service: { color: KINDS.packets, words: "services" },
    hardware: { color: KINDS.tables, words: "hardware and own services" },
    header: { color: QUANTITIES.garbage, words: "header" },
    padding: { color: QUANTITIES.free, words: "alignment" },
}
