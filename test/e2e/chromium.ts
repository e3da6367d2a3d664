import {
    existsSync,
    mkdirSync,
    mkdtempSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { inflate } from "@sparticuz/chromium"
import { chromium, type Browser, type LaunchOptions } from "playwright-core"
import { packageRoot } from "../../host/base/node/package-root"

/** What the package keeps its Chromium in: itself, fonts, the libraries it needs, a software GPU. */
const ARCHIVES = ["chromium.br", "fonts.tar.br", "al2023.tar.br", "swiftshader.tar.br"]

/** Where its fonts are: the package's own settings look where it unpacks itself. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

/** How long it may take to unpack and start the shared one, and between two attempts to reach it. Milliseconds. */
const UNPACK_MS = 45_000
const POLL_MS = 200

/** The variable with the address of the Chromium that all files of pages share. */
export const CHROMIUM_VARIABLE = "HEAPSCOPE_TESTS_CHROMIUM"

/** What a file opened and has not closed: files that share a process share this. See `../no-child-left`. */
const OPEN = Symbol.for("heapscope/browsers")
const shared = globalThis as { [OPEN]?: Set<Browser> }

/**
 * A browser without a window: tabs of its own in the one that all files of pages share, or one by itself
 * where there is none. Whoever asked for it closes it, and its tabs with it.
 */
export async function startChromium(): Promise<Browser> {
    const address = process.env[CHROMIUM_VARIABLE]
    if (address === undefined) return startOwnChromium()
    const browser = await connect(address)
    const open = (shared[OPEN] ??= new Set())
    open.add(browser)
    browser.once("disconnected", () => open.delete(browser))
    return browser
}

/** Connects to the one that is shared, which may have to be unpacked yet. @throws Error when it is not there in time */
async function connect(address: string): Promise<Browser> {
    for (const end = Date.now() + UNPACK_MS; ; await sleep(POLL_MS)) {
        try {
            return await chromium.connect(address)
        } catch (error) {
            if (Date.now() > end) throw error
        }
    }
}

/** One by itself: what is measured in it is of its own tabs alone. Whoever started it closes it. */
export async function startOwnChromium(): Promise<Browser> {
    return chromium.launch(await launchOptions())
}

/**
 * How Chromium is started, without a window and with its own defaults of safety: web security and site
 * isolation are on. It comes as a package for Linux on x64; elsewhere `CHROMIUM_PATH` names one, as it may
 * there.
 */
export async function launchOptions(): Promise<LaunchOptions> {
    // Its sandbox wants what a container may not give.
    const args = ["--no-sandbox"]
    if (process.env.CHROMIUM_PATH) return { executablePath: process.env.CHROMIUM_PATH, args }
    const folder = await unpackChromium()
    return {
        executablePath: join(folder, "chromium"),
        args: [...args, "--no-zygote"],
        env: {
            ...(process.env as Record<string, string>),
            LD_LIBRARY_PATH: join(folder, "al2023/lib"),
            FONTCONFIG_PATH: join(folder, "fonts"),
        },
    }
}

/** Unpacks the package's Chromium beside the other packages, once. @returns its folder */
async function unpackChromium(): Promise<string> {
    const { resolve } = createRequire(import.meta.url)
    const home = join(dirname(resolve("@sparticuz/chromium")), "..")
    const { version } = JSON.parse(readFileSync(join(home, "package.json"), "utf8")) as {
        version: string
    }
    const cache = join(packageRoot(), "node_modules/.cache")
    const folder = join(cache, `chromium-${version}-fonts`)
    if (existsSync(folder)) return folder
    mkdirSync(cache, { recursive: true })
    const made = mkdtempSync(`${folder}-`)
    try {
        await Promise.all(ARCHIVES.map(name => inflateInto(made, join(home, "bin", name))))
        writeFileSync(join(made, "fonts/fonts.conf"), FONTS)
        renameSync(made, folder)
    } catch (error) {
        rmSync(made, { recursive: true, force: true })
        // Somebody else was quicker.
        if (!existsSync(folder)) throw error
    }
    return folder
}

/** The package unpacks into the temporary folder, which it asks for at once. */
function inflateInto(folder: string, archive: string): Promise<string> {
    const before = process.env.TMPDIR
    process.env.TMPDIR = folder
    try {
        return inflate(archive)
    } finally {
        if (before === undefined) delete process.env.TMPDIR
        else process.env.TMPDIR = before
    }
}
