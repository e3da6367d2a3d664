import { chromium, type BrowserServer } from "playwright-core"
import { CHROMIUM_VARIABLE, launchOptions } from "./chromium"

let server: BrowserServer | undefined

/**
 * Before all files of pages: one Chromium for them all. To start one costs a second of the processor, and
 * what it has compiled of a page's code it keeps. It ends with this process, whatever ends that.
 */
export async function setup(): Promise<void> {
    server = await chromium.launchServer(await launchOptions())
    process.env[CHROMIUM_VARIABLE] = server.wsEndpoint()
}

export async function teardown(): Promise<void> {
    delete process.env[CHROMIUM_VARIABLE]
    await server?.close()
}
