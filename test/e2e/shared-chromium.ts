import { chromium, type BrowserServer } from "playwright-core"
import { freePort } from "../free-port"
import { CHROMIUM_VARIABLE, launchOptions } from "./chromium"

let starting: Promise<BrowserServer> | undefined

/**
 * Before all files of pages: one Chromium for them all. To start one costs a second of the processor, and
 * what it has compiled of a page's code it keeps. It ends with this process, whatever ends that.
 *
 * Where it will be is told at once, and nobody waits for it here: to unpack it takes seconds, and pages come last.
 */
export async function setup(): Promise<void> {
    const host = "127.0.0.1"
    const port = await freePort()
    const path = `/${crypto.randomUUID()}`
    starting = launchOptions().then(options =>
        chromium.launchServer({ ...options, host, port, wsPath: path }),
    )
    starting.catch(error => console.error("The Chromium of all pages cannot be started:", error))
    process.env[CHROMIUM_VARIABLE] = `ws://${host}:${port}${path}`
}

export async function teardown(): Promise<void> {
    delete process.env[CHROMIUM_VARIABLE]
    const server = await starting?.catch(() => undefined)
    await server?.close()
}
