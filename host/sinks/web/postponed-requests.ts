import type { PageRequest } from "../../documents/page-messages"

/** More kinds than there are, and more files than a tab shows at once. */
const MAX_POSTPONED = 32

/**
 * What a tab has asked for while it was behind, to be answered once it has caught up: of each kind the
 * newest, of sources the newest of each file. It stays small, whatever a tab asks for.
 */
export class PostponedRequests {
    private readonly requests = new Map<string, PageRequest>()

    get isEmpty(): boolean {
        return this.requests.size === 0
    }

    add(request: PageRequest): void {
        const key = request.kind === "source" ? `source ${request.file}` : request.kind
        this.requests.delete(key)
        this.requests.set(key, request)
        for (const [oldest] of this.requests)
            if (this.requests.size > MAX_POSTPONED) this.requests.delete(oldest)
    }

    /** The one that was asked for first, which is none of these any more. */
    take(): PageRequest | undefined {
        for (const [key, request] of this.requests) {
            this.requests.delete(key)
            return request
        }
        return undefined
    }
}
