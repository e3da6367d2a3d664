import type { Picture } from "../../../model/shown"

export function blankPicture(width: number, height: number): Picture {
    return { width, height, rgb: new Uint8Array(width * height * 3) }
}

export function setPixel(
    { width, rgb }: Picture,
    x: number,
    y: number,
    red: number,
    green = red,
    blue = red,
): void {
    const at = (y * width + x) * 3
    rgb[at] = red
    rgb[at + 1] = green
    rgb[at + 2] = blue
}
