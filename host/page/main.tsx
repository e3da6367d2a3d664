import { render } from "preact"
import { App } from "./app"
import { listenToKeys } from "./page-keys"
import { PageState } from "./page-state"
import { socketFeed } from "./feed/socket-feed"
import { applyTheme } from "./theme"

const state = new PageState(socketFeed(location))
applyTheme(state.theme.value)
listenToKeys(state)
const place = document.getElementById("page")!
place.textContent = ""
render(<App state={state} />, place)
state.start()
