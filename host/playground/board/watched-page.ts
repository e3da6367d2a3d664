import type { Source } from "../../model/flow"
import { sourceFeed } from "../../page/feed/source-feed"
import { listenToKeys } from "../../page/page-keys"
import type { PageSurroundings } from "../../page/page-surroundings"
import { PageState } from "../../page/page-state"

/** The live page over a source that is to end before the next one begins. */
export class WatchedPage {
    readonly state: PageState
    private readonly stopFeed: () => void
    private leaveKeys: () => void = () => undefined
    private readonly ended: Promise<void>

    constructor(source: Source, around?: PageSurroundings) {
        let tellEnd: () => void = () => undefined
        this.ended = new Promise(resolve => (tellEnd = resolve))
        const feed = sourceFeed({
            ...source,
            async *events(signal, wants) {
                try {
                    yield* source.events(signal, wants)
                } finally {
                    tellEnd()
                }
            },
        })
        this.stopFeed = () => feed.stop()
        this.state = new PageState(feed, around)
    }

    start(): void {
        this.leaveKeys = listenToKeys(this.state)
        this.state.start()
    }

    /** Ends the source. @returns when all that it used is free again */
    async end(): Promise<void> {
        this.leaveKeys()
        this.stopFeed()
        await this.ended
    }
}
