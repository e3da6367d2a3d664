/** A part of the page as a picture of its own: an SVG that has its styles and what its canvases show. */
export function panelSvg(panel: HTMLElement): string {
    const { width, height } = panel.getBoundingClientRect()
    const copy = panel.cloneNode(true) as HTMLElement
    const canvases = [...panel.querySelectorAll("canvas")]
    for (const [index, canvas] of [...copy.querySelectorAll("canvas")].entries()) {
        const image = document.createElement("img")
        const from = canvases[index]!
        image.src = from.toDataURL("image/png")
        // By the object model: the page's policy takes no style in an attribute.
        image.style.cssText = `display:block;width:${from.clientWidth}px;height:${from.clientHeight}px`
        canvas.replaceWith(image)
    }
    // What is only shown when somebody points at it, and buttons, are of no use in a picture.
    for (const part of copy.querySelectorAll(".actions, .means, .tools")) part.remove()
    copy.style.cssText = `margin:0;width:${width}px;height:${height}px`
    const styles = [...document.styleSheets]
        .flatMap(sheet => [...sheet.cssRules].map(({ cssText }) => cssText))
        .join("\n")
    const style = document.createElement("style")
    style.textContent = styles
    const ground = document.createElement("div")
    ground.append(style, copy)
    const inside = new XMLSerializer().serializeToString(ground)
    const root = document.documentElement.getAttribute("style") ?? ""
    const [w, h] = [Math.ceil(width), Math.ceil(height)]
    return (
        `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" style="${root.replaceAll('"', "'")}">` +
        `<foreignObject width="${w}" height="${h}">${inside}</foreignObject></svg>\n`
    )
}

/** The same as a PNG, as sharp as the screen. @throws Error where the browser draws none */
export async function panelPng(panel: HTMLElement): Promise<Blob> {
    const image = new Image()
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(panelSvg(panel))}`
    await image.decode()
    const canvas = document.createElement("canvas")
    canvas.width = image.width * devicePixelRatio
    canvas.height = image.height * devicePixelRatio
    const context = canvas.getContext("2d")
    context?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return new Promise((done, failed) =>
        canvas.toBlob(blob => {
            if (blob) done(blob)
            else failed(new Error("the browser has drawn no picture"))
        }, "image/png"),
    )
}
