/** What a display shows: three bytes a pixel, red, green and blue, row by row from the top left. */
export interface Picture {
    width: number
    height: number
    rgb: Uint8Array
}

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
