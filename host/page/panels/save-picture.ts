import { saveFile } from "../keep/save-file"
import { themeColor } from "../theme"

/** Has the browser save what a canvas shows, on the page's ground, as a PNG. */
export function savePicture(canvas: HTMLCanvasElement, name: string): void {
    const copy = document.createElement("canvas")
    copy.width = canvas.width
    copy.height = canvas.height
    const context = copy.getContext("2d")
    if (!context) return
    context.fillStyle = themeColor("paper")
    context.fillRect(0, 0, copy.width, copy.height)
    context.drawImage(canvas, 0, 0)
    copy.toBlob(blob => {
        if (blob) saveFile(name, blob)
    }, "image/png")
}
