import { shorten } from "../../base/shorten"
import type { Part } from "../../documents/check/report"
import { imageLayout, type ImageItem } from "../../model/program/image-layout"
import type { Program } from "../../model/program/program"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"

/** What an image is made of, byte for byte: its code, and all of it. Each adds up. */
export interface ImageParts {
    code: Part[]
    image: Part[]
}

/** A longer text is cut: it is there to be known again. */
const MAX_TEXT = 40

/** Says of each byte of a program's bytecode file what it belongs to. */
export function imageParts({ bytecode, debug, sourceFolder }: Program): ImageParts {
    const frames = new SourceFrames(SourceMap.of(debug), sourceFolder)
    const image = imageLayout(bytecode).map((item): Part => {
        const { kind, index, name, bytes } = item
        if (kind !== "function") return { what: whatOf(item), value: bytes, count: 1 }
        const start = debug?.functions[index]?.startpc
        const at = start === undefined ? undefined : frames.declarationAt(start)
        return {
            function: debug?.functions[index]?.name || name || `function ${index}`,
            ...(at && { file: at.file, line: at.line }),
            ...{ what: "function", value: bytes, count: 1 },
        }
    })
    return { code: image.filter(({ what }) => what === "function"), image: asOne(image, "number") }
}

function whatOf({ kind, name = "" }: ImageItem): string {
    switch (kind) {
        case "text":
            return `text ${JSON.stringify(shorten(name, MAX_TEXT))}`
        case "service":
            return `service ${name}`
        case "hardware":
            return "hardware and own services"
        case "padding":
            return "alignment"
        default:
            return kind
    }
}

/** Parts that nothing tells apart, counted. */
function asOne(parts: readonly Part[], what: string): Part[] {
    const same = parts.filter(part => part.what === what)
    const value = same.reduce((sum, part) => sum + part.value, 0)
    const others = parts.filter(part => part.what !== what)
    return same.length === 0 ? others : [...others, { what, value, count: same.length }]
}
