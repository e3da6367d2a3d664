/** A text of a file or a board in a message: its beginning, when it is longer than people read. */
export function shorten(text: string, most = 200): string {
    return text.length > most ? `${text.slice(0, most)}…` : text
}
