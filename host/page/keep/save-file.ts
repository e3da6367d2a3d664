/** Has the browser save something as a file. */
export function saveFile(name: string, contents: Blob | string, type = "text/plain"): void {
    const blob = typeof contents === "string" ? new Blob([contents], { type }) : contents
    const link = document.createElement("a")
    link.href = URL.createObjectURL(blob)
    link.download = name
    link.click()
    URL.revokeObjectURL(link.href)
}
