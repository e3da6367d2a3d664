import { render } from "preact"
import { App } from "../app"
import { socketFeed } from "../feed/socket-feed"
import { listenToKeys } from "../page-keys"
import { PageState } from "../page-state"
import { askWall } from "./ask-wall"
import { linkTo, type Route } from "./route"

/** One board of the fleet, on the live page. */
export async function showBoard(
    place: HTMLElement,
    { token, board }: Required<Route>,
): Promise<void> {
    // Who cannot be asked, or does not answer this token, is the live page's to tell of.
    const wall = await askWall(token).catch(() => undefined)
    const isThere = !wall || wall.boards.some(({ name }) => name === board)
    const state = new PageState(socketFeed(location.host, token, board))
    document.title = `Heapscope: ${board}`
    place.textContent = ""
    render(
        <>
            <nav class="of-fleet" aria-label="The fleet">
                <a href={linkTo({ token })}>All boards</a>
                <strong>{board}</strong>
            </nav>
            {isThere ? <App state={state} /> : <NoSuchBoard />}
        </>,
        place,
    )
    if (!isThere) return
    listenToKeys(state)
    state.start()
}

function NoSuchBoard() {
    return (
        <main class="empty">
            <p class="brand">Heapscope</p>
            <h1>There is no board of that name</h1>
            <p role="status">It may not have reported yet since the command was started.</p>
        </main>
    )
}
