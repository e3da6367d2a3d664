import { chromium, type BrowserServer } from "playwright-core"
import type { TestProject } from "vitest/node"
import { CHROMIUM_VARIABLE, launchOptions } from "./chromium"

let starting: Promise<BrowserServer> | undefined

/**
 * Before all files of pages: one Chromium for them all. To start one costs a second of the processor, and
 * what it has compiled of a page's code it keeps. It ends with this process, whatever ends that.
 *
 * What runs before the pages does not wait for it: to unpack it takes seconds. A page that comes before it is
 * there, or where it cannot be started, starts one of its own, and tells what is wrong.
 */
export async function setup({ vitest }: TestProject): Promise<void> {
    starting = start()
    if (vitest.projects.every(({ name }) => name.endsWith("pages"))) await starting
    else starting.catch(() => undefined)
}

async function start(): Promise<BrowserServer> {
    const server = await chromium.launchServer(await launchOptions())
    process.env[CHROMIUM_VARIABLE] = server.wsEndpoint()
    return server
}

export async function teardown(): Promise<void> {
    const server = await starting?.catch(() => undefined)
    delete process.env[CHROMIUM_VARIABLE]
    await server?.close()
}
