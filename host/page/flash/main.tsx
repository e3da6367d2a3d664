import { render } from "preact"
import { applyTheme, systemTheme } from "../theme"
import { CommandOffer } from "./command-offer"
import { FlashPage } from "./flash-page"
import { FlashState } from "./flash-state"

const state = new FlashState(new CommandOffer(location))
applyTheme(systemTheme())
const place = document.getElementById("page")!
place.textContent = ""
render(<FlashPage state={state} />, place)
// A board that is being written to is not to be left by mistake.
addEventListener("beforeunload", event => {
    if (state.isBusy) event.preventDefault()
})
void state.start()
