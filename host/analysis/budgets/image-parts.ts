import type { Part } from "../../documents/check/report"
import type { Program } from "../../model/program/program"
import { ProgramImage } from "../../model/program/program-image"
import { SourceFrames } from "../../model/program/source-frames"
import { SourceMap } from "../../model/program/source-map"

/** What an image is made of: its code, and all of it. Each adds up. */
export interface ImageParts {
    /** Undefined of a program without debug information. */
    code: Part[] | undefined
    image: Part[]
}

/** A longer text is cut: it is there to be known again. */
const MAX_TEXT = 40

/** Says of each function and each text of a program what it takes of the flash. */
export function imageParts({ bytecode, debug, sourceFolder }: Program): ImageParts {
    const frames = new SourceFrames(SourceMap.of(debug), sourceFolder)
    const code = debug?.functions.map((one): Part => {
        const at = frames.declarationAt(one.startpc)
        return {
            function: one.name,
            ...(at && { file: at.file, line: at.line }),
            ...{ what: "function", value: one.size, count: 1 },
        }
    })
    const texts = ProgramImage.of(bytecode)
        .textSizes()
        .map(({ text, bytes }): Part => ({
            what: `text ${JSON.stringify(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)}`,
            value: bytes,
            count: 1,
        }))
    const known = [...(code ?? []), ...texts]
    const rest = bytecode.length - known.reduce((sum, { value }) => sum + value, 0)
    const what = code ? "tables and constants" : "code, tables and constants"
    return { code, image: [...known, { what, value: rest, count: 1 }] }
}
