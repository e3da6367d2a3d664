import type { Browser, BrowserContext, Page } from "playwright-core"
import type { PlaygroundState } from "../../../host/playground/playground-state"

/** In the page. */
declare const heapscope: PlaygroundState

/** Milliseconds that something in a tab may take. */
export const PATIENCE = { timeout: 60_000 }

/** What is shown, and how large: nothing is the first program, on a dark screen. */
export interface Shown {
    hash?: string
    width?: number
    theme?: "dark" | "light"
}

/**
 * A tab with the playground, which several tests go through one after the other: to load it, its compiler
 * and what helps the editor takes four seconds of the processor each time.
 */
export class PlaygroundTab {
    /** Errors of the page, and what it says is one. */
    readonly problems: string[] = []

    private constructor(readonly page: Page) {
        page.on("pageerror", error => this.problems.push(String(error)))
        page.on("console", message => {
            if (message.type() === "error") this.problems.push(message.text())
        })
    }

    /** @param address of the site, with what is to be opened behind its `#` */
    static async open(browser: Browser | BrowserContext, address: string): Promise<PlaygroundTab> {
        const page = await browser.newPage()
        await page.setViewportSize({ width: 1280, height: 900 })
        await page.emulateMedia({ colorScheme: "dark" })
        const tab = new PlaygroundTab(page)
        await page.goto(address)
        await page.locator(".desk").waitFor(PATIENCE)
        return tab
    }

    /** Goes to an address within the site: what it names is opened anew, and nothing is loaded again. */
    async show({ hash = "#start", width = 1280, theme = "dark" }: Shown = {}): Promise<void> {
        await this.page.setViewportSize({ width, height: 900 })
        await this.page.evaluate(
            ({ hash, theme }) => {
                // The system's is asked for once.
                if (heapscope.page.theme.value !== theme) heapscope.page.toggleTheme()
                history.replaceState(null, "", hash)
                dispatchEvent(new HashChangeEvent("hashchange"))
            },
            { hash, theme },
        )
    }
}
