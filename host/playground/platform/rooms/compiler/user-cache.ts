import { Buffer } from "buffer"

/** Builds that are kept: each takes some 100 kB. */
const MAX_ENTRIES = 64

/** What can be made again, kept as long as the tab is there. What the site brings along is in it from the start. */
export class UserCache {
    private static readonly only = new UserCache()
    private readonly entries = new Map<string, Uint8Array>()

    static open(): UserCache {
        return UserCache.only
    }

    pathOf(name: string): string {
        return `/cache/${name}`
    }

    read(name: string): Buffer | undefined {
        const data = this.entries.get(name)
        return data && Buffer.from(data)
    }

    write(name: string, data: Uint8Array): void {
        this.entries.delete(name)
        this.entries.set(name, data)
        const [oldest] = this.entries.keys()
        if (this.entries.size > MAX_ENTRIES) this.entries.delete(oldest!)
    }

    /** All of them, by name. */
    all(): ReadonlyMap<string, Uint8Array> {
        return this.entries
    }
}
