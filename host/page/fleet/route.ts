/** What a page's address asks for: behind the # are the token and, of a board, its name. */
export interface Route {
    token: string
    board?: string
}

export function readRoute(hash: string): Route {
    const [token = "", ...name] = hash.slice(1).split("/")
    if (name.length === 0) return { token }
    try {
        return { token, board: decodeURIComponent(name.join("/")) }
    } catch {
        // Somebody typed it.
        return { token }
    }
}

/** The address of a board, or of all of them. */
export function linkTo({ token, board }: Route): string {
    return board === undefined ? `#${token}` : `#${token}/${encodeURIComponent(board)}`
}
