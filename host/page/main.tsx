import { render } from "preact"
import { App } from "./app"
import { keptFeed } from "./feed/kept-feed"
import { keptRun } from "./keep/kept-page"
import { listenToKeys } from "./page-keys"
import { PageState } from "./page-state"
import { socketFeed } from "./feed/socket-feed"
import { applyTheme } from "./theme"

const kept = keptRun()
const state = new PageState(
    kept ? keptFeed(kept) : socketFeed(location.host, location.hash.slice(1)),
)
applyTheme(state.theme.value)
listenToKeys(state)
const place = document.getElementById("page")!
place.textContent = ""
render(<App state={state} />, place)
state.start()
