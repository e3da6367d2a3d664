import type { Picture, Shown } from "../../model/shown"
import type { Path, Reading } from "./reading"
import type { Action } from "./scenario"

/** What a display is to show: a picture of a file, pixel for pixel, or lines of text. @throws UserError */
export function readPicture(
    reading: Reading,
    path: Path,
    said: string | readonly string[],
    display: string | undefined,
    withinMs: number,
): Action {
    const isIt = (name: string) =>
        display === undefined || name.toLowerCase().includes(display.toLowerCase())
    const differ =
        typeof said === "string"
            ? pictureDiffers(reading.read(path, () => reading.files.picture(said)))
            : linesDiffer(said)
    return {
        kind: "expect-picture",
        withinMs,
        differs: shown => {
            const one = shown.find(({ name }) => isIt(name))
            if (one) return differ(one)
            if (shown.length === 0) return "the program had drawn on no display"
            return `no display is called ${display}: there is ${shown.map(({ name }) => name).join(", ")}`
        },
    }
}

function pictureDiffers(wanted: Picture) {
    return ({ picture }: Shown): string | undefined => {
        if (!picture) return "it shows no picture"
        const { width, height, rgb } = picture
        if (width !== wanted.width || height !== wanted.height)
            return `a picture of ${width} x ${height} pixels, and ${wanted.width} x ${wanted.height} are expected`
        let count = 0
        let first: number | undefined
        for (let pixel = 0; pixel < width * height; pixel++) {
            const isSame = [0, 1, 2].every(i => rgb[3 * pixel + i] === wanted.rgb[3 * pixel + i])
            if (isSame) continue
            count++
            first ??= pixel
        }
        if (first === undefined) return undefined
        return `${count} of ${width * height} pixels are others, the first in column ${first % width}, row ${Math.floor(first / width)}`
    }
}

function linesDiffer(wanted: readonly string[]) {
    return ({ text }: Shown): string | undefined => {
        if (!text) return "it shows pixels, not lines: name a picture"
        const lines = text.map(line => line.trimEnd())
        if (wanted.every((line, i) => line.trimEnd() === (lines[i] ?? ""))) return undefined
        return lines.map(line => JSON.stringify(line)).join(", ")
    }
}
