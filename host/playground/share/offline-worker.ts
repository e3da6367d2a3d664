/**
 * The site's service worker: keeps its files by their hashes, so that it works without a network after the
 * first visit. A new version is fetched beside the old one, only what differs, and whole or not at all; the
 * next visit has it, and then what is of no version any more goes.
 */

/** As `heapscope site --out` knows them: hashes (SHA-256, in hexadecimal) by name. */
declare const SITE_FILES: Readonly<Record<string, string>>

interface Waiting extends Event {
    waitUntil(done: Promise<unknown>): void
}

interface Asked extends Event {
    readonly request: Request
    respondWith(response: Promise<Response>): void
}

/** What a service worker has, as far as it is used. */
interface WorkerScope {
    readonly registration: {
        readonly scope: string
        readonly waiting: { postMessage(message: string): void } | null
    }
    readonly clients: {
        claim(): Promise<void>
        matchAll(which: { includeUncontrolled: boolean }): Promise<readonly unknown[]>
    }
    skipWaiting(): Promise<void>
    addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void
    addEventListener(type: "fetch", listener: (event: Asked) => void): void
    addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void
}

const scope = globalThis as unknown as WorkerScope
const { registration } = scope
/** Of this site alone: another one of the same host has another scope. */
const CACHE = `heapscope ${registration.scope}`
const TAKE_OVER = "take over"
/**
 * Waits for the new version's worker to take over, and asks that one. What is behind the `#` of the address
 * stays. The worker of before is asked nothing meanwhile: it hands over when it has nothing to answer.
 */
const AGAIN = `<!doctype html><script>
navigator.serviceWorker.addEventListener("controllerchange", () => location.reload())
setTimeout(() => location.reload(), 5000)
</script>`

/** Where a file is kept: the same content is kept once, whatever version it is of. */
const keyOf = (name: string, hash: string): string => `${registration.scope}${name}?kept=${hash}`

scope.addEventListener("install", event => event.waitUntil(fetchAll()))
scope.addEventListener("activate", event =>
    event.waitUntil(removeOthers().then(() => scope.clients.claim())),
)
scope.addEventListener("message", ({ data }) => {
    if (data === TAKE_OVER) void scope.skipWaiting()
})
scope.addEventListener("fetch", event => {
    const { request } = event
    const name = nameOf(request)
    if (name !== undefined) event.respondWith(answer(request, name, SITE_FILES[name]!))
})

/** @throws Error when the site is between two versions, or gone: nothing is kept then, and it is tried again */
async function fetchAll(): Promise<void> {
    const cache = await caches.open(CACHE)
    await Promise.all(
        Object.entries(SITE_FILES).map(async ([name, hash]) => {
            const key = keyOf(name, hash)
            if (!(await cache.match(key))) await cache.put(key, await fetchExactly(name, hash))
        }),
    )
}

async function fetchExactly(name: string, hash: string): Promise<Response> {
    const response = await fetch(new URL(name, registration.scope), { cache: "no-cache" })
    if (!response.ok) throw new Error(`${name}: the site answers ${response.status}`)
    const bytes = await response.arrayBuffer()
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
    const found = [...digest].map(byte => byte.toString(16).padStart(2, "0")).join("")
    if (found !== hash) throw new Error(`${name} is of another version`)
    const headers = new Headers()
    for (const header of ["Content-Type", "Content-Security-Policy"]) {
        const value = response.headers.get(header)
        if (value !== null) headers.set(header, value)
    }
    return new Response(bytes, { headers })
}

async function removeOthers(): Promise<void> {
    const cache = await caches.open(CACHE)
    const wanted = new Set(Object.entries(SITE_FILES).map(([name, hash]) => keyOf(name, hash)))
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url)
}

/** The file of the site that is asked for, if it is one. */
function nameOf({ method, url }: Request): string | undefined {
    if (method !== "GET" || !url.startsWith(registration.scope)) return undefined
    const path = new URL(url).href.slice(registration.scope.length).replace(/[?#].*$/, "")
    const name = path === "" ? "index.html" : path
    return Object.hasOwn(SITE_FILES, name) ? name : undefined
}

async function answer(request: Request, name: string, hash: string): Promise<Response> {
    if (request.mode === "navigate" && registration.waiting) {
        // The new version waits for the old one's tabs to go, and this is the last of them, reloaded.
        const tabs = await scope.clients.matchAll({ includeUncontrolled: true })
        if (tabs.length < 2) {
            registration.waiting.postMessage(TAKE_OVER)
            return new Response(AGAIN, { headers: { "Content-Type": "text/html" } })
        }
    }
    const cache = await caches.open(CACHE)
    return (await cache.match(keyOf(name, hash))) ?? fetch(request)
}
