import { render } from "preact"
import { applyTheme, systemTheme } from "../theme"
import { readRoute } from "./route"
import { Wall } from "./wall"
import { WallState } from "./wall-state"

const route = readRoute(location.hash)
const place = document.getElementById("page")!
// What one board is shown with comes when it is needed; going back and forth begins anew.
addEventListener("hashchange", () => location.reload())
if (route.board === undefined) {
    const state = new WallState(route.token)
    applyTheme(state.theme.value)
    place.textContent = ""
    render(<Wall state={state} />, place)
    state.start()
} else {
    applyTheme(systemTheme())
    const { showBoard } = await import("./show-board")
    await showBoard(place, { ...route, board: route.board })
}
